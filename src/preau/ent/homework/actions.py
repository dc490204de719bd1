"""The only writes about what is to be done at home. The rules are asked again here, under the lock."""

import datetime
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from preau.ent.homework import queries, rules
from preau.ent.homework.models import HOMEWORK, MOST_FILES, Assignment, AssignmentFile, Done, DueDay
from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.kit.dates import weekday_text
from preau.kit.ids import sending
from preau.kit.rows import lock
from preau.kit.stored import with_its_files
from preau.media import actions as media
from preau.media.documents import Document, told_apart
from preau.people.models import Person
from preau.places.queries import has_class_on, pause_on
from preau.spaces import actions as spaces
from preau.spaces import audiences
from preau.spaces.audiences import Readers

DAY, WEEK, FURTHEST = (datetime.timedelta(days=count) for count in (1, 7, 320))
DRAWN_AT_ONCE, MOST_PAGES = 5, 20  # files of one turn; pages of one that a tablet shows
NOT_TO_COME = "Choisissez un jour à venir\u00a0: demain au plus tôt."
TOO_FAR = "C’est après la fin de l’année scolaire\u00a0: vérifiez la date."
TOO_SHORT = "Chaque semaine\u00a0: choisissez une date au moins une semaine après la première."
TOO_MANY = f"Une leçon a {MOST_FILES} fichiers au plus\u00a0: retirez-en un d’abord."
STARTED = "La première fois est passée\u00a0: changez la dernière, ou annulez un jour."
NOT_THERE = "Un élève coché n’est plus dans cette classe ou ce groupe\u00a0: relisez la liste."
PUBLICATION = tuple(f"publication__{place}" for place in ("classroom__school", "group__school"))
OF_DAY = tuple(f"assignment__{path}" for path in PUBLICATION)


@with_its_files()
@transaction.atomic
def assign(
    *,
    person: Person,
    place,
    kind: str,
    text: str,
    first_on: datetime.date,
    has_wednesday: bool,
    now: datetime.datetime,
    until_on: datetime.date | None = None,
    pupils=(),
    files: Iterable[tuple[Document, str]] = (),
    once: uuid.UUID | None = None,
) -> Assignment:
    """For all of a class or a group, or for these pupils of it alone; each week until `until_on` when it is given.
    `has_wednesday`: there is class on Wednesday morning; `files`: each with the name it is shown under. `once` names
    the page it was typed in: pressed twice, the same is noted once. Raises Refused, or Conflict about the field that
    cannot be."""
    lock(person, no_key=True)
    files, chosen = list(files), sorted(str(pupil.pk) for pupil in pupils)
    name = sending(once, kind, first_on, until_on, chosen, text, told_apart(files, once))
    if known := name and Assignment.objects.filter(pk=name, publication__author=person).first():
        return known
    allow(rules.can_write_in, person, place, now=now)
    today = localdate(now)
    days = _days_of(place.school, first_on, until_on, today + DAY, has_wednesday)
    publication = spaces.open_draft(person=person, place=place, kind=HOMEWORK, now=now)
    reached = _reached(place, pupils, today)
    publication = spaces.publish(person=person, publication=publication, reached=reached, now=now)
    assignment = Assignment(publication=publication, kind=kind, text=text, first_on=days[0], last_on=days[-1])
    assignment.pk = name or assignment.pk
    assignment.save(force_insert=True)
    _add_days(assignment, place, days)
    spaces.make_searchable(publication=publication, text=text)
    _join(person, assignment, files, now)
    return assignment


@transaction.atomic
def edit_assignment(
    *,
    person: Person,
    assignment: Assignment,
    version: int,
    kind: str,
    text: str,
    first_on: datetime.date,
    has_wednesday: bool,
    now: datetime.datetime,
    until_on: datetime.date | None = None,
) -> Assignment:
    """Other words, another day, another end; whom it is for stays, and so do the days already past. Raises Refused,
    Conflict."""
    assignment = lock(assignment, *PUBLICATION, version=version)
    allow(rules.can_change_assignment, person, assignment, now=now)
    today, place = localdate(now), assignment.publication.place
    until_on = until_on if until_on != first_on else None
    said = {"kind": kind, "text": text}
    if (first_on, until_on or first_on) != (assignment.first_on, assignment.last_on):
        if first_on != assignment.first_on and assignment.first_on <= today:
            raise Conflict(STARTED, "first_on")
        earliest = min(today + DAY, assignment.first_on) if first_on == assignment.first_on else today + DAY
        days = _days_of(place.school, first_on, until_on, earliest, has_wednesday)
        if days[-1] < today:
            raise Conflict(NOT_TO_COME, "until_on")
        said |= _moved(assignment, place, days, today)
    changed = [name for name, value in said.items() if getattr(assignment, name) != value]
    for name in changed:
        setattr(assignment, name, said[name])
    if changed:
        assignment.version, assignment.edited_at = assignment.version + 1, now
        assignment.save(update_fields=[*changed, "version", "edited_at"])
        spaces.make_searchable(publication=assignment.publication, text=text)
        _record(person, "homework.edit", assignment, place.pk, now, changed)
    return assignment


@transaction.atomic
def withdraw_assignment(*, person: Person, assignment: Assignment, now: datetime.datetime) -> Assignment:
    """All its days are gone for who read them; `restore_assignment` puts them back."""
    assignment = lock(assignment, *PUBLICATION)
    allow(rules.can_change_assignment, person, assignment, now=now)
    spaces.withdraw(person=person, publication=assignment.publication, now=now)
    return assignment


@transaction.atomic
def restore_assignment(*, person: Person, assignment: Assignment, now: datetime.datetime) -> Assignment:
    """« Annuler » a withdrawal."""
    assignment = lock(assignment, *PUBLICATION)
    allow(rules.can_restore_assignment, person, assignment, now=now)
    spaces.restore(person=person, publication=assignment.publication, now=now)
    return assignment


@with_its_files()
@transaction.atomic
def join_files(
    *, person: Person, assignment: Assignment, files: Iterable[tuple[Document, str]], now: datetime.datetime
) -> Assignment:
    """Adds files, each with the name it is shown under: who reads it finds them there. Raises Refused, Conflict."""
    assignment = lock(assignment, *PUBLICATION)
    allow(rules.can_change_assignment, person, assignment, now=now)
    _join(person, assignment, files, now)
    return assignment


@transaction.atomic
def remove_file(*, person: Person, file: AssignmentFile, now: datetime.datetime) -> None:
    """Raises Refused, Conflict."""
    assignment = lock(file.assignment, *PUBLICATION)
    allow(rules.can_change_assignment, person, assignment, now=now)
    file = lock(file)
    _record(person, "homework.remove_file", file, assignment.publication.place_id, now)
    media.forget_joined(joined=file)


def settle_files(*, now: datetime.datetime) -> int:
    """Files that the antivirus had not answered for. Returns how many are settled."""
    return media.settle_waiting(tables=(AssignmentFile,), settle=settle_file, now=now)


def settle_file(*, file: AssignmentFile, now: datetime.datetime) -> bool:
    """Makes one file ready, or refuses it."""
    return media.settle_found(joined=file, settle=media.settle_joined, now=now)


def draw_files(*, now: datetime.datetime) -> int:
    """Pages of the PDFs of lessons to come, for shared tablets, a few at a time. Returns how many were looked at."""
    waiting = AssignmentFile.objects.filter(kind=AssignmentFile.Kind.PDF, ready_at__isnull=False, drawn_count=None)
    coming = DueDay.objects.filter(assignment=OuterRef("assignment"), day__gte=localdate(now))
    files = list(waiting.filter(Exists(coming)).order_by("id")[:DRAWN_AT_ONCE])
    return sum(media.draw_pages(joined=file, most=MOST_PAGES) for file in files)


@transaction.atomic
def cancel_day(*, person: Person, due_day: DueDay, now: datetime.datetime) -> DueDay:
    """One day alone: it stays, struck through, and says that it is cancelled."""
    return _cancelled(person, due_day, now, now, "homework.cancel_day")


@transaction.atomic
def keep_day(*, person: Person, due_day: DueDay, now: datetime.datetime) -> DueDay:
    """Takes a cancellation back."""
    return _cancelled(person, due_day, None, now, "homework.keep_day")


@transaction.atomic
def say_done(*, person: Person, due_day: DueDay, now: datetime.datetime) -> None:
    """The pupil, of theirs; told once."""
    due_day = lock(due_day, no_key=True)
    allow(rules.can_say_done, person, due_day, now=now)
    _, is_new = Done.objects.get_or_create(due_day=due_day, pupil=person, defaults={"done_at": now})
    if is_new:
        _record(person, "homework.say_done", due_day, due_day.space_id, now)


@transaction.atomic
def take_done_back(*, person: Person, due_day: DueDay, now: datetime.datetime) -> None:
    """It was not, after all."""
    due_day = lock(due_day, no_key=True)
    allow(rules.can_say_done, person, due_day, now=now)
    deleted, _ = Done.objects.filter(due_day=due_day, pupil=person).delete()
    if deleted:
        _record(person, "homework.take_done_back", due_day, due_day.space_id, now)


def _days_of(school, first_on, until_on, earliest, has_wednesday) -> list[datetime.date]:
    """The first day, then the same of each week; days without class are passed over, never the first."""
    if first_on < earliest:
        raise Conflict(NOT_TO_COME, "first_on")
    if max(first_on, until_on or first_on) > earliest + FURTHEST:
        raise Conflict(TOO_FAR, "until_on" if until_on else "first_on")
    if not has_class_on(school, first_on, has_wednesday):
        raise Conflict(_no_class(school, first_on), "first_on")
    if until_on and until_on < first_on + WEEK:
        raise Conflict(TOO_SHORT, "until_on")
    weeks = ((until_on or first_on) - first_on).days // 7
    days = [first_on + WEEK * number for number in range(weeks + 1)]
    return [day for day in days if has_class_on(school, day, has_wednesday)]


def _no_class(school, day):
    pause = pause_on(school.city, day)
    why = f" ({pause.label})" if pause else ""
    return f"Il n’y a pas classe le {weekday_text(day)}{why}\u00a0: choisissez un autre jour."


def _reached(place, pupils, today):
    if not pupils:
        return audiences.keys(place)
    if not {pupil.pk for pupil in pupils} <= {pupil.pk for pupil in queries.pupils_of(place, today)}:
        raise Conflict(NOT_THERE, "pupils")
    theirs = [audiences.child_key(pupil, one) for pupil in pupils for one in (Readers.PUPILS, Readers.FAMILIES)]
    return [*theirs, *audiences.keys(place, (Readers.ADULTS,))]


def _moved(assignment, place, days, today) -> dict:
    """Days to come that it no longer has are gone, those it has now are there."""
    known = {each.day: each for each in assignment.due_days.all()}
    gone = [each.pk for day, each in known.items() if day > today and day not in days]
    assignment.due_days.filter(pk__in=gone).delete()
    kept = {day for day, each in known.items() if each.pk not in gone}
    added = [day for day in days if day > today and day not in known]
    _add_days(assignment, place, added)
    return {"first_on": min(kept.union(added)), "last_on": max(kept.union(added))}


def _join(person, assignment, files, now):
    place, files = assignment.publication.place, list(files)
    media.refuse_pictures(files=files)
    for document, label in files:
        if assignment.files.count() >= MOST_FILES:
            raise Conflict(TOO_MANY, "files")
        file = AssignmentFile(assignment=assignment, sent_by=person, school=place.school, label=label)
        media.keep_joined(joined=file, document=document, now=now)
        _record(person, "homework.join_file", file, place.pk, now)


def _add_days(assignment, place, days):
    DueDay.objects.bulk_create(DueDay(assignment=assignment, space_id=place.pk, day=day) for day in days)


def _cancelled(person, due_day, cancelled_at, now, verb):
    due_day = lock(due_day, *OF_DAY)
    allow(rules.can_change_day, person, due_day, now=now)
    if bool(due_day.cancelled_at) != bool(cancelled_at):
        due_day.cancelled_at = cancelled_at
        due_day.save(update_fields=["cancelled_at"])
        _record(person, verb, due_day, due_day.space_id, now)
    return due_day


def _record(person, verb, subject, place_id, now, fields=()):
    record(person_id=person.pk, verb=verb, subject=subject, now=now, place_id=place_id, fields=list(fields))
