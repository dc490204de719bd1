"""From what a telephone sends to what is kept: a plain WebP, drawn again, that carries nothing but the picture.

Run as a program it is the process that decodes: a kind in argument, a file on its input, what is kept on its output.
It imports nothing of Préau, so that it starts in a tenth of a second and knows nothing.
Three witnesses must agree on what the file is: its name, its first bytes, and the decoder (trust.md statement 50).
"""

import io
import resource
import struct
import subprocess
import sys
import warnings
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

MAX_BYTES = 20 * 1024 * 1024
MAX_SIDE = 20_000
MAX_PIXELS = {"JPEG": 64_000_000, "PNG": 40_000_000, "WEBP": 40_000_000}  # what a 512 MB worker can decode
PICTURE_SIDE, PICTURE_BYTES = 1600, 250_000
THUMBNAIL_SIDE, THUMBNAIL_BYTES = 480, 12_000  # five of them and a home stay under 120 KB (users.md §3.1)
QUALITIES = (80, 60, 40, 20)
EXTENSIONS = {"jpg": "JPEG", "jpeg": "JPEG", "jpe": "JPEG", "png": "PNG", "webp": "WEBP"}
# Of the process that decodes: T6 gives a refusal 10 s, and a busy morning twice that to a photo that is fine.
CPU_SECONDS, WALL_SECONDS, MEMORY = 8, 20, 512 * 1024 * 1024
REFUSED = 3  # its exit code when it says why
SIZES = struct.Struct(">III")  # what it writes first: width, height, weight of the picture
TOO_HARD = "Cette photo demande trop de travail. Réduisez-la, puis choisissez-la de nouveau."
NO_PICTURE = "Ce fichier n’est pas une photo. Choisissez une image JPEG, PNG ou WebP."
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")


class NotAPicture(Exception):
    """Why the file is refused, in a French sentence that says what to do."""


@dataclass(frozen=True)
class Drawn:
    """What is kept of a picture."""

    picture: bytes
    thumbnail: bytes
    width: int
    height: int


def draw_again(content: bytes, name: str) -> Drawn:
    """Decodes, turns upright, reduces and encodes anew, in a process of its own. Raises NotAPicture.

    A decoder is the likeliest place of a flaw, and a bomb the likeliest weapon: the process that decodes has no secret,
    no file to write, and dies alone when it asks for too much (trust.md T6).
    """
    kind = _agreed_kind(content, name)
    try:
        done = subprocess.run(
            [sys.executable, "-I", __file__, kind], input=content, capture_output=True, cwd="/", env={},
            timeout=WALL_SECONDS,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise NotAPicture(TOO_HARD) from None
    if done.returncode == REFUSED:
        raise NotAPicture(done.stdout.decode())
    if done.returncode:
        raise NotAPicture(TOO_HARD)
    width, height, weight = SIZES.unpack_from(done.stdout)
    kept = done.stdout[SIZES.size :]
    return Drawn(kept[:weight], kept[weight:], width, height)


def draw_here(content: bytes, name: str) -> Drawn:
    """The same in this process, for pictures that are our own."""
    return _draw(content, _agreed_kind(content, name))


def _draw(content, kind):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[kind]) as source:
                _check(source, kind)
                clean = _clean(source)
    except NotAPicture:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotAPicture("Cette photo ne peut pas être lue. Choisissez-en une autre.") from None
    except MemoryError:
        raise NotAPicture(TOO_HARD) from None
    except (OSError, SyntaxError, ValueError, TypeError, IndexError, KeyError, OverflowError, EOFError):
        raise NotAPicture("Cette photo est incomplète. Choisissez-la de nouveau.") from None
    picture = _encode(clean, PICTURE_SIDE, PICTURE_BYTES)
    return Drawn(picture, _encode(clean, THUMBNAIL_SIDE, THUMBNAIL_BYTES), *clean.size)


def _agreed_kind(content, name):
    if len(content) > MAX_BYTES:
        raise NotAPicture("Cette photo dépasse 20 Mo. Choisissez-en une plus légère.")
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        raise NotAPicture("Cette photo est au format HEIC. Enregistrez-la en JPEG, puis choisissez-la de nouveau.")
    first = _kind_of_first_bytes(content)
    if first is None:
        raise NotAPicture(NO_PICTURE)
    if EXTENSIONS.get(name.rpartition(".")[2].lower()) != first:
        raise NotAPicture("Le nom de ce fichier ne dit pas ce qu’il est. Choisissez une image JPEG, PNG ou WebP.")
    return first


def _kind_of_first_bytes(content):
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    return None


def _check(source, kind):
    width, height = source.size
    if width * height > MAX_PIXELS[kind] or max(width, height) > MAX_SIDE:
        raise NotAPicture("Cette photo a trop de points. Réduisez-la, puis choisissez-la de nouveau.")
    if min(width, height) < 2:
        raise NotAPicture("Cette image est vide. Choisissez une photo.")
    # Telephones hide small extra views in a JPEG (MPO): the first one is the photo.
    if kind != "JPEG" and getattr(source, "n_frames", 1) > 1:
        raise NotAPicture("Cette image bouge. Choisissez une photo fixe.")


def _clean(source):
    """An image made of points only: upright, sRGB, on white, and none of what the file said of itself."""
    profile = source.info.get("icc_profile")
    source.draft("RGB", (PICTURE_SIDE, PICTURE_SIDE))
    image = ImageOps.exif_transpose(source)
    image = _to_srgb(image, profile)
    image.thumbnail((PICTURE_SIDE, PICTURE_SIDE), Image.Resampling.LANCZOS)
    clean = Image.new("RGB", image.size, "white")
    clean.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    return clean


def _to_srgb(image, profile):
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
    image = image.copy()
    while True:
        image.thumbnail((side, side), Image.Resampling.LANCZOS)
        for quality in QUALITIES:
            out = io.BytesIO()
            image.save(out, "WEBP", quality=quality, method=4)
            if out.tell() <= aim:
                return out.getvalue()
        side = side * 3 // 4


def _decode_alone():
    """The whole program: limits first, then the file. A signal or a lack of memory ends this process only."""
    Image.preinit()
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, CPU_SECONDS), (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        resource.setrlimit(limit, (most, most))
    try:
        drawn = _draw(sys.stdin.buffer.read(), sys.argv[1])
    except NotAPicture as refusal:
        sys.stdout.buffer.write(str(refusal).encode())
        sys.exit(REFUSED)
    sys.stdout.buffer.write(SIZES.pack(drawn.width, drawn.height, len(drawn.picture)))
    sys.stdout.buffer.write(drawn.picture + drawn.thumbnail)


if __name__ == "__main__":
    _decode_alone()
