"""The only writes of pictures and of files that people send: rows and files together."""

import datetime
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max

from preau.journal.actions import record
from preau.kit.answers import Conflict
from preau.kit.rows import lock
from preau.kit.stored import store, with_its_files
from preau.kit.tasks import enqueue
from preau.media import antivirus, documents, images, videos, voices
from preau.media.documents import Document, NotADocument, cleared
from preau.media.models import Joined, Perimeter, Picture, Video
from preau.media.queries import unsettled, weight_of_school
from preau.people.models import Person
from preau.places.models import School
from preau.spaces.models import Publication

MAX_PICTURES = 10  # of one publication
FULL = (
    "L’école a rempli la place de ses fichiers\u00a0: rien n’est perdu, mais ce fichier n’est pas gardé. "
    "Demandez de la place à la Ville."
)
NOT_A_DOCUMENT = (
    "Une image suit les accords de diffusion\u00a0: publiez-la avec «\u00a0Photos\u00a0», dans la vie de la classe. "
    "Ici se joignent des PDF\u00a0: un papier se numérise en PDF."
)
LOST = "Ce fichier s’est perdu. Envoyez-le de nouveau."
UNSAID = "L’antivirus n’a pas pu regarder ce fichier\u00a0: il n’est pas gardé. Envoyez-en un autre."
MOST_LOOKS = 10  # one every two minutes


@with_its_files()
@transaction.atomic
def add_picture(
    *,
    person: Person,
    publication: Publication,
    drawn: images.Drawn,
    alt: str,
    now: datetime.datetime,
    perimeter: int = Perimeter.CLASS,
) -> Picture:
    """Keeps a picture that `images.draw_again` has made, after those already there; `perimeter`: who it is for."""
    publication = lock(publication)
    if publication.pictures.count() >= MAX_PICTURES:
        raise Conflict(f"{MAX_PICTURES} photos au plus\u00a0: enlevez-en une d’abord.")
    last = publication.pictures.aggregate(last=Max("position"))["last"]
    picture = Picture(
        publication=publication,
        name=secrets.token_hex(16),
        width=drawn.width,
        height=drawn.height,
        weight=drawn.weight,
        alt=alt.strip(),
        position=0 if last is None else last + 1,
        added_at=now,
        perimeter=perimeter,
    )
    store(picture.path, drawn.picture)
    store(picture.thumbnail_path, drawn.thumbnail)
    picture.save()
    record(
        person_id=person.pk,
        verb="add_picture",
        subject=picture,
        now=now,
        place_id=publication.place_id,
        fields=["alt", "position"],
    )
    return picture


@transaction.atomic
def describe_picture(*, person: Person, picture: Picture, alt: str, now: datetime.datetime) -> Picture:
    """Says what is seen on it."""
    if picture.alt == alt.strip():
        return picture
    picture.alt = alt.strip()
    picture.save(update_fields=["alt"])
    record(person_id=person.pk, verb="describe_picture", subject=picture, now=now, fields=["alt"])
    return picture


@transaction.atomic
def remove_picture(*, person: Person, picture: Picture, now: datetime.datetime) -> None:
    """Forgets a picture; its files go once the base has agreed."""
    record(person_id=person.pk, verb="remove_picture", subject=picture, now=now, place_id=picture.publication.place_id)
    paths = (picture.path, picture.thumbnail_path)
    picture.delete()
    transaction.on_commit(lambda: _forget_files(paths))


@with_its_files()
@transaction.atomic
def keep_joined(*, joined: Joined, document: Document, now: datetime.datetime) -> Joined:
    """Writes this new row with what was sent, for an action that has asked its rule. Raises Conflict when the files of
    its school take all their place."""
    lock(joined.school)  # two at once would both find the last place
    if weight_of_school(joined.school_id) + document.weight > settings.SCHOOL_FILES_BYTES:
        raise Conflict(FULL, "files")
    joined.name = secrets.token_hex(16)
    joined.kind, joined.weight, joined.pages_count = document.kind, document.weight, document.pages_count
    joined.seconds_count = document.seconds_count
    joined.sent_at = now
    joined.cleared_at = now if document.is_cleared else None
    joined.ready_at = now if document.is_cleared and not document.is_raw and not joined.shown_pages else None
    store(joined.held_path, document.content)
    joined.save()
    return joined


def refuse_pictures(*, files: Iterable[tuple[Document, str]]) -> None:
    """Where a document is shown to families, which asks nothing of the accords. Raises Conflict."""
    if any(document.kind == Joined.Kind.PICTURE for document, _ in files):
        raise Conflict(NOT_A_DOCUMENT, "files")


@transaction.atomic
def forget_joined(*, joined: Joined) -> None:
    """The row, and its files once the base has agreed."""
    forget_files_of(joined=joined)
    joined.delete()


@transaction.atomic
def refuse_joined(*, joined: Joined, why: str, now: datetime.datetime) -> None:
    """It is kept no longer; its row says why to who sent it."""
    joined.refused_at, joined.refusal, joined.ready_at = now, why, None
    joined.save(update_fields=["refused_at", "refusal", "ready_at"])
    record(
        person_id=None, verb="file.refuse", subject=joined, now=now, place_id=joined.school_id, fields=["refused_at"]
    )
    forget_files_of(joined=joined)


def note_dangerous(*, person: Person, school: School, now: datetime.datetime) -> None:
    """A file was refused as it came: nothing of it is kept but this line."""
    record(person_id=person.pk, verb="file.dangerous", subject=school, now=now, place_id=school.pk)


@dataclass(frozen=True)
class Found:
    """What was learnt of a file that waited: why it is refused, or its voice, its film, written again, its pages drawn.
    `is_unsaid`: the antivirus is there, and did not answer about this file."""

    why: str = ""
    voice: tuple[bytes, int] | None = None
    film: videos.Film | None = None
    pages: tuple[bytes, ...] = ()
    is_unsaid: bool = False


def look_again(*, joined: Joined) -> Found | None:
    """Asks the antivirus about a file it has not answered for, writes a voice or a video again, draws pages: seconds,
    before any row is locked. None when nothing is there to do it."""
    if joined.ready_at or joined.refused_at:
        return None
    return _film(joined) if isinstance(joined, Video) else _look(joined)


def _look(joined):
    try:
        with default_storage.open(joined.held_path) as file:
            content = file.read()
        if joined.cleared_at is None:
            if antivirus.is_silent():
                return None
            if not cleared(content):
                return Found(is_unsaid=True)
        if joined.shown_pages:
            return Found(pages=documents.drawn(content, joined.pages_count))
        if joined.raw_path and not voices.programme():
            return None
        return Found(voice=voices.write_again(content, joined.MOST_SECONDS) if joined.raw_path else None)
    except NotADocument as refusal:
        return Found(why=str(refusal))
    except FileNotFoundError:
        return Found(why=voices.LOST if joined.raw_path else LOST)


@with_its_files()
@transaction.atomic
def settle_joined(*, joined: Joined, found: Found, now: datetime.datetime) -> bool:
    """Writes what `look_again` found. Whether the file is now read by who may, or refused. Raises Conflict: gone."""
    joined = lock(joined)
    if joined.ready_at or joined.refused_at:
        return False  # another worker's turn
    why = found.why
    if found.is_unsaid:
        joined.looks_count += 1
        joined.save(update_fields=["looks_count"])
        if joined.looks_count < MOST_LOOKS:
            return False
        why = UNSAID
    if why:
        refuse_joined(joined=joined, why=why, now=now)
        return True
    if found.voice:
        content, joined.seconds_count = found.voice
        _replace_raw(joined, content)
    if found.film:
        joined.seconds_count, joined.width, joined.height = found.film.seconds, found.film.width, found.film.height
        _replace_raw(joined, found.film.content)
        store_anew(path=joined.poster_path, content=found.film.poster)
    for number, page in enumerate(found.pages, 1):
        joined.weight += len(page)
        store_anew(path=joined.page_path(number), content=page)
    joined.cleared_at, joined.ready_at = joined.cleared_at or now, now
    joined.save()
    return True


def settle_soon(*, joined: Joined, task: str) -> None:
    """A voice, or a video, is written again at once, or pages drawn, in a job: the room's `task` takes the label of
    its table and its id."""
    if joined.raw_path or joined.shown_pages:
        enqueue(task, joined._meta.label, str(joined.pk))


def settle_found(*, joined: Joined, settle: Callable[..., bool], now: datetime.datetime) -> bool:
    """`look_again`, then the room's `settle(joined=, found=, now=)`, which is `settle_joined` or calls it."""
    found = look_again(joined=joined)
    if found is None:
        return False
    try:
        return settle(joined=joined, found=found, now=now)
    except Conflict:
        return False  # taken out, or replaced, meanwhile


def settle_waiting(*, tables: Iterable[type[Joined]], settle: Callable[..., bool], now: datetime.datetime) -> int:
    """Gives `settle(file=, now=)` each file that waits, and returns how many are settled. One that stays does not hold
    the next; an antivirus that is no longer there does."""
    count = 0
    for file in (file for table in tables for file in unsettled(table)):
        if settle(file=file, now=now):
            count += 1
        elif antivirus.is_silent():
            break
    return count


def _film(joined):
    if not videos.programme():
        return None
    try:
        with default_storage.open(joined.raw_path) as file:
            return Found(film=videos.write_again(file))
    except NotADocument as refusal:
        return Found(why=str(refusal))
    except FileNotFoundError:
        return Found(why=videos.LOST)


def _replace_raw(joined, content):
    """By what was written of it; what was sent goes once the base has agreed."""
    joined.weight = len(content)
    store_anew(path=joined.path, content=content)
    raw = joined.raw_path
    transaction.on_commit(lambda: _forget_files([raw]))


def store_anew(*, path: str, content: bytes) -> None:
    """A job that was killed may have left half of it there, and the storage would choose another name."""
    default_storage.delete(path)
    store(path, content)


def forget_files_of(*, joined: Joined) -> None:
    """The files alone, once the base has agreed: its row is to hold others."""
    paths = joined.paths
    transaction.on_commit(lambda: _forget_files(paths))


def _forget_files(paths):
    for path in paths:
        default_storage.delete(path)
