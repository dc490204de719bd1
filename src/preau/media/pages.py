"""Draws the pages of a PDF, for who has no reader of PDFs: WebP, one after the other.

`kit.apart` runs it, nothing of Préau is here. PDFium draws, through pypdfium2, which is loaded by what draws.
"""

import io
import struct

WIDE = 1280  # of a page, in points of the drawing: a tablet held upright, read from its edge
TALL = 4 * WIDE  # of a page that is a ribbon
WEIGHT = struct.Struct(">I")  # of one page, before it
QUALITY = 70


def answer(content: bytes) -> tuple[int, bytes]:
    """(0, each page after its weight); whatever a broken file makes the reader raise."""
    import pypdfium2

    out = io.BytesIO()
    with pypdfium2.PdfDocument(content) as pdf:
        for page in pdf:
            drawn = _drawn(page)
            out.write(WEIGHT.pack(len(drawn)))
            out.write(drawn)
            page.close()
    return 0, out.getvalue()


def unpacked(said: bytes) -> list[bytes]:
    """The pages of an answer."""
    pages, at = [], 0
    while at < len(said):
        (weight,) = WEIGHT.unpack_from(said, at)
        at += WEIGHT.size
        pages.append(said[at : at + weight])
        at += weight
    return pages


def _drawn(page):
    width, height = page.get_size()
    image = page.render(scale=min(WIDE / width, TALL / height)).to_pil()
    out = io.BytesIO()
    image.save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue()
