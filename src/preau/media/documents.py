"""What a person joins to a file: a PDF looked at and written again, or a picture drawn again; neither says its maker.

Three witnesses must agree on what it is: its name, its first bytes, and the reader (trust.md statement 50); and the
antivirus, where there is one, has looked at what was sent.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import IO
from uuid import UUID

from preau.kit.apart import Limits, TooHard, read_apart
from preau.kit.ids import sending
from preau.media import antivirus, images, pages, pdf
from preau.media.antivirus import Verdict

PDF = "application/pdf"
VOICE = "mp3"  # the kind of what a job makes of a recording
ACCEPTED = f"{PDF},image/jpeg,image/png,image/webp"
TO_DRAW = Limits(memory=512 * 1024 * 1024, cpu_seconds=30, wall_seconds=120)  # in a job: nobody waits for the page
NOT_DRAWN = "Ce PDF ne peut pas être montré page par page. Imprimez-le en PDF, puis choisissez ce nouveau fichier."
NEITHER = "Ce fichier n’est ni un PDF ni une photo. Choisissez un PDF, ou une image JPEG, PNG ou WebP."
MISNAMED = "Le nom de ce fichier ne dit pas qu’il est un PDF. Enregistrez-le de nouveau en PDF, puis choisissez-le."
DANGEROUS = "L’antivirus a trouvé un programme dangereux dans ce fichier\u00a0: il n’est pas gardé. Supprimez-le."


class NotADocument(Exception):
    """Why the file is refused, in a French sentence that says what to do."""


class Dangerous(NotADocument):
    """The antivirus refuses it."""


@dataclass(frozen=True)
class Document:
    """What is kept. `kind` is the extension it is served under, « pdf » or « webp »; a picture has no pages. A video is
    too heavy to be held: its `content` is the open file that was sent, which has a size.

    Not `is_cleared`: the antivirus did not answer, and must before anyone else has the file. `is_raw`: it is still what
    was sent, to be written again by a job (a voice, a video).
    """

    kind: str
    content: bytes | IO
    pages_count: int | None = None
    seconds_count: int | None = None  # of a voice already written again
    is_cleared: bool = True
    is_raw: bool = False

    @property
    def weight(self) -> int:
        """In bytes."""
        return len(self.content) if isinstance(self.content, bytes) else self.content.size


def voice_id(holder: UUID | None, voice: Document) -> UUID | None:
    """The id of the row that keeps this voice, joined to what has the id `holder`: a job writes the sound again, and a
    page sent twice finds by this id whether it was the same one."""
    return sending(holder, sha256(voice.content).hexdigest())


def told_apart(files: Iterable[tuple], holder: UUID | None) -> list[tuple[str, str]]:
    """What tells files from others, sent (a Document) or kept (its row) with what has the id `holder`: the name each is
    shown under, and its weight, as a telephone gives one name to all its photos; of a voice, its `voice_id`."""
    return sorted((label, str(_told(file, holder))) for file, label in files)


def _told(file, holder):
    if file.kind != VOICE:
        return file.weight
    return voice_id(holder, file) if isinstance(file, Document) else file.pk


def take(content: bytes, name: str) -> Document:
    """From what was sent to what is kept. Raises NotADocument."""
    document = _taken(content, name)
    return replace(document, is_cleared=cleared(content))


def cleared(content: bytes) -> bool:
    """Whether the antivirus lets it in, False when it does not answer. Raises Dangerous."""
    verdict = antivirus.look(content)
    if verdict is Verdict.DANGEROUS:
        raise Dangerous(DANGEROUS)
    return verdict.passes


def _taken(content, name):
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


def drawn(content: bytes, count: int) -> tuple[bytes, ...]:
    """The `count` pages of a PDF that was kept, each as a WebP, for a tablet without a reader. Raises NotADocument."""
    try:
        code, said = read_apart(pages.__file__, content=content, limits=TO_DRAW)
    except TooHard:
        raise NotADocument(NOT_DRAWN) from None
    shown = () if code else tuple(pages.unpacked(said))
    if len(shown) != count:
        raise NotADocument(NOT_DRAWN)
    return shown
