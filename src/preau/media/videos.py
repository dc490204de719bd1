"""A video that somebody filmed: what it is, then, in a job, the same written again as any telephone plays it.

Three witnesses must agree on what it is, as for a voice: its name, its first bytes, and the reader. What was sent is
read by a confined ffmpeg alone and goes to nobody: the antivirus, which takes no such weight, is not asked about it.
"""

import json
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from preau.kit.apart import Limits, TooHard, read_apart
from preau.media import filmer, images
from preau.media.documents import Document, NotADocument

MOST_SECONDS = 90
MOST_MEGABYTES = 100
MB = 1024 * 1024
LOOKING = Limits(memory=512 * MB, cpu_seconds=8, wall_seconds=30)
WRITING = Limits(memory=1024 * MB, cpu_seconds=240, wall_seconds=540, written=32 * MB)
STILL = Limits(memory=512 * MB, cpu_seconds=10, wall_seconds=40)
# {how ffmpeg calls it: the endings of its name}
KINDS = {"mov": ("mp4", "m4v", "mov", "qt", "3gp"), "matroska": ("webm", "mkv")}
ACCEPTED = "video/mp4,video/quicktime,video/webm,video/3gpp,.mkv"
NO_VIDEO = "Ce fichier n’est pas une vidéo. Choisissez une vidéo MP4, MOV ou WebM."
MISNAMED = "Le nom de ce fichier ne dit pas qu’il est une vidéo. Choisissez une vidéo MP4, MOV ou WebM."
TOO_HEAVY = f"Cette vidéo dépasse {MOST_MEGABYTES}\u00a0Mo. Filmez moins longtemps, ou réglez l’appareil sur 720p."
TOO_LONG = f"Cette vidéo dure plus de {MOST_SECONDS}\u00a0secondes. Gardez-en une minute et demie au plus."
UNREADABLE = "Cette vidéo ne peut pas être lue\u00a0: elle est abîmée ou incomplète. Choisissez-en une autre."
NOT_SEEN = "On ne voit rien dans ce fichier\u00a0: il n’a que du son. Joignez-le comme une voix."
TOO_HARD = "Cette vidéo est trop grande pour être préparée. Réglez l’appareil sur 720p, ou filmez moins longtemps."
LOST = "Cette vidéo s’est perdue. Envoyez-la de nouveau."


@dataclass(frozen=True)
class Film:
    """What is kept: an MP4, how long and how large it is shown, and its first image as pictures are kept (WebP)."""

    content: bytes
    seconds: int
    width: int
    height: int
    poster: bytes


def programme() -> str | None:
    """Where ffmpeg is on this machine; without it, and ffprobe, no video is offered."""
    return shutil.which("ffprobe") and shutil.which("ffmpeg")


def take(sent: IO, name: str) -> Document:
    """What was sent, an open file that has a size, that a job will write again. Raises NotADocument."""
    if sent.size > MOST_MEGABYTES * MB:
        raise NotADocument(TOO_HEAVY)
    kind = _kind_of(sent)
    if kind is None:
        raise NotADocument(NO_VIDEO)
    if name.rpartition(".")[2].lower() not in KINDS[kind]:
        raise NotADocument(MISNAMED)
    with _on_disk(sent) as file:
        _look(file, kind)
    sent.seek(0)
    return Document("mp4", sent, is_raw=True)


def write_again(sent: IO) -> Film:
    """By ffmpeg in processes of its own: half a minute of CPU for a minute and a half. Raises NotADocument."""
    kind = _kind_of(sent)
    if kind is None:
        raise NotADocument(NO_VIDEO)
    with _on_disk(sent) as file, tempfile.TemporaryFile() as written:
        _run("write", kind, file, WRITING, into=written)
        seconds, width, height = _look(written, "mov")
        written.seek(0)
        still = _run("still", "mov", written, STILL)
        written.seek(0)
        content = written.read()
    if seconds is None or not content:
        raise NotADocument(UNREADABLE)
    try:
        poster = images.draw_again(still, "image.png").picture
    except images.NotAPicture:
        raise NotADocument(UNREADABLE) from None
    return Film(content, min(round(seconds) or 1, MOST_SECONDS), width, height, poster)


def _look(file, kind) -> tuple[float | None, int, int]:
    """(seconds, None where the file does not say it; width; height). Raises NotADocument."""
    try:
        told = json.loads(_run("look", kind, file, LOOKING))
        streams, said = told.get("streams", []), told.get("format", {}).get("duration")
        seconds = float(said) if said else None
    except ValueError:
        raise NotADocument(UNREADABLE) from None
    seen = [one for one in streams if one.get("codec_type") == "video" and not one["disposition"]["attached_pic"]]
    if not streams:
        raise NotADocument(UNREADABLE)
    if not seen:
        raise NotADocument(NOT_SEEN)
    if seconds and seconds > MOST_SECONDS + 0.5:  # who stopped at ninety is let in
        raise NotADocument(TOO_LONG)
    return seconds, seen[0].get("width", 0), seen[0].get("height", 0)


def _run(act, kind, file, limits, into=None):
    file.seek(0)
    where = shutil.which("ffprobe") if act == "look" else programme()
    try:
        code, said = read_apart(filmer.__file__, act, kind, where, content=file, limits=limits, into=into)
    except TooHard:
        raise NotADocument(TOO_HARD) from None
    if code:
        raise NotADocument(UNREADABLE)
    return said


def _kind_of(sent) -> str | None:
    """As ffmpeg calls it; None for what is no video."""
    sent.seek(0)
    start = sent.read(12)
    if start[4:8] == b"ftyp":
        return "mov"
    return "matroska" if start.startswith(b"\x1aE\xdf\xa3") else None


@contextmanager
def _on_disk(sent):
    """A file that another process may open again: what is small was kept in memory."""
    try:
        sent.fileno()
    except OSError:
        with tempfile.TemporaryFile() as copy:
            sent.seek(0)
            shutil.copyfileobj(sent, copy)
            copy.flush()
            yield copy
    else:
        sent.flush()
        yield sent
