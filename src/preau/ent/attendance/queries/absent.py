"""Who is absent, for who has to know it without the reason: the restauration, « Ce midi, ce soir »."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from preau.ent.attendance.models import Absence, Half, Missing, RollCall, covers
from preau.kit.prepared import PreparedOf
from preau.kit.rooms.told import lines, parted
from preau.people.models import Person
from preau.places.models import Classroom
from preau.schools.models import Activity, ActivityEnrolment, Enrolment, Guardianship

TO_VERIFY = "roll_to_verify"
TOLD, CALLED, MISSING = "told", "called", "missing"  # how a half-day is known of

# When the appel last changed, two queries further in.
LAST_WORD = Coalesce(OuterRef(OuterRef("changed_at")), OuterRef(OuterRef("taken_at")))


class Part(StrEnum):
    """A part of the day, and the half-day that answers for it: who is not there in the morning does not eat at noon."""

    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"

    @property
    def half(self) -> Half:
        return Half.MORNING if self in (Part.MORNING, Part.NOON) else Half.AFTERNOON


def absent_halves(pupils: Iterable, day: date) -> dict[Half, set]:
    """Of these pupils (ids), the ids of those who are absent, by half-day. Once the appel of their
    class is made, it alone counts; before, what was told. No reason. One query."""
    found: dict = {}
    for child, half, how in _KNOWN.rows(*pupils, key=(day,)):
        found.setdefault((how, half), set()).add(child)

    def known(how, half):
        return found.get((how, half), set())

    return {half: known(MISSING, half) | (known(TOLD, half) - known(CALLED, half)) for half in Half}


def _known(*asked):
    *pupils, day = asked
    enrolled = Q(classroom__enrolments__ends_on=None) | Q(classroom__enrolments__ends_on__gte=day)
    pupil = "classroom__enrolments__pupil"
    enrolled &= Q((f"{pupil}__in", pupils), classroom__enrolments__starts_on__lte=day)
    called = RollCall.objects.filter(enrolled, day=day)
    missing = Missing.objects.filter(roll_call__day=day, pupil__in=pupils, withdrawn_at=None, kind=Missing.Kind.ABSENT)
    told = (
        Absence.objects.live()
        .filter(covers(day, half), child__in=pupils)
        .values_list("child", Value(half), Value(TOLD))
        for half in Half
    )
    rows = called.order_by().values_list(pupil, "half", Value(CALLED))
    absent = missing.order_by().values_list("pupil", "roll_call__half", Value(MISSING))
    return rows.union(absent, *told, all=True)


_KNOWN = PreparedOf(_known)


def covering(child="pupil", day="roll_call__day", half="roll_call__half") -> QuerySet[Absence]:
    """Absences told of the outer row's child that cover its half-day."""
    return Absence.objects.live().filter(covers(OuterRef(day), OuterRef(half)), child=OuterRef(child))


def doubted(day: date, children: Collection | None = None) -> Exists:
    """Condition on appels of that day: somebody it counts present was told absent since it was last put right; one of
    these children (ids) when given."""
    found = Missing.objects.filter(roll_call=OuterRef(OuterRef("pk")), pupil=OuterRef("pupil"), withdrawn_at=None)
    told = Absence.objects.live().filter(
        covers(day, OuterRef(OuterRef("half"))), child=OuterRef("pupil"), told_at__gt=LAST_WORD
    )
    here = Enrolment.objects.current(day).filter(Exists(told), ~Exists(found), classroom=OuterRef("classroom"))
    return Exists(here if children is None else here.filter(pupil__in=children))


def halves_to_verify(children: Collection, day: date) -> set[str]:
    """Half-days of that day whose appel, made before the family's word, still counts one of these children (ids)
    present. One query."""
    return set(RollCall.objects.filter(doubted(day, children), day=day).values_list("half", flat=True))


def verify_lines(rooms: QuerySet[Classroom], today: date) -> QuerySet:
    """Of these classes, a line for each appel of the day to verify, for homes that ask several things at once."""
    rows = RollCall.objects.filter(doubted(today), classroom__in=rooms.values("pk"), day=today)
    return lines(rows, TO_VERIFY, name="classroom__name", detail="half", day="day", target="classroom")


def read_verify(rows: Iterable[tuple]) -> tuple[list[tuple], list[tuple]]:
    """Such lines among others: ([(line, its half-day)], the other rows)."""
    mine, others = parted(rows, TO_VERIFY)
    return [(line, Half(line.detail)) for line in mine], others


def called_about(missing_id, person_id, call_key: str, *, now: datetime) -> Person | None:
    """The guardian still to be called about an absence, asked again as the message leaves: None when it was put right
    or explained since, or when they answer for the child no more. Three queries."""
    missing = Missing.objects.filter(pk=missing_id, kind=Missing.Kind.ABSENT, withdrawn_at=None)
    missing = missing.select_related("roll_call", "pupil").first()
    if missing is None or missing.call_key != call_key:
        return None
    when = covers(missing.roll_call.day, missing.roll_call.half)
    if Absence.objects.live().filter(when, child=missing.pupil).exists():
        return None
    return guardian_of(missing.pupil_id, person_id, localdate(now))


def corrected_for(missing_id, person_id, call_key: str, *, now: datetime) -> Person | None:
    """The guardian to whom a correction is still told."""
    missing = Missing.objects.filter(pk=missing_id).first()
    is_absent = missing is None or missing.withdrawn_at is None and missing.kind == Missing.Kind.ABSENT
    return None if is_absent else guardian_of(missing.pupil_id, person_id, localdate(now))


def guardian_of(child_id, person_id, today: date) -> Person | None:
    """This person, while they answer for the child and no decision restricts them."""
    links = Guardianship.objects.reached(today).filter(child=child_id, guardian=person_id)
    link = links.select_related("guardian").first()
    return link and link.guardian


def with_canteen(classrooms: QuerySet[Classroom], today: date) -> QuerySet[Classroom]:
    """Each with `feeds_canteen`: the city's file enrols one of its pupils there. Elsewhere nobody reads who eats."""
    pupils = Enrolment.objects.current(today).filter(classroom=OuterRef(OuterRef("pk"))).values("pupil")
    return classrooms.annotate(feeds_canteen=Exists(_in_canteen(pupils, today)))


def canteen_counts(children, today: date) -> bool:
    """Whether the city's file enrols one of these children in a canteen; one query."""
    return _in_canteen(children, today).exists()


def _in_canteen(children, today):
    return ActivityEnrolment.objects.current(today).filter(activity__kind=Activity.Kind.CANTEEN, child__in=children)
