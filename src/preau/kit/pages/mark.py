"""The mark of Préau (kit/mark.svg) as a telephone keeps it on its first screen: PNG, drawn at set-up."""

from pathlib import Path

# {name: (size, share of it that the mark takes)}: a maskable icon keeps it within the middle 80 %, where no shape cuts.
ICONS = {"preau-192.png": (192, 0.8), "preau-512.png": (512, 0.8), "preau-mask-512.png": (512, 0.56)}
PAPER, SLATE, SUN = "#fbf8f1", "#244b5a", "#f2b632"
# The lines of the mark in its 48 x 48: width, what is inside, points.
LINES = (
    (5, "", ((3, 21), (17, 7), (45, 21))),
    (3.5, "", ((9, 21), (9, 43))),
    (3.5, "", ((39, 21), (39, 43))),
    (3, SUN, ((18, 31), (30, 31), (30, 43), (18, 43), (18, 31))),
)


def write_icons(target: Path) -> list[str]:
    """Every one of ICONS, on paper."""
    target.mkdir(exist_ok=True)
    for name, (size, share) in ICONS.items():
        draw(size, share).save(target / name, optimize=True)
    return list(ICONS)


def draw(size: int, share: float):
    """Four times too large, then reduced: Pillow draws no smooth edge."""
    from PIL import Image, ImageDraw

    side = size * 4
    unit, edge = side * share / 48, side * (1 - share) / 2
    image = Image.new("RGB", (side, side), PAPER)
    pen = ImageDraw.Draw(image)
    for width, fill, points in LINES:
        points = [(edge + x * unit, edge + y * unit) for x, y in points]
        if fill:
            pen.polygon(points, fill=fill)
        pen.line(points, fill=SLATE, width=round(width * unit), joint="curve")
        half = width * unit / 2
        for x, y in points:
            pen.ellipse((x - half, y - half, x + half, y + half), fill=SLATE)
    return image.resize((size, size), Image.Resampling.LANCZOS).quantize(64)
