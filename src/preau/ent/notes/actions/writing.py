"""A mot is written: it leaves now, or by `sending`. The rules are asked again here."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.notes import queries, rules
from preau.ent.notes.actions.files import join
from preau.ent.notes.models import KIND, Nature, Note, NoteTarget, Outing, audience_of
from preau.ent.notes.wordings import forbidden_in, health_asked_in
from preau.journal.actions import record
from preau.kit import rich
from preau.kit.answers import Conflict, allow, require
from preau.kit.dates import PAST_DAY
from preau.kit.rows import lock, refuse_other
from preau.kit.stored import with_its_files
from preau.media.documents import Document, told_apart
from preau.notify import actions as notify
from preau.notify.rules import ENOUGH_URGENT, can_announce_urgently
from preau.people.models import Person
from preau.places.models import Classroom, Group, School, kind_of
from preau.schools.queries import teachers_of
from preau.spaces import actions as spaces
from preau.spaces.models import Publication

NOBODY = (
    "Aucune famille ne recevrait ce mot\u00a0: aucun élève n’y est inscrit aujourd’hui. Choisissez une autre classe."
)
ALL_ALONE = (
    "Aucun responsable n’est noté pour {}\u00a0: le mot n’atteindrait personne. Demandez à la direction de les noter."
)
PAST_HOUR = "Cette heure est passée\u00a0: choisissez-en une à venir, ou envoyez maintenant."
WORDED = (Nature.CHOICE, Nature.TEXT, Nature.FILE)  # answered by what families write or send
SAID = (
    "title", "text", "nature", "choices", "answer_before", "urgent_reason", "outing", "happens_on", "leaves_at",
    "returns_on", "returns_at",
)  # fmt: skip
AGAIN = datetime.timedelta(hours=1)  # the same mot from another page is the one already made
NO_CHOICE = "Écrivez au moins deux choix, un par ligne."
URGENT_LATER = "Une urgence part tout de suite\u00a0: effacez le jour du départ, ou décochez l’urgence."
UNSIGNED = (
    "Une sortie facultative demande une signature\u00a0: choisissez «\u00a0à signer\u00a0» ou "
    "«\u00a0accord de chaque responsable\u00a0»."
)


@dataclass(frozen=True)
class Target:
    """The families of a class or a group, or of one child there; of a school, where it has no class this year."""

    place: Classroom | Group | School
    child: Person | None = None

    @property
    def school(self) -> School:
        return self.place if isinstance(self.place, School) else self.place.school

    @property
    def audience(self) -> str:
        return audience_of(self.place, self.child and self.child.pk)


@with_its_files()
@transaction.atomic
def send_note(
    *,
    person: Person,
    targets: Iterable[Target],
    title: str,
    text: str,
    nature: str,
    now: datetime.datetime,
    choices: Iterable[str] = (),
    wording: str = "",
    answer_before: datetime.date | None = None,
    due_at: datetime.datetime | None = None,
    urgent_reason: str = "",
    once: uuid.UUID | None = None,
    files: Iterable[tuple[Document, str]] = (),
    question: str = "",
    **outing,
) -> Note:
    """Written, and sent at once or when `due_at` comes; to more than one class it stays a draft until `confirm_sending`
    (trust.md R24). With an `urgent_reason` it goes through the digital pause. `outing` gives `happens_on` and, of an
    outing, its kind, `leaves_at`, `returns_at`, `returns_on`. `once` names the sending: sent twice, or from
    another page within the hour, a mot leaves once and is returned. `files` have their shown names; `question` is for
    families to ask their child. Raises Refused, or Conflict: no reader, a day gone by, a text its wording forbids."""
    lock(person, no_key=True)  # pressed twice at once, the second finds what the first wrote
    targets, files = list(dict.fromkeys(targets)), list(files)
    note = Note(
        title=title.strip(), text=rich.tidy(text), html=rich.from_text(text), nature=nature, wording=wording,
        choices=_chosen(choices) if nature == Nature.CHOICE else [], answer_before=answer_before, due_at=due_at,
        urgent_reason=urgent_reason.strip(), **outing,
    )  # fmt: skip
    note.pk = once or note.pk
    if known := once and _known(person, note, targets, files, question, now):
        return known
    for target in targets:
        allow(rules.can_write_to, person, target.place, now=now)
    reach = _refuse_impossible(note, targets, now)
    if note.urgent_reason:
        refuse_urgent(person=person, place=_space_of(targets), now=now)
    note.confirmed_at = None if queries.is_large([target.place for target in targets], reach) else now
    return _keep(person, note, targets, files, question, now)


def _known(person, note, targets, files, question, now):
    """What this sending left already, if it did, or the same mot sent within the hour from another page: « back » gives
    a new one. Raises Conflict when it comes back with other words, files, families or questions; its hour alone is not
    compared, as a confirmation moves it."""
    mine = Note.objects.filter(publication__author=person).select_related("publication")
    sent = (question.strip(), {(each.place.pk, each.child and each.child.pk) for each in targets})
    if known := mine.filter(pk=note.pk).first():
        refuse_other(_whole(known), (_said(note, files, note.pk), *sent))
        return known
    recent = mine.filter(title=note.title, text=note.text, publication__created_at__gt=now - AGAIN)
    standing = recent.exclude(publication__state=Publication.State.WITHDRAWN).order_by("-publication__created_at")
    return next((each for each in standing if _is_same(each, note, files, sent, now)), None)


def _is_same(known, note, files, sent, now):
    """The same words another day is another mot: a reminder that is written in advance."""
    leaves = known.due_at == note.due_at if note.due_at else not known.due_at or known.due_at <= now + notify.HOLD
    return leaves and _whole(known) == (_said(note, files, known.pk), *sent)


def _whole(known):
    to = {(each.place_id, each.child_id) for each in known.targets.all()}
    return _said(known, [(file, file.label) for file in known.files.all()], known.pk), known.publication.question, to


def _said(note, files, holder):
    return [getattr(note, name) for name in SAID], told_apart(files, holder)


@transaction.atomic
def correct_note(
    *,
    person: Person,
    note: Note,
    title: str,
    text: str,
    version: int,
    has_shown_factor: bool,
    now: datetime.datetime,
    answer_before: datetime.date | None = None,
    asks_again: bool = False,
    question: str | None = None,
) -> Note:
    """Changes the words of a mot. Families who have it read « corrigé le … »; with `asks_again`, what they answered to
    the former text counts no more. Raises Refused, or Conflict: changed meanwhile, a day that has passed."""
    note = lock(note, "publication", version=version)
    allow(rules.can_change_note, person, note, now=now)
    require(rules.can_reach_all(note, has_shown_factor=has_shown_factor))
    note.title, note.text, note.html = title.strip(), rich.tidy(text), rich.from_text(text)
    if answer_before and answer_before != note.answer_before and answer_before < localdate(now):
        raise Conflict(PAST_DAY, "answer_before")
    note.answer_before, note.version = answer_before, note.version + 1
    if note.publication.state == Publication.State.PUBLISHED:
        note.corrected_at = now
        note.asked_from = note.version if asks_again else note.asked_from
    _refuse_forbidden(note, queries.school_of(note), localdate(now))
    note.save()
    spaces.ask(publication=note.publication, question=question)
    spaces.make_searchable(publication=note.publication, title=note.title, text=note.text)
    spaces.touch(publication=note.publication)
    _record(person, "note.correct", note, now, ["title", "text", "answer_before"])
    return note


@transaction.atomic
def withdraw_note(*, person: Person, note: Note, now: datetime.datetime) -> Note:
    """Hides a mot from all families; it can be put back for 30 days, with its answers."""
    allow(rules.can_withdraw_note, person, note, now=now)
    note.publication = spaces.withdraw(person=person, publication=note.publication, now=now)
    return note


@transaction.atomic
def restore_note(*, person: Person, note: Note, has_shown_factor: bool, now: datetime.datetime) -> Note:
    """« Annuler » after withdrawing: families read it again. Raises Refused."""
    allow(rules.can_restore_note, person, note, now=now)
    require(rules.can_reach_all(note, has_shown_factor=has_shown_factor))
    note.publication = spaces.restore(person=person, publication=note.publication, now=now)
    return note


def _keep(person, note, targets, files, question, now):
    place = _space_of(targets)
    note.publication = spaces.open_draft(person=person, place=place, kind=KIND, now=now, question=question)
    note.save(force_insert=True)
    spaces.make_searchable(publication=note.publication, title=note.title, text=note.text)
    NoteTarget.objects.bulk_create(
        NoteTarget(note=note, child=target.child, **{kind_of(target.place): target.place}) for target in targets
    )
    for sent in files:
        join(person=person, note=note, sent=sent, now=now, is_first=True)
    if note.confirmed_at and note.due_at is None:
        return publish(person=person, note=note, now=now)
    _record(person, "note.schedule" if note.confirmed_at else "note.prepare", note, now, ["due_at"])
    return note


def _chosen(lines):
    return [line for line in dict.fromkeys(map(str.strip, lines)) if line]


def refuse_urgent(*, person: Person, place, now: datetime.datetime) -> None:
    """Raises Refused for who may not, Conflict when two left within the month: what was typed stays."""
    if can_announce_urgently(person, place, localdate(now)) is ENOUGH_URGENT:
        raise Conflict(ENOUGH_URGENT.reason, "urgent")
    allow(can_announce_urgently, person, place, now=now)


def publish(*, person: Person, note: Note, now: datetime.datetime) -> Note:
    """To its families, each of whom is then told by its level."""
    reached = queries.reached_by(note)
    note.publication = spaces.publish(person=person, publication=note.publication, reached=reached, now=now)
    notify.announce(publication=note.publication, person=person, now=now, level=note.level, reason=note.urgent_reason)
    return note


def _refuse_impossible(note, targets, now):
    today = localdate(now)
    if len({target.school.pk for target in targets}) != 1:
        raise Conflict("Un mot part pour les classes d’une même école.", "classes")
    reach = _refuse_nobody(targets, today)
    for field in ("answer_before", "happens_on"):
        if (day := getattr(note, field)) and day < today:
            raise Conflict(PAST_DAY, field)
    if note.due_at and note.due_at <= now:
        raise Conflict(PAST_HOUR, "due_on")
    if note.due_at and note.urgent_reason:
        raise Conflict(URGENT_LATER, "due_on")
    if note.nature == Nature.CHOICE and len(note.choices) < 2:
        raise Conflict(NO_CHOICE, "choices")
    if note.outing and Outing(note.outing).needs_signature and not Nature(note.nature).can_be_refused:
        raise Conflict(UNSIGNED, "nature")
    _refuse_forbidden(note, targets[0].school, today)
    return reach


def _refuse_nobody(targets, today):
    reach = queries.recipients_of([target.audience for target in targets], today)
    if not reach.children_count:
        raise Conflict(NOBODY, "classes")
    if not reach.guardians_count:
        raise Conflict(ALL_ALONE.format(" et ".join(reach.alone[:2])), "classes")
    return reach


def _refuse_forbidden(note, school, today):
    names = teachers_of(school, today).values_list("last_name", "usage_name")
    adults = [name for pair in names for name in pair if name]
    said = "\n".join([note.title, note.text, *note.choices])
    forbidden = forbidden_in(note.wording, said, adults)
    if not forbidden and note.nature in WORDED:
        forbidden = health_asked_in(said)
    if forbidden:
        raise Conflict(forbidden, "text")


def _space_of(targets):
    """The class or the group, or the school of several."""
    places = list(dict.fromkeys(target.place for target in targets))
    return places[0] if len(places) == 1 else targets[0].school


def _record(person, verb, note, now, fields):
    place_id = note.publication.place_id
    record(person_id=person.pk, verb=verb, subject=note, now=now, place_id=place_id, fields=fields)
