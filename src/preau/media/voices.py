"""A voice that somebody recorded: what it is, then, in a job, the same sound written again as everybody can play it.

Three witnesses must agree on what it is, as for pictures: its name, its first bytes, and the reader.
"""

import shutil

from preau.kit.apart import Limits, TooHard, read_apart
from preau.media import recoder
from preau.media.documents import VOICE, Document, NotADocument, cleared

MOST_SECONDS = 60
LIMITS = Limits(memory=512 * 1024 * 1024, cpu_seconds=20, wall_seconds=60, written=16 * 1024 * 1024)
# {how ffmpeg calls it: the endings of its name}
KINDS = {
    "matroska": ("webm", "weba", "mka"), "ogg": ("ogg", "oga", "opus"), "mov": ("m4a", "mp4", "3gp", "mov", "aac"),
    "mp3": ("mp3",), "wav": ("wav",), "aac": ("aac",), "amr": ("amr",),
}  # fmt: skip
FIRST_BYTES = {
    b"\x1aE\xdf\xa3": "matroska", b"OggS": "ogg", b"ID3": "mp3", b"\xff\xfb": "mp3", b"\xff\xf3": "mp3",
    b"\xff\xf2": "mp3", b"\xff\xf1": "aac", b"\xff\xf9": "aac", b"#!AMR": "amr",
}  # fmt: skip
NO_VOICE = "Ce fichier n’est pas un enregistrement de voix. Choisissez-en un autre, ou écrivez."
MISNAMED = "Le nom de ce fichier ne dit pas qu’il est un enregistrement. Choisissez-en un autre, ou écrivez."
UNREADABLE = "Cet enregistrement ne peut pas être lu. Recommencez-le, ou écrivez."
EMPTY = "On n’entend rien dans cet enregistrement\u00a0: il est vide. Recommencez-le, ou écrivez."
TOO_LONG = "Cet enregistrement dure plus de 60\u00a0secondes. Dites l’essentiel en une minute, ou écrivez."
LONGER = "Cet enregistrement dure plus de 3\u00a0minutes. Recommencez-le en moins long."
LOST = "Cet enregistrement s’est perdu. Recommencez-le, ou écrivez."


def programme() -> str | None:
    """Where ffmpeg is on this machine; without it no voice is offered."""
    return shutil.which("ffmpeg")


def take(content: bytes, name: str) -> Document:
    """What was sent, that a job will write again. Raises NotADocument."""
    kind = kind_of(content)
    if kind is None:
        raise NotADocument(NO_VOICE)
    if name.rpartition(".")[2].lower() not in KINDS[kind]:
        raise NotADocument(MISNAMED)
    return Document(VOICE, content, is_cleared=cleared(content), is_raw=True)


def write_again(content: bytes, most_seconds: int = MOST_SECONDS) -> tuple[bytes, int]:
    """(an MP3, how many seconds it lasts, `most_seconds` at most), by ffmpeg in a process of its own. Raises
    NotADocument."""
    asked = (kind_of(content), programme(), str(most_seconds + 1))
    try:
        code, said = read_apart(recoder.__file__, *asked, content=content, limits=LIMITS)
    except TooHard:
        raise NotADocument(UNREADABLE) from None
    if code:
        raise NotADocument(UNREADABLE)
    seconds = len(said) / recoder.BYTES_PER_SECOND
    if seconds < 0.5:
        raise NotADocument(EMPTY)
    if seconds > most_seconds + 0.5:  # who stopped at sixty is let in
        raise NotADocument(TOO_LONG if most_seconds == MOST_SECONDS else LONGER)
    return said, min(round(seconds) or 1, most_seconds)


def kind_of(content: bytes) -> str | None:
    """As ffmpeg calls it; None for what is no recording."""
    if content[4:8] == b"ftyp":
        return "mov"
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return "wav"
    return next((kind for start, kind in FIRST_BYTES.items() if content.startswith(start)), None)
