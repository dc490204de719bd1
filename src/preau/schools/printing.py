"""Cards of pupils on paper, to cut out: eight to a page; their four pictures apart.

Pure: drawn by `kit.paper.ink` in a process without Django's settings, from the words of `card_words`."""

import re
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import preau

PAGE_WIDTH, PAGE_HEIGHT, PAD = 210, 297, 8
COLUMNS = 2
CARD_ROWS, PICTURE_ROWS = 4, 6
SPRITE = Path(preau.__file__).parent / "people/static/people/yard.svg"
# As `--sign-…` in preau.css.
INK = "#1f2430"
INKS = {
    "red": "#d8402f", "orange": "#d9730d", "green": "#3d9144", "turquoise": "#0f8f93",
    "blue": "#3a7dd1", "violet": "#8f66cc", "pink": "#d84f94", "brown": "#96693f",
}  # fmt: skip


def lay_out(pdf, what, rows):
    """On a `kit.paper.ink.Sheet`."""
    count = CARD_ROWS if what == "cards" else PICTURE_ROWS
    height = PAGE_HEIGHT / count
    for place, row in enumerate(rows):
        spot = place % (COLUMNS * count)
        if spot == 0:
            pdf.add_page()
            _cutting_lines(pdf, count)
        x, y = (spot % COLUMNS) * PAGE_WIDTH / COLUMNS + PAD, (spot // COLUMNS) * height + PAD
        (_card if what == "cards" else _pictures)(pdf, row, x, y)
    if not rows:
        pdf.add_page()
        pdf.write_text(24, 40, 162, "Personne n’a encore d’images dans cette classe.", 17)


def _card(pdf, row, x, y):
    width, side = PAGE_WIDTH / COLUMNS - 2 * PAD, 38
    pdf.write_text(x, y, width, row["name"], 20, bold=True, lines=1)
    pdf.write_text(x, y + 9, width, row["about"], 10, lines=1)
    _draw(pdf, row["sign"], x, y + 16, side - 4)
    pdf.draw_qr(row["target"], x + width - side - 3, y + 12, side + 3)
    # Under both, nothing smaller than 8 points nor lower than what printers reach at the foot of the page.
    pdf.write_text(x, y + 50.5, 40, row["said"], 8.5, lines=3)
    pdf.write_text(x + width - 48, y + 54, 48, row["small"], 8.5, lines=2)


def _pictures(pdf, row, x, y):
    width = PAGE_WIDTH / COLUMNS - 2 * PAD
    beside = x + 14 if row["sign"] else x
    if row["sign"]:
        _draw(pdf, row["sign"], x, y - 3, 11)
    pdf.write_text(beside, y - 3, width - 14, row["name"], 14, bold=True, lines=1)
    pdf.write_text(beside, y + 4, width - 14, row["about"], 8.5, lines=1)
    for place, picture in enumerate(row["pictures"]):
        left = x + place * (width / 4)
        pdf.write_text(left, y + 12, 4, str(place + 1), 9, bold=True)
        _draw(pdf, picture, left + 2, y + 12, width / 4 - 4)


def _cutting_lines(pdf, count):
    pdf.set_draw_color(140)
    pdf.set_line_width(0.15)
    pdf.set_dash_pattern(dash=1.5, gap=1.5)
    pdf.line(PAGE_WIDTH / COLUMNS, 0, PAGE_WIDTH / COLUMNS, PAGE_HEIGHT)
    for row in range(1, count):
        pdf.line(0, row * PAGE_HEIGHT / count, PAGE_WIDTH, row * PAGE_HEIGHT / count)
    pdf.set_dash_pattern()


def _draw(pdf, drawing, x, y, side):
    pdf.image(BytesIO(_svg(*drawing)), x=x, y=y, w=side, h=side)


@lru_cache(maxsize=200)
def _svg(picture, colour):
    """One drawing of the sprite by itself, in its colour."""
    shapes = re.search(rf'<symbol id="{picture}"[^>]*>(.*?)</symbol>', SPRITE.read_text(), re.S)[1]
    line = f'stroke="{INK}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    shapes = shapes.replace("currentColor", INKS[colour])
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><g {line}>{shapes}</g></svg>'.encode()
