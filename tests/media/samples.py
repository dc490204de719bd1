"""Pictures made on the spot: good ones, wrong ones, and ones that lie. Nothing is anybody's photo."""

import io
import random
import struct
import zlib

from PIL import Image, ImageDraw, PngImagePlugin

PLACE = "48 deg 51 min"  # planted in metadata, must never come out
SECRET = b"Canari-dans-les-metadonnees"


def drawing(size=(640, 480), mode="RGB"):
    """A picture with a red corner at its top left, so that turning it shows."""
    image = Image.new(mode, size, "white" if mode != "P" else 0)
    draw = ImageDraw.Draw(image)
    colour = {"RGB": (200, 30, 30), "RGBA": (200, 30, 30, 255), "CMYK": (20, 220, 220, 0)}.get(mode, 60)
    draw.rectangle((0, 0, size[0] // 2, size[1] // 2), fill=colour)
    return image


def encoded(image, kind="JPEG", **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def noise(size):
    """The heaviest picture of a size."""
    return Image.frombytes("RGB", size, random.Random(4).randbytes(size[0] * size[1] * 3))


def exif(orientation=1):
    """EXIF with a GPS position, a maker, a comment and an orientation."""
    data = Image.Exif()
    data[0x010F], data[0x0110], data[0x0112] = "Canari-fabricant", SECRET.decode(), orientation
    data[0x9286] = SECRET
    data.get_ifd(0x8825).update({1: "N", 2: (46.0, 34.0, 48.0), 3: "E", 4: (0.0, 20.0, 24.0)})
    return data


def located(kind="JPEG", orientation=1):
    """A picture that tells where it was taken, in every way its format knows."""
    options = {"exif": exif(orientation)}
    if kind == "JPEG":
        options |= {"comment": SECRET, "xmp": b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"}
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", SECRET.decode())
        text.add_itxt("XML:com.adobe.xmp", SECRET.decode())
        options["pnginfo"] = text
    if kind == "WEBP":
        options["xmp"] = b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"
    return encoded(drawing(), kind, **options)


def png_of(width, height, raw=b""):
    """A PNG that claims a size, whatever it holds: a bomb of a few bytes."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")


def moving(kind):
    frames = [drawing((64, 64)), Image.new("RGB", (64, 64), "blue")]
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:])


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64


def refused():
    """(what, content, name) that must each be refused with a sentence."""
    jpeg, png, webp = (encoded(drawing(), kind) for kind in ("JPEG", "PNG", "WEBP"))
    yield "empty", b"", "a.jpg"
    yield "one byte", b"\xff", "a.jpg"
    yield "text", b"bonjour", "a.jpg"
    for name in ("a.svg", "a.jpg", "a.png"):
        yield f"svg as {name}", SVG, name
    for name in ("a.html", "a.jpg"):
        yield f"html as {name}", HTML, name
    yield "pdf", b"%PDF-1.7\n", "a.jpg"
    yield "zip", b"PK\x03\x04" + b"\x00" * 60, "a.png"
    yield "program", b"\x7fELF" + b"\x00" * 60, "a.webp"
    yield "gif", encoded(drawing(), "GIF"), "a.gif"
    yield "tiff", encoded(drawing(), "TIFF"), "a.tiff"
    yield "bmp as jpg", encoded(drawing(), "BMP"), "a.jpg"
    yield "postscript", b"%!PS-Adobe-3.0 EPSF-3.0\n", "a.jpg"
    yield "heic", HEIC, "a.heic"
    yield "heic as jpg", HEIC, "a.jpg"
    yield "moving png", moving("PNG"), "a.png"
    yield "moving webp", moving("WEBP"), "a.webp"
    for name in ("a", "a.", "a.jpg.exe", "a.png", "a.php", "a.jpg\x00.png", ".jpg/"):
        yield f"jpeg named {name!r}", jpeg, name
    yield "png as jpg", png, "a.jpg"
    yield "webp as png", webp, "a.png"
    yield "bomb of 100,000 points a side", png_of(100_000, 100_000), "a.png"
    yield "bomb of 2 billion points a side", png_of(2**31 - 1, 2**31 - 1), "a.png"
    yield "line of 4 million points", png_of(4_000_000, 2), "a.png"
    yield "nothing wide", png_of(0, 100), "a.png"
    yield "one point", png_of(1, 1, b"\x00\x00\x00\x00"), "a.png"
    yield "no rows", png_of(600, 400), "a.png"
    yield "21 MB", jpeg + b"\x00" * (21 * 1024 * 1024), "a.jpg"


def truncated():
    """Each format cut at many places."""
    for kind, name in (("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")):
        whole = encoded(noise((80, 60)), kind)
        for part in range(1, 12):
            yield f"{kind} cut at {part}/12", whole[: len(whole) * part // 12], name


def polyglots():
    """Pictures that are also something else: they decode, and only the picture may come out."""
    for tail in (SVG, HTML, b"%PDF-1.7 ", b"PK\x03\x04", b"<?php system($_GET[0]); ?>", b"GIF89a/*", SECRET):
        for kind, name in (("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")):
            yield f"{kind} then {tail[:8]!r}", encoded(drawing(), kind) + tail, name, tail
    for inside in (SVG, HTML, b"<?php phpinfo(); ?>", SECRET):
        yield f"JPEG comment {inside[:8]!r}", encoded(drawing(), "JPEG", comment=inside), "a.jpg", inside
