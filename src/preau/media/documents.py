"""What a person joins to a file: a PDF looked at and written again, or a picture drawn again; neither says its maker.

Three witnesses must agree on what it is: its name, its first bytes, and the reader (trust.md statement 50).
"""

from dataclasses import dataclass

from preau.kit.apart import TooHard, read_apart
from preau.media import images, pdf

ACCEPTED = "application/pdf,image/jpeg,image/png,image/webp"
NEITHER = "Ce fichier n’est ni un PDF ni une photo. Choisissez un PDF, ou une image JPEG, PNG ou WebP."
MISNAMED = "Le nom de ce fichier ne dit pas qu’il est un PDF. Enregistrez-le de nouveau en PDF, puis choisissez-le."


class NotADocument(Exception):
    """Why the file is refused, in a French sentence that says what to do."""


@dataclass(frozen=True)
class Document:
    """What is kept. `kind` is the extension it is served under, « pdf » or « webp »; a picture has no pages."""

    kind: str
    content: bytes
    pages_count: int | None = None


def take(content: bytes, name: str) -> Document:
    """From what was sent to what is kept. Raises NotADocument."""
    if content.startswith(b"%PDF-"):
        return _take_pdf(content, name)
    if name.rpartition(".")[2].lower() == "pdf":
        raise NotADocument(pdf.BROKEN)
    try:
        return Document("webp", images.draw_again(content, name).picture)
    except images.NotAPicture as refusal:
        raise NotADocument(NEITHER if str(refusal) == images.NO_PICTURE else str(refusal)) from None


def _take_pdf(content, name):
    if name.rpartition(".")[2].lower() != "pdf":
        raise NotADocument(MISNAMED)
    try:
        code, said = read_apart(pdf.__file__, content=content, limits=images.LIMITS)
    except TooHard:
        raise NotADocument(pdf.TOO_HARD) from None
    if code:
        raise NotADocument(said.decode() if code == pdf.REFUSED else pdf.TOO_HARD)
    count, _, kept = said.partition(b"\n")
    return Document("pdf", kept, int(count))
