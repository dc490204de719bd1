"""A session opened, led, closed."""

import datetime
import secrets

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.timezone import localdate, localtime

from preau.ent.lessons import rules
from preau.ent.lessons.actions.giving import give_files, take_files_back, word_of
from preau.ent.lessons.models import (
    CODE_LENGTH,
    SIGNS,
    Activity,
    AwaitedDevice,
    Lesson,
    LessonMonth,
)
from preau.ent.lessons.queries import WITH_PLACE, seats_of
from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.kit.rows import lock
from preau.kit.seals import key_digest
from preau.kit.stored import with_its_files
from preau.people import actions as people
from preau.people.models import Person
from preau.places.models import Classroom

NOON, EVENING = datetime.time(12, 30), datetime.time(18, 30)  # ends of half-days (trust.md P1)
LONGEST = datetime.timedelta(hours=3)
SHORTEST = datetime.timedelta(minutes=30)  # a session opened at 12:25 is not over at once
ALREADY = "Une séance est déjà ouverte pour cette classe ou ce groupe\u00a0: rejoignez-la."
NO_LINK = "Donnez l’adresse du lien."


@with_its_files()
@transaction.atomic
def open_lesson(
    *,
    person: Person,
    place,
    now: datetime.datetime,
    activity: str = Activity.FREE,
    title: str = "",
    link: str = "",
    files=(),
    recording=None,
    word: str = "",
) -> Lesson:
    """For a class or a group, until the end of the half-day; `files`, `recording` and `word` as in `actions.giving`.
    Raises Refused, or Conflict when one is open there."""
    allow(rules.can_open_lesson, person, place, now=now)
    for over in place.lessons.over(now).select_for_update():
        _close(over, over.ends_at)
    if activity == Activity.LINK and not link:
        raise Conflict(NO_LINK, "link")
    lesson = Lesson(
        school=place.school,
        **{"classroom" if isinstance(place, Classroom) else "group": place},
        opened_by=person,
        opened_at=now,
        ends_at=_end_of_half_day(now),
        code=_new_code(),
        board_key=secrets.token_urlsafe(24),
        activity=activity,
        title=title,
        link=link if activity == Activity.LINK else "",
        word=word_of(person=person, place=place, activity=activity, asked=word, now=now),
    )
    _insert(lesson)
    give_files(person=person, lesson=lesson, files=files, recording=recording, now=now)
    people.give_signs(pupils=[seat.pupil for seat in seats_of(lesson, localdate(now))], now=now)
    _record(person, "lesson.open", lesson, now)
    return lesson


def _insert(lesson):
    """The constraint holds the race."""
    try:
        with transaction.atomic():
            lesson.save(force_insert=True)
    except IntegrityError:
        raise Conflict(ALREADY) from None


@with_its_files()
@transaction.atomic
def lead_lesson(*, person: Person, lesson: Lesson, now: datetime.datetime, **said) -> Lesson:
    """What all its devices follow: `is_paused`, `is_muted`, or another `activity` with its `title`, `link`, `files`,
    `recording` and `word`. Raises Refused, Conflict."""
    lesson = lock(lesson, *WITH_PLACE)
    allow(rules.can_lead_lesson, person, lesson, now=now)
    if "is_paused" in said:
        lesson.paused_at = now if said["is_paused"] else None
    if "is_muted" in said:
        lesson.muted_at = now if said["is_muted"] else None
    if "activity" in said:
        if said["activity"] == Activity.LINK and not said.get("link"):
            raise Conflict(NO_LINK, "link")
        link = said.get("link", "") if said["activity"] == Activity.LINK else ""
        asked = {"activity": said["activity"], "asked": said.get("word", "")}
        word = word_of(person=person, place=lesson.place, now=now, **asked)
        given = (said["activity"], said.get("title", ""), link, word and word.pk)
        former = (lesson.activity, lesson.title, lesson.link, lesson.word_id)
        lesson.task_number += given != former  # the same with a document more is gone on with
        lesson.activity, lesson.title, lesson.link, lesson.word_id = given
        given = {"files": said.get("files") or (), "recording": said.get("recording")}
        give_files(person=person, lesson=lesson, **given, now=now)
        lesson.given_number += 1
        lesson.devices.update(done_at=None)
    lesson.version += 1
    led = ("paused_at", "muted_at", "activity", "given_number", "task_number", "title", "link", "word", "version")
    lesson.save(update_fields=led)
    return lesson


@transaction.atomic
def note_means(*, person: Person, lesson: Lesson, now: datetime.datetime, **facts) -> Lesson:
    """What serves this session, as the plan names it: `kit_label` and `kit_id`, `room` and `window_id`.
    Raises Refused."""
    lesson = lock(lesson, *WITH_PLACE)
    allow(rules.can_lead_lesson, person, lesson, now=now)
    for name, value in facts.items():
        setattr(lesson, name, value)
    lesson.version += 1
    lesson.save(update_fields=[*facts, "version"])
    _record(person, "lesson.means", lesson, now, fields=sorted(facts))
    return lesson


@transaction.atomic
def close_lesson(*, person: Person, lesson: Lesson, now: datetime.datetime) -> Lesson:
    """Each pupil is out at once; who was there is forgotten. Raises Refused."""
    lesson = lock(lesson, *WITH_PLACE)
    allow(rules.can_lead_lesson, person, lesson, now=now)
    _close(lesson, now)
    _record(person, "lesson.close", lesson, now)
    return lesson


@transaction.atomic
def close_due(*, now: datetime.datetime) -> int:
    """Those past their end. Returns how many were closed."""
    over = list(Lesson.objects.over(now).select_for_update())
    for lesson in over:
        _close(lesson, lesson.ends_at)
    return len(over)


@transaction.atomic
def say_sent(*, key: str, kept_count: int, now: datetime.datetime) -> Lesson | None:
    """A device of a session that has closed answers: so many things are left to send. The session, once nothing is left
    on any of them."""
    device = AwaitedDevice.objects.filter(key_hash=key_digest(key)).first()
    if device is None:
        return None
    lesson = lock(device.lesson)
    if kept_count:
        device.kept_count = kept_count
        device.save(update_fields=["kept_count"])
    else:
        device.delete()
    return _answered(lesson)


@transaction.atomic
def say_all_sent(*, known_hash: str) -> None:
    """A tablet of the school, in another session since, has nothing left of a former one."""
    for device in AwaitedDevice.objects.filter(known_hash=known_hash).select_related("lesson").order_by("lesson"):
        lesson = lock(device.lesson)
        device.delete()
        _answered(lesson)


def _answered(lesson):
    is_all = not lesson.awaited.exists()
    lesson.version += 1
    if is_all:
        lesson.board_key = ""
    lesson.save(update_fields=["version", "board_key"])
    return lesson if is_all else None


def bump(*, lesson_id) -> None:
    """Boards and devices read their page again."""
    Lesson.objects.filter(pk=lesson_id).update(version=F("version") + 1)


def _close(lesson, at):
    devices = list(lesson.devices.all())
    for device in devices:
        if device.entered_at:
            lesson.pupil_seconds += max(int((at - device.entered_at).total_seconds()), 0)
    people.end_pupil_entries(entry_ids=[device.entry_id for device in devices if device.entry_id])
    lesson.devices_count = max(lesson.devices_count, sum(1 for device in devices if device.accepted_at))
    lesson.pupils_count = lesson.entrants.count()
    lesson.entrants.all().delete()
    # Those where a pupil was; one without script has kept nothing, and would never answer.
    awaited = [device for device in devices if device.accepted_at and device.seen_at and device.has_script]
    AwaitedDevice.objects.bulk_create(map(_awaited, awaited))
    lesson.devices.all().delete()
    take_files_back(lesson=lesson)
    lesson.closed_at, lesson.opened_by, lesson.code = at, None, ""
    lesson.board_key = secrets.token_urlsafe(24) if awaited else ""
    lesson.title, lesson.link, lesson.word = "", "", None
    lesson.version += 1
    lesson.save()
    if lesson.pupil_seconds:
        _count(lesson)


def _awaited(device):
    shared = {name: getattr(device, name) for name in ("lesson_id", "key_hash", "known_hash", "number", "pupil_id")}
    return AwaitedDevice(**shared)


def _count(lesson):
    month, _ = LessonMonth.objects.select_for_update().get_or_create(
        school_id=lesson.school_id,
        month=localdate(lesson.opened_at).replace(day=1),
        kit_key=str(lesson.kit_id or ""),
        activity=lesson.activity,
    )
    month.kit_label = lesson.kit_label
    month.lessons_count += 1
    month.pupil_seconds += lesson.pupil_seconds
    month.most_pupils = max(month.most_pupils, lesson.pupils_count)
    month.save()


def _end_of_half_day(now):
    local = localtime(now)
    noon, evening = (timezone.make_aware(datetime.datetime.combine(local.date(), at)) for at in (NOON, EVENING))
    end = noon if local < noon - SHORTEST else evening
    return min(max(end, now + SHORTEST), now + LONGEST)


def _new_code():
    """Not one that opens another session now; the constraint holds the race."""
    while True:
        code = "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))
        if not Lesson.objects.filter(code=code).exists():
            return code


def _record(person, verb, lesson, now, fields=()):
    record(person_id=person.pk, verb=verb, subject=lesson, now=now, place_id=lesson.place_id, fields=list(fields))
