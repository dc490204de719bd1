"""What a board and a device show."""

import datetime
import secrets
import uuid
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from preau.ent.lessons.models import SILENT_AFTER, AwaitedDevice, Device, Goal, KnownDevice, Lesson, LessonFile, Work
from preau.ent.lessons.queries.works import works_under_way
from preau.kit.dates import school_year_label
from preau.kit.names import fold
from preau.kit.seals import key_digest
from preau.people.models import Person
from preau.people.queries.cards import has_code, signs_of
from preau.places.models import NURSERY_LEVELS, Classroom, Group
from preau.schools.models import Enrolment, GroupMember
from preau.schools.queries.apart import told_apart
from preau.schools.queries.displays import reads_not_hears, reads_what_is_said

WITH_PLACE = ("classroom__school", "group__school")
READ_WITH = tuple(f"lesson__{path}" for path in WITH_PLACE)


def with_place(lessons: QuerySet[Lesson]) -> QuerySet[Lesson]:
    """With the class or the group, and its school."""
    return lessons.select_related(*WITH_PLACE)


def with_other_groups(lessons: QuerySet[Lesson], groups: QuerySet[Group], today: datetime.date) -> QuerySet[Lesson]:
    """Each with `has_groups`: whether one of these, of its school and this year, is not at work in it."""
    groups = groups.filter(school=OuterRef("school"), school_year=school_year_label(today))
    return lessons.annotate(has_groups=Exists(groups.exclude(pk=Coalesce(OuterRef("group"), OuterRef("pk")))))


def device_of(key: str, now: datetime.datetime) -> Device | None:
    """The device that shows this key, accepted or not, while its session is open."""
    found = Device.objects.select_related(*READ_WITH, "pupil", "trying").filter(key_hash=key_digest(key)).first()
    return found if found and found.lesson.is_open(now) else None


def asked_lesson(key: str) -> Lesson | None:
    """The session that this device asked to join, open or not."""
    asked = lesson_of_key(key)
    return asked and Lesson.objects.filter(pk=asked).select_related("classroom").first()


def was_accepted(known_key: str, lesson: Lesson) -> bool:
    """Whether the device that keeps this key from session to session was accepted since this one has opened."""
    known = KnownDevice.objects.filter(key_hash=key_digest(known_key), school=lesson.school_id)
    return bool(known_key) and known.filter(used_at__gte=lesson.opened_at).exists()


def lesson_of_key(key: str) -> uuid.UUID | None:
    """The session named by the key of a device (`new_key`)."""
    try:
        return uuid.UUID(key.partition(".")[0])
    except ValueError:
        return None


def new_key(lesson: Lesson) -> str:
    """What a device of this session shows: once it is removed, nothing else says of which it was."""
    return f"{lesson.pk}.{secrets.token_urlsafe(24)}"


def is_awaited(key: str) -> bool:
    """Whether the session of this device has closed, and something may be left on it."""
    return bool(key) and AwaitedDevice.objects.filter(key_hash=key_digest(key)).exists()


def awaited_of(lesson: Lesson) -> list[AwaitedDevice]:
    """Of a closed session, the devices that have not said that all is sent, each with its pupil."""
    devices = list(lesson.awaited.select_related("pupil").order_by("number")) if lesson.is_awaiting else []
    names = told_apart(device.pupil for device in devices if device.pupil)
    for device in devices:
        device.called = names.get(device.pupil_id, "")
    return devices


def known_device_of(key: str) -> KnownDevice | None:
    """The device that keeps this key from session to session, once accepted."""
    return KnownDevice.objects.select_related("school").filter(key_hash=key_digest(key)).first() if key else None


def offered_to(known: KnownDevice, now: datetime.datetime) -> list[Lesson]:
    """The sessions of its school that it may ask to join."""
    lessons = Lesson.objects.open(now).filter(school=known.school_id).select_related(*WITH_PLACE)
    return sorted(lessons, key=lambda lesson: lesson.place.order_key)


def given_with(lesson: Lesson) -> dict:
    """What a page of its activity shows, once it may be opened: {"files": its documents, "voice": what is said of it,
    or None}. One query."""
    return _parted(lesson.files.filter(ready_at__isnull=False))


def given_by(lesson: Lesson) -> dict:
    """The same, ready or not, for who gave it."""
    return _parted(lesson.files.order_by("id"))


def said_of(lesson: Lesson) -> LessonFile | None:
    """What is said aloud of its activity, ready or not."""
    return lesson.files.filter(kind=LessonFile.Kind.VOICE).first()


def _parted(files):
    found = list(files)
    voice = next((file for file in found if file.kind == LessonFile.Kind.VOICE), None)
    return {"files": [file for file in found if file is not voice], "voice": voice}


def reads_voices(work: Work, goal: str, today: datetime.date) -> bool:
    """Whether the voices of a page alone would not reach one of the pupils who hear them where it goes: those who made
    it, or its class (users.md, rule 8)."""
    if goal == Goal.CLASS:
        return reads_what_is_said(work.place, today)
    return work.signers.filter(reads_not_hears("pupil")).exists()


@dataclass(frozen=True)
class Seat:
    """A pupil of the session, as the grid and the board show them."""

    pupil: Person
    is_nursery: bool
    sign: object = None

    @property
    def needs_pictures(self) -> bool:
        """From CP on, once four pictures were given (trust.md P2)."""
        return not self.is_nursery and has_code(self.pupil)


def seats_of(lesson: Lesson, today: datetime.date) -> list[Seat]:
    """The pupils of the class or the group that day, by first name, each with the sign they know and whether they
    enter by it alone."""
    rows = _enrolled(lesson, today)
    signs = signs_of([each.pupil for each in rows])
    seats = [Seat(each.pupil, _is_nursery(each), signs.get(each.pupil_id)) for each in rows]
    return sorted(seats, key=lambda seat: (fold(seat.pupil.first_name), seat.pupil.sort_key))


def seat_of(lesson: Lesson, pupil_id, today: datetime.date) -> Seat | None:
    """The pupil's, when they are of this session."""
    row = _enrolled(lesson, today, pupil_id).first()
    if row is None:
        return None
    return Seat(row.pupil, _is_nursery(row), signs_of([row.pupil]).get(row.pupil_id))


def _enrolled(lesson, today, pupil_id=None):
    rows = Enrolment.objects.current(today).select_related("pupil", "classroom")
    if lesson.classroom_id:
        rows = rows.filter(classroom=lesson.classroom_id)
    else:
        members = GroupMember.objects.current(today).filter(group=lesson.group_id)
        rows = rows.filter(school=lesson.school_id, pupil__in=members.values("pupil"))
    return rows.filter(pupil=pupil_id) if pupil_id else rows


def _is_nursery(enrolment):
    if enrolment.level:
        return enrolment.level in NURSERY_LEVELS
    return bool(enrolment.classroom and enrolment.classroom.is_nursery)


def without_pictures(today: datetime.date) -> Coalesce:
    """Of a class: how many of its pupils in CP or above will enter by their sign alone, as nobody gave them four
    pictures yet."""
    rows = Enrolment.objects.current(today).filter(classroom=OuterRef("pk"), pupil__picture_code=None)
    rows = rows.exclude(level__in=NURSERY_LEVELS).order_by().values("classroom")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


@dataclass(frozen=True)
class Board:
    """Who is in, on which device, who waits; help first."""

    devices: tuple[Device, ...]  # accepted, those who wait for an adult first, then by number; each `is_cut` or not
    asking: tuple[Device, ...]  # not yet accepted

    @property
    def in_count(self) -> int:
        return len(self.pupils_in)

    @property
    def pupils_in(self) -> set:
        """Their ids."""
        return {device.pupil_id for device in self.devices if device.pupil_id}

    @property
    def done_count(self) -> int:
        """Of those who are in, how many said that they have finished."""
        return len({device.pupil_id for device in self.devices if device.pupil_id and device.done_at})

    @property
    def working_count(self) -> int:
        return self.in_count - self.done_count

    @property
    def unsent(self) -> list[Device]:
        """Those where something may not have left: what they said is kept there, or nothing came from them lately."""
        return [device for device in self.devices if device.pupil_id and (device.kept_count or device.is_cut)]

    @property
    def without_script(self) -> list[int]:
        """The numbers of those that never tell anything: they keep nothing, and their last page stays on the screen."""
        return [device.number for device in self.devices if not device.has_script]

    @property
    def waiting(self) -> list[Device]:
        """Those that an adult is called to: a hand up, or three wrong tries."""
        return [device for device in self.devices if device.hand_at or device.is_stuck]


def board_of(lesson: Lesson, now: datetime.datetime) -> Board:
    """In two queries; each device has its pupil’s `work`, how its pupil is `called`, and who it `awaits`, perhaps
    while another is in."""
    devices = list(lesson.devices.select_related("pupil", "trying").order_by("number"))
    for device in devices:
        if device.entry_id is None:  # nobody is in: the card that was shown has ended
            device.pupil = None
        if device.let_in_at and not device.lets_in(device.trying_id, now):  # whoever was let in has left
            device.trying = device.let_in_at = None
    works = works_under_way(lesson)
    names = told_apart(filter(None, (each for device in devices for each in (device.pupil, device.trying))))
    for device in devices:
        device.work = works.get(device.pupil_id)
        device.called = names.get(device.pupil_id or device.trying_id, "")
        device.awaits = names.get(device.trying_id, "")
    accepted = [device for device in devices if device.accepted_at]
    for device in accepted:
        device.is_cut = device.is_silent(now)
    accepted.sort(key=lambda device: (not (device.hand_at or device.is_stuck), device.number))
    return Board(tuple(accepted), tuple(device for device in devices if not device.accepted_at))


def groups_of_year(groups: QuerySet[Group], school, today: datetime.date) -> QuerySet[Group]:
    """Of the school of this id and this year."""
    return groups.filter(school=school, school_year=school_year_label(today))


def taken_elsewhere(device: Device, now: datetime.datetime) -> set:
    """Ids of the pupils who are in on another device of the session; one that is silent is taken to be dead, and its
    pupil enters elsewhere."""
    others = device.lesson.devices.exclude(pk=device.pk).filter(entry__isnull=False, seen_at__gte=now - SILENT_AFTER)
    return set(others.values_list("pupil_id", flat=True))


def last_lesson_of(place) -> Lesson | None:
    """Of a class or a group: under way, or the one whose means serve likely again."""
    return place.lessons.order_by("-opened_at").first()


def with_last_lesson(places: QuerySet, place_id) -> QuerySet:
    """The one of this id among these classes or groups, read with its school and its last session (`last_lesson_in`);
    one query, as the page that opens one asks nine others."""
    read = places.filter(pk=place_id).select_related("school").order_by("-lessons__opened_at", "-lessons__id")
    return read.annotate(**{f"last_{name}": F(f"lessons__{name}") for name in _LESSON})[:1]


def last_lesson_in(place: Classroom | Group) -> Lesson | None:
    """That session, of what `with_last_lesson` gives."""
    if place.last_id is None:
        return None
    last = Lesson.from_db(place._state.db, _LESSON, [getattr(place, f"last_{name}") for name in _LESSON])
    setattr(last, place._meta.model_name, place)
    return last


_LESSON = [field.attname for field in Lesson._meta.concrete_fields]
