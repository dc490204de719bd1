"""From what a telephone sends to what is kept: a plain WebP, drawn again, that carries nothing but the picture.

Three witnesses must agree on what the file is: its name, its first bytes, and the decoder (trust.md statement 50).
"""

from dataclasses import dataclass

from preau.kit.apart import Limits, TooHard, read_apart
from preau.media import decoder
from preau.media.decoder import Drawn, NotAPicture

MAX_BYTES = 20 * 1024 * 1024
EXTENSIONS = {"jpg": "JPEG", "jpeg": "JPEG", "jpe": "JPEG", "png": "PNG", "webp": "WEBP"}
# A bomb meets the limit of processor. The clock's is for a busy morning, when pages go first (apart.NICENESS).
LIMITS = Limits(memory=512 * 1024 * 1024, cpu_seconds=8, wall_seconds=40)
NO_PICTURE = "Ce fichier n’est pas une photo. Choisissez une image JPEG, PNG ou WebP."
TOO_HEAVY = "Cette photo dépasse 20 Mo. Choisissez-en une plus légère."
HEIC = "Cette photo est au format HEIC. Enregistrez-la en JPEG, puis choisissez-la de nouveau."
MISNAMED = "Le nom de ce fichier ne dit pas ce qu’il est. Choisissez une image JPEG, PNG ou WebP."
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")


@dataclass(frozen=True)
class Parts:
    """Squares of a picture cut in so many rows and columns: (row, column), from the top and the left."""

    rows: int
    columns: int
    squares: frozenset[tuple[int, int]]

    @property
    def words(self) -> tuple[str, ...]:
        """As the decoder reads them."""
        return str(self.rows), str(self.columns), " ".join(f"{row}.{column}" for row, column in sorted(self.squares))


def draw_again(content: bytes, name: str) -> Drawn:
    """Decodes, turns upright, reduces and encodes anew, in a process of its own. Raises NotAPicture."""
    return _drawn_apart(content, _agreed_kind(content, name))


def hide(content: bytes, parts: Parts, *, crops: bool) -> Drawn:
    """A picture that is kept, drawn again, as apart, with these parts blurred or alone. Raises NotAPicture."""
    return _drawn_apart(content, "WEBP", "crop" if crops else "blur", *parts.words)


def _drawn_apart(content, *words):
    try:
        code, said = read_apart(decoder.__file__, *words, content=content, limits=LIMITS)
    except TooHard:
        raise NotAPicture(decoder.TOO_HARD) from None
    if code:
        raise NotAPicture(said.decode() if code == decoder.REFUSED else decoder.TOO_HARD)
    width, height, weight = decoder.SIZES.unpack_from(said)
    kept = said[decoder.SIZES.size :]
    return Drawn(kept[:weight], kept[weight:], width, height)


def draw_here(content: bytes, name: str) -> Drawn:
    """The same in this process, for pictures that are our own."""
    return decoder.draw(content, _agreed_kind(content, name))


def _agreed_kind(content, name):
    if len(content) > MAX_BYTES:
        raise NotAPicture(TOO_HEAVY)
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        raise NotAPicture(HEIC)
    first = _kind_of_first_bytes(content)
    if first is None:
        raise NotAPicture(NO_PICTURE)
    if EXTENSIONS.get(name.rpartition(".")[2].lower()) != first:
        raise NotAPicture(MISNAMED)
    return first


def _kind_of_first_bytes(content):
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    return None
