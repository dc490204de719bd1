"""The appel of a half-day: one save writes who is absent or late, and calls the guardians nobody heard from."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate, localtime

from preau.ent.attendance import days, rules
from preau.ent.attendance.models import Absence, Missing, RollCall, covers
from preau.ent.attendance.notices import CORRECTION, MISSING, TO_HEAD
from preau.ent.attendance.queries import doubted
from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.kit.dates import hour_text
from preau.kit.rows import lock
from preau.notify import actions as notify
from preau.people.models import Person
from preau.people.queries import heads_of
from preau.places.models import Classroom
from preau.schools.models import Enrolment, Guardianship

EMPTY = "Cette classe n’a pas d’élève ce jour-là\u00a0: il n’y a pas d’appel à faire."
# A child who was marked again is called about again: a stolen account would call a class all day (trust.md R4, T13).
CORRECTIONS_MOST = 15
TOO_MANY = (
    "Cet appel a déjà été corrigé quinze fois\u00a0: la direction de l’école le corrige. Dites-lui ce qui a changé."
)
Kind = Missing.Kind


@transaction.atomic
def take_roll(
    *,
    person: Person,
    classroom: Classroom,
    day: date,
    half: str,
    absent: Collection,
    late: Collection = (),
    version: int,
    has_wednesday: bool,
    now: datetime,
) -> RollCall:
    """Made, or put right: `absent` and `late` are ids of pupils, all others are there; who is in both came late.
    `version` is that of the page, 0 when it showed none. Saved twice, it changes nothing and calls nobody again; but it
    is confirmed where a family told an absence since. Raises Refused or Conflict."""
    allow(rules.can_take_roll, person, classroom, now=now)
    classroom = lock(classroom, "school__city__department")  # two first saves at once: one is told
    heads = rules.heads_school_of(person, classroom, localdate(now))
    if why := days.why_closed(classroom.school, day, half, now, has_wednesday=has_wednesday, heads=heads):
        raise Conflict(why)
    pupils = set(Enrolment.objects.current(day).filter(classroom=classroom).values_list("pupil", flat=True))
    if not pupils:
        raise Conflict(EMPTY)
    found = dict.fromkeys(pupils & set(absent), Kind.ABSENT) | dict.fromkeys(pupils & set(late), Kind.LATE)
    roll_call = RollCall.objects.filter(classroom=classroom, day=day, half=half).select_related("taken_by").first()
    if roll_call is None:
        roll_call = RollCall.objects.create(
            classroom=classroom, day=day, half=half, pupils_count=len(pupils), taken_by=person, taken_at=now
        )
        record(person_id=person.pk, verb="roll.take", subject=roll_call, now=now, place_id=classroom.pk)
    elif _stands(roll_call) == found and not RollCall.objects.filter(doubted(day), pk=roll_call.pk).exists():
        return roll_call
    elif roll_call.version != version:
        raise Conflict(_changed(roll_call))
    elif roll_call.version > CORRECTIONS_MOST and not heads:
        raise Conflict(TOO_MANY)
    else:
        _note_change(roll_call, person, len(pupils), now)
    _mark(roll_call, found, person, now)
    return roll_call


@transaction.atomic
def note_guardian_told(*, ids, now: datetime) -> None:
    """Something left to a guardian: the school reads when."""
    Missing.objects.filter(pk=ids[1], told_at=None).update(told_at=now)


def _stands(roll_call):
    return dict(roll_call.missing.filter(withdrawn_at=None).values_list("pupil", "kind"))


def _changed(roll_call):
    at = localtime(roll_call.changed_at or roll_call.taken_at)
    who = roll_call.changed_by or roll_call.taken_by
    name = f" par {who.formal_name}" if who else ""
    return (
        f"Cet appel vient d’être enregistré{name} à {hour_text(at)}, et il n’est pas le même que le vôtre. Relisez les "
        "noms cochés ici, puis enregistrez de nouveau."
    )


def _note_change(roll_call, person, pupils_count, now):
    roll_call.changed_by, roll_call.changed_at, roll_call.pupils_count = person, now, pupils_count
    roll_call.version += 1
    roll_call.save(update_fields=["changed_by", "changed_at", "pupils_count", "version"])
    record(person_id=person.pk, verb="roll.correct", subject=roll_call, now=now, place_id=roll_call.classroom_id)


def _mark(roll_call, found, person, now):
    """Writes what the appel found; calls about who is newly absent, that day alone, and tells of what was wrong."""
    known = {each.pupil_id: each for each in roll_call.missing.select_related("pupil")}
    is_today = roll_call.day == localdate(now)
    newly = []
    for pupil_id, kind in found.items():
        missing = known.get(pupil_id) or Missing(roll_call=roll_call, pupil_id=pupil_id)
        if missing.kind == kind and missing.withdrawn_at is None:
            continue
        if missing.kind == Kind.ABSENT and missing.withdrawn_at is None:
            _tell_correction(missing, now)
        missing.kind, missing.marked_at, missing.withdrawn_at = kind, now, None
        missing.called_count, missing.told_at = None, None
        missing.save()
        newly += [missing] if kind == Kind.ABSENT else []
    for missing in known.values():
        if missing.pupil_id not in found and missing.withdrawn_at is None:
            if missing.kind == Kind.ABSENT:
                _tell_correction(missing, now)
            missing.withdrawn_at = now
            missing.save(update_fields=["withdrawn_at"])
    if is_today:
        _call(roll_call, newly, person, now)


def _call(roll_call, newly, person, now):
    """Guardians of those of whom nobody told, then the head, once a half-day for the school."""
    when = covers(roll_call.day, roll_call.half)
    told = set(
        Absence.objects.live().filter(when, child__in=[each.pupil_id for each in newly]).values_list("child", flat=True)
    )
    untold = [each for each in newly if each.pupil_id not in told]
    guardians = _guardians_of(untold, localdate(now))
    for missing in untold:
        people = guardians.get(missing.pupil_id, [])
        called = notify.call(said=MISSING, subject=missing, people=people, once=missing.call_key, now=now)
        missing.called_count = len(called)
        missing.save(update_fields=["called_count"])
    if untold:
        school = roll_call.classroom.school
        heads = heads_of(school, localdate(now))
        heads = list(heads.exclude(person=person).values_list("person", flat=True))
        once = f"{roll_call.day}:{roll_call.half}"
        notify.call(said=TO_HEAD, subject=school, people=heads, once=once, now=now)


def _tell_correction(missing, now):
    """To those who were told of an absence that was none; who was not told yet is not told at all."""
    if missing.told_at is None:
        return
    people = _guardians_of([missing], localdate(now)).get(missing.pupil_id, [])
    notify.call(said=CORRECTION, subject=missing, people=people, once=missing.call_key, now=now)


def _guardians_of(missing, today):
    """{child: ids of who answers for them and receives the news of the school}"""
    links = Guardianship.objects.reached(today).filter(child__in=[each.pupil_id for each in missing])
    found = {}
    for child, guardian in links.values_list("child", "guardian").order_by("guardian").distinct():
        found.setdefault(child, []).append(guardian)
    return found
