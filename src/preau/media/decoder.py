"""Draws a picture again: plain WebP that carry nothing but what is seen. `kit.apart` runs it: nothing of Préau here.

Pillow is loaded by the functions that draw: the web processes read only the names above them.
"""

import io
import struct
import warnings
from dataclasses import dataclass

MAX_SIDE = 20_000
MAX_PIXELS = {"JPEG": 64_000_000, "PNG": 40_000_000, "WEBP": 40_000_000}  # what a 512 MB worker can decode
PICTURE_SIDE, PICTURE_BYTES = 1600, 250_000
THUMBNAIL_SIDE, THUMBNAIL_BYTES = 480, 12_000  # five of them and a home stay under 120 KB (users.md §3.1)
QUALITIES = (80, 60, 40, 20)
REFUSED = 3  # the code when it says why
SIZES = struct.Struct(">III")  # what an answer starts with: width, height, weight of the picture
TOO_MANY_POINTS = "Cette photo a trop de points. Réduisez-la, puis choisissez-la de nouveau."
TOO_HARD = "Cette photo demande trop de travail. Réduisez-la, puis choisissez-la de nouveau."
UNREADABLE = "Cette photo ne peut pas être lue. Choisissez-en une autre."
INCOMPLETE = "Cette photo est incomplète. Choisissez-la de nouveau."
EMPTY = "Cette image est vide. Choisissez une photo."
MOVES = "Cette image bouge. Choisissez une photo fixe."


class NotAPicture(Exception):
    """Why the file is refused, in a French sentence that says what to do."""


@dataclass(frozen=True)
class Drawn:
    """What is kept of a picture."""

    picture: bytes
    thumbnail: bytes
    width: int
    height: int

    @property
    def weight(self) -> int:
        """Of the picture, in bytes."""
        return len(self.picture)


def answer(content: bytes, kind: str, *hides: str) -> tuple[int, bytes]:
    """(0, SIZES then the picture and its thumbnail), or (REFUSED, why). `hides`: « blur » or « crop », the number of
    rows, of columns, and the squares, « 0.3 1.3 »."""
    try:
        drawn = draw(content, kind, *hides)
    except NotAPicture as refusal:
        return REFUSED, str(refusal).encode()
    return 0, SIZES.pack(drawn.width, drawn.height, len(drawn.picture)) + drawn.picture + drawn.thumbnail


def draw(content: bytes, kind: str, *hides: str) -> Drawn:
    """The first picture of a file, read as this kind and as no other. Raises NotAPicture."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[kind]) as source:
                _check(source, kind)
                clean = _hidden(_clean(source), *hides) if hides else _clean(source)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotAPicture(TOO_MANY_POINTS) from None
    except UnidentifiedImageError:
        raise NotAPicture(UNREADABLE) from None
    except MemoryError:
        raise NotAPicture(TOO_HARD) from None
    except (OSError, SyntaxError, ValueError, TypeError, IndexError, KeyError, OverflowError, EOFError):
        raise NotAPicture(INCOMPLETE) from None
    picture = _encode(clean, PICTURE_SIDE, PICTURE_BYTES)
    return Drawn(picture, _encode(clean, THUMBNAIL_SIDE, THUMBNAIL_BYTES), *clean.size)


def _check(source, kind):
    width, height = source.size
    if width * height > MAX_PIXELS[kind] or max(width, height) > MAX_SIDE:
        raise NotAPicture(TOO_MANY_POINTS)
    if min(width, height) < 2:
        raise NotAPicture(EMPTY)
    # Telephones hide small extra views in a JPEG (MPO): the first one is the photo.
    if kind != "JPEG" and getattr(source, "n_frames", 1) > 1:
        raise NotAPicture(MOVES)


def _clean(source):
    """An image made of points only: upright, sRGB, on white, and none of what the file said of itself."""
    from PIL import Image, ImageOps

    profile = source.info.get("icc_profile")
    source.draft("RGB", (PICTURE_SIDE, PICTURE_SIDE))
    image = ImageOps.exif_transpose(source)
    image = _to_srgb(image, profile)
    image.thumbnail((PICTURE_SIDE, PICTURE_SIDE), Image.Resampling.LANCZOS)
    clean = Image.new("RGB", image.size, "white")
    clean.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    return clean


def _hidden(image, way, rows, columns, squares):
    """Each square becomes one flat colour, its mean: nothing else of it is left. Or the smallest rectangle around them
    is kept."""
    from PIL import Image

    boxes = [_box(image.size, int(rows), int(columns), *map(int, one.split("."))) for one in squares.split()]
    if way == "crop":
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return image.crop((min(lefts), min(tops), max(rights), max(bottoms)))
    for box in boxes:
        image.paste(image.crop(box).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)), box)
    return image


def _box(size, rows, columns, row, column):
    width, height = size
    if not (0 <= row < rows and 0 <= column < columns):
        raise ValueError("no such square")
    across = (width * column // columns, width * (column + 1) // columns)
    down = (height * row // rows, height * (row + 1) // rows)
    return across[0], down[0], across[1], down[1]


def _to_srgb(image, profile):
    from PIL import ImageCms

    if image.mode in ("I;16", "I", "F"):
        image = image.point(lambda value: value / 256).convert("L")
    target = "RGBA" if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info else "RGB"
    if profile and image.mode in ("RGB", "CMYK"):
        try:
            read = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(image, read, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken profile: the colours are read as they stand
    return image.convert(target)


def _encode(image, side, aim):
    """WebP no heavier than the aim when a lower quality, then a smaller side, can reach it."""
    from PIL import Image

    image = image.copy()
    while True:
        image.thumbnail((side, side), Image.Resampling.LANCZOS)
        for quality in QUALITIES:
            out = io.BytesIO()
            image.save(out, "WEBP", quality=quality, method=4)
            if out.tell() <= aim:
                return out.getvalue()
        side = side * 3 // 4
