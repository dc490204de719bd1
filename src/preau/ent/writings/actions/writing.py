"""The only writes to what pupils write. Rules are asked again under the lock; a text that moved meanwhile says how."""

import datetime
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.writings import queries, rules
from preau.ent.writings.models import KIND, Purpose, Remark, State, Writing
from preau.journal.actions import record
from preau.kit import rich
from preau.kit.answers import Conflict, allow, require
from preau.kit.rows import lock
from preau.kit.stored import with_its_files
from preau.media import actions as media
from preau.media.images import Drawn
from preau.media.models import Picture
from preau.people.models import Person
from preau.places.models import Classroom
from preau.spaces import actions as spaces
from preau.spaces import audiences

MOST_DRAFTS, MOST_WAITING = 20, 5  # of one pupil at once
TOO_MANY_DRAFTS = f"Tu as déjà {MOST_DRAFTS}\u00a0textes commencés. Finis-en un, ou jettes-en un."
TOO_MANY_WAITING = (
    f"Tu as déjà {MOST_WAITING}\u00a0textes à relire. Celui-ci est gardé\u00a0: donne-le un peu plus tard."
)
NOTHING_WRITTEN = "Ton texte est vide\u00a0: écris quelque chose, puis donne-le."
CHANGED_ELSEWHERE = (
    "Ce texte a changé ailleurs depuis que tu as ouvert cette page. Ce que tu as écrit est encore là, à côté de ce qui "
    "est gardé\u00a0: choisis, puis appuie encore."
)
NOT_A_DRAFT = "Ce texte n’est plus à toi pour le moment\u00a0: il est relu, ou déjà publié. Ce que tu as écrit est là."
CHANGED_MEANWHILE = (
    "Ce texte a changé depuis que vous l’avez ouvert\u00a0: une autre personne l’a corrigé, ou l’élève l’a repris puis "
    "redonné. Relisez ce qui est gardé. Ce que vous avez écrit est encore là."
)
STILL_THERE = "Ce que vous avez écrit est encore là."
MEANWHILE = {
    State.PUBLISHED: f"Quelqu’un d’autre vient de publier ce texte. {STILL_THERE}",
    State.WITHDRAWN: f"Ce texte a été retiré entre-temps. {STILL_THERE}",
}
RETURNED_MEANWHILE = f"Quelqu’un d’autre vient de rendre ce texte à l’élève. {STILL_THERE}"
TAKEN_BACK = f"L’élève a repris son texte entre-temps\u00a0: il n’est plus à relire. {STILL_THERE}"


@with_its_files()
@transaction.atomic
def begin_writing(
    *,
    person: Person,
    classroom: Classroom,
    title: str,
    text: str,
    now: datetime.datetime,
    purpose: str = Purpose.LIFE,
    pictures: Iterable[tuple[Drawn, str]] = (),
    once: uuid.UUID | None = None,
) -> Writing:
    """A draft that its author alone reads. `once` names the sending: sent twice, it is written once."""
    lock(person, no_key=True)  # pressed twice at once, the second finds what the first wrote; and counted once
    if known := once and rules.writings_of(person).filter(pk=once).first():  # the page was left open, and sent again
        weights = list(known.publication.pictures.values_list("weight", flat=True))
        new = [(drawn, alt) for drawn, alt in pictures if drawn.weight not in weights]
        return edit_writing(person=person, writing=known, title=title, text=text, now=now, pictures=new)
    allow(rules.can_write_for, person, classroom, now=now)
    if rules.writings_of(person).filter(publication__state=State.DRAFT).count() >= MOST_DRAFTS:
        raise Conflict(TOO_MANY_DRAFTS)
    publication = spaces.open_draft(person=person, place=classroom, kind=KIND, now=now)
    writing = Writing(publication=publication, purpose=purpose, title=title, text=rich.tidy(text), changed_at=now)
    writing.pk = once or writing.pk
    writing.save(force_insert=True)
    _hang(person, writing, pictures, now)
    return writing


@with_its_files()
@transaction.atomic
def edit_writing(
    *,
    person: Person,
    writing: Writing,
    title: str,
    text: str,
    now: datetime.datetime,
    version: int | None = None,
    pictures: Iterable[tuple[Drawn, str]] = (),
    removed: Iterable[Picture] = (),
) -> Writing:
    """Keeps what the pupil wrote. Conflict when it is read over already, or was kept from another page since."""
    _own_draft(person, writing)
    allow(rules.can_edit, person, writing, now=now)
    pictures, removed = list(pictures), list(removed)
    if (title, rich.tidy(text)) == (writing.title, writing.text) and not pictures and not removed:
        return writing  # sent twice, it is as it was sent
    if version is not None and version != writing.version:
        raise Conflict(CHANGED_ELSEWHERE)
    _write(writing, now, title=title, text=rich.tidy(text))
    for picture in removed:
        media.remove_picture(person=person, picture=picture, now=now)
    _hang(person, writing, pictures, now)
    return writing


@transaction.atomic
def give(*, person: Person, writing: Writing, now: datetime.datetime) -> Writing:
    """« Je le donne à relire »: the class team reads it from now on. Pressed twice, given once."""
    lock(person, no_key=True)  # before the text, as who begins one
    _lock(writing)
    if writing.state == State.WAITING and writing.publication.author_id == person.pk:
        return writing
    allow(rules.can_give, person, writing, now=now)
    if not writing.text and not writing.publication.pictures.exists():
        raise Conflict(NOTHING_WRITTEN, "text")
    if rules.writings_of(person).filter(publication__state=State.WAITING).count() >= MOST_WAITING:
        raise Conflict(TOO_MANY_WAITING)
    writing.publication = spaces.propose(person=person, publication=writing.publication, now=now)
    writing.given_at, writing.returned_at = now, None
    writing.save(update_fields=["given_at", "returned_at"])
    return writing


@transaction.atomic
def take_back(*, person: Person, writing: Writing, now: datetime.datetime) -> Writing:
    """Its author: a draft again when nobody had decided; withdrawn when the class read it."""
    _lock(writing)
    allow(rules.can_take_back, person, writing, now=now)
    if writing.state == State.PUBLISHED:
        return _withdraw(person, writing, now)
    writing.publication = spaces.send_back(person=person, publication=writing.publication, now=now)
    _write(writing, now)  # who reads it over at this instant sees that it moved
    return writing


@transaction.atomic
def discard(*, person: Person, writing: Writing, now: datetime.datetime) -> None:
    """Forgets a draft for good, pictures included."""
    _own_draft(person, writing)
    allow(rules.can_discard, person, writing, now=now)
    _record(person, "discard_writing", writing, now)
    for picture in writing.publication.pictures.all():
        media.remove_picture(person=person, picture=picture, now=now)
    spaces.discard(publication=writing.publication)


@transaction.atomic
def publish(
    *,
    person: Person,
    writing: Writing,
    title: str,
    text: str,
    version: int,
    now: datetime.datetime,
    no_child_declared: bool = False,
) -> Writing:
    """The class reads it, as corrected lightly if it was; signed as the class knows its author. Raises Conflict: it
    moved since it was read, its readers are stopped, families may not be written to yet, its pictures may show a child
    without accord."""
    _given(person, writing, version, now)
    if not (shown := rules.can_show_pictures(writing, no_child_declared, localdate(now))):
        raise Conflict(shown.reason, "no_child")
    _correct(person, writing, title, text, now)
    place, author = writing.publication.place, writing.publication.author
    writing.signature = queries.signature_of(author, place, localdate(now)) if author else ""
    writing.save(update_fields=["signature"])
    spaces.make_searchable(publication=writing.publication, title=writing.title, text=writing.text)
    reached = audiences.keys(place)
    writing.publication = spaces.publish(person=person, publication=writing.publication, reached=reached, now=now)
    return writing


@transaction.atomic
def give_back(
    *, person: Person, writing: Writing, title: str, text: str, remark: str, version: int, now: datetime.datetime
) -> Remark:
    """To take up again, with a remark that the pupil and the team read, and what was corrected."""
    _given(person, writing, version, now)
    _correct(person, writing, title, text, now)
    writing.publication = spaces.send_back(person=person, publication=writing.publication, now=now)
    said = Remark.objects.create(writing=writing, author=person, text=rich.tidy(remark), at=now)
    _write(writing, now, returned_at=now)
    _record(person, "give_back_writing", writing, now, ["returned_at"])
    return said


@transaction.atomic
def withdraw(*, person: Person, writing: Writing, now: datetime.datetime) -> Writing:
    """The team: the class reads it no more, nor the school in its newspaper."""
    _lock(writing)
    allow(rules.can_withdraw, person, writing, now=now)
    return _withdraw(person, writing, now)


@transaction.atomic
def hide(*, person: Person, writing: Writing, now: datetime.datetime) -> Writing:
    """Reported: the class reads it no more until its team puts it back. Raises Refused, Conflict."""
    _lock(writing)
    allow(rules.can_hide, person, writing, now=now)
    return _withdraw(person, writing, now)


@transaction.atomic
def restore(*, person: Person, writing: Writing, now: datetime.datetime) -> Writing:
    """« Annuler » after withdrawing."""
    _lock(writing)
    allow(rules.can_restore, person, writing, now=now)
    writing.publication = spaces.restore(person=person, publication=writing.publication, now=now)
    return writing


@transaction.atomic
def put_in_journal(*, person: Person, writing: Writing, is_in: bool, now: datetime.datetime) -> Writing:
    """Whether all the school reads it in its newspaper; pressed twice, nothing moves."""
    _lock(writing)
    allow(rules.can_put_in_journal, person, writing, now=now)
    if bool(writing.in_journal_at) != is_in:
        writing.in_journal_at = now if is_in else None
        writing.save(update_fields=["in_journal_at"])
        _record(person, "put_in_journal" if is_in else "take_out_of_journal", writing, now, ["in_journal_at"])
    return writing


@transaction.atomic
def answer_subject(
    *, person: Person, writing: Writing, answer: str, now: datetime.datetime, version: int | None = None
) -> Writing:
    """What the conseil d’élèves decided, that the class reads under the subject; empty takes it back."""
    _lock(writing)
    allow(rules.can_answer, person, writing, now=now)
    if version is not None and version != writing.version:
        raise Conflict(CHANGED_MEANWHILE)
    answer = rich.tidy(answer)
    _write(writing, now, answer=answer, answered_at=now if answer else None)
    _record(person, "answer_subject", writing, now, ["answer"])
    return writing


def _lock(writing):
    """Both rows locked and read again: nothing is judged by what a page showed. Conflict when it is gone."""
    publication = lock(writing.publication)
    writing.refresh_from_db()
    writing.publication = publication


def _own_draft(person, writing):
    _lock(writing)
    if writing.publication.author_id == person.pk and writing.state != State.DRAFT:
        raise Conflict(NOT_A_DRAFT)


def _given(person, writing, version, now):
    _lock(writing)
    require(rules.is_team(person, writing, localdate(now)))
    if writing.state == State.DRAFT:
        raise Conflict(RETURNED_MEANWHILE if writing.returned_at else TAKEN_BACK)
    if writing.state != State.WAITING:
        raise Conflict(MEANWHILE[writing.state])
    if version != writing.version:
        raise Conflict(CHANGED_MEANWHILE)


def _correct(person, writing, title, text, now):
    """What the pupil gave stays theirs to read."""
    text = rich.tidy(text)
    if (title, text) == (writing.title, writing.text):
        return
    if not writing.given_text:
        writing.given_text = writing.text
    writing.corrected_at = now
    writing.save(update_fields=["given_text", "corrected_at"])
    _write(writing, now, title=title, text=text)
    _record(person, "correct_writing", writing, now, ["title", "text"])


def _withdraw(person, writing, now):
    if writing.in_journal_at:
        writing.in_journal_at = None
        writing.save(update_fields=["in_journal_at"])
    writing.publication = spaces.withdraw(person=person, publication=writing.publication, now=now)
    return writing


def _write(writing, now, **values):
    for name, value in values.items():
        setattr(writing, name, value)
    writing.version, writing.changed_at = writing.version + 1, now
    writing.save(update_fields=[*values, "version", "changed_at"])


def _hang(person, writing, pictures, now):
    for drawn, alt in pictures:
        media.add_picture(person=person, publication=writing.publication, drawn=drawn, alt=alt, now=now)


def _record(person, verb, writing, now, fields=()):
    place_id = writing.publication.place_id
    record(person_id=person.pk, verb=verb, subject=writing, now=now, place_id=place_id, fields=list(fields))
