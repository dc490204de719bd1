"""What a head follows: appels that are not made, absences of the day without a reason, pupils who miss too much."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Count, DateField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, TruncMonth

from preau.ent.attendance.days import WEDNESDAY
from preau.ent.attendance.models import LAWFUL, FollowUp, Half, Missing, RollCall
from preau.ent.attendance.queries.absent import covering, doubted, with_canteen
from preau.kit.dates import school_year_bounds, school_year_label, this_year_begins
from preau.kit.names import full_name
from preau.kit.prepared import PreparedOf
from preau.kit.rooms.told import lines, number_line, parted
from preau.people.models import Person
from preau.places.models import Classroom, School
from preau.schools.models import Enrolment
from preau.schools.queries import current_classrooms
from preau.schools.queries.own import is_own

UNDONE, UNTOLD, MISSED = "roll_undone", "absence_untold", "absences_many"
DOUBTED = "roll_doubted"
MANY = 4  # half-days of a month without a lawful reason (Code de l’éducation, L131-8)


@dataclass(frozen=True)
class SchoolDay:
    """`classrooms`: those with pupils, each with `since`, the day its first pupil arrived, and whether it
    `feeds_canteen`; `undone`: (class, half-day) whose appel is due and not made; `doubted`: those
    whose appel counts present a child told absent since; `without_reason`: absences of the day not explained."""

    classrooms: list[Classroom]
    undone: list[tuple[Classroom, Half]]
    doubted: list[tuple[Classroom, Half]]
    without_reason: list[Missing]


@dataclass(frozen=True)
class HeadCounts:
    """What a head's home says."""

    undone_count: int = 0
    untold_count: int = 0
    missed_count: int = 0
    doubted_count: int = 0

    @property
    def any(self) -> bool:
        return bool(self.undone_count or self.untold_count or self.missed_count or self.doubted_count)


@dataclass(frozen=True)
class Line:
    """A pupil who missed that many half-days of a month without a lawful reason."""

    pupil_id: object
    name: str
    month: date
    halves_count: int
    is_own: bool = False  # a child of the reader


def school_day(school: School, day: date, halves: Collection[Half], reader: Person) -> SchoolDay:
    """Of these half-days; two queries."""
    rooms = _ROOMS.rows(school.pk, key=(day, tuple(halves)))
    undone = [(room, Half(half)) for room in rooms for half in halves if not getattr(room, f"has_{half}")]
    doubted = [(room, Half(half)) for room in rooms for half in halves if getattr(room, f"doubts_{half}")]
    return SchoolDay(rooms, undone, doubted, _UNTOLD.rows(school.pk, reader.pk, key=(day,)))


def _with_appels(school, day, halves):
    taken = RollCall.objects.filter(classroom=OuterRef("pk"), day=day)
    pupils = Enrolment.objects.current(day).filter(classroom=OuterRef("pk"))
    rooms = current_classrooms(School(pk=school), day).filter(Exists(pupils))
    since = Enrolment.objects.filter(classroom=OuterRef("pk")).order_by("starts_on").values("starts_on")[:1]
    rooms = with_canteen(rooms.annotate(since=Subquery(since)), day)
    has = {f"has_{half}": Exists(taken.filter(half=half)) for half in halves}
    return rooms.annotate(**has, **{f"doubts_{half}": Exists(taken.filter(doubted(day), half=half)) for half in halves})


_ROOMS = PreparedOf(_with_appels)


def without_reason(school: School, day: date) -> QuerySet[Missing]:
    """Absences of that day that no reason came for, by class and name."""
    rows = Missing.objects.filter(roll_call__classroom__school=school, roll_call__day=day, withdrawn_at=None)
    rows = rows.filter(~Exists(covering().exclude(reason="")), kind=Missing.Kind.ABSENT)
    rows = rows.annotate(is_told=Exists(covering())).select_related("pupil", "roll_call__classroom")
    return rows.order_by("roll_call__half", "roll_call__classroom__order_key", "pupil__sort_key", "id")


_UNTOLD = PreparedOf(
    lambda school, reader, day: without_reason(School(pk=school), day).annotate(
        is_own=is_own(Person(pk=reader), "pupil")
    )
)


def head_lines(here: Q, on_wednesdays: QuerySet, today: date, halves: Collection[str]) -> list[QuerySet]:
    """What a head's home counts, as lines that it reads with others' (kit/rooms/told.py): the appels of these half-days
    that are not made, those before a family's word, the absences of the day without a reason, the pupils who miss too
    much. `here` gives the classes of the schools headed; `on_wednesdays` has one row, with its `school`, for each
    school that has class on Wednesdays."""
    rooms = Classroom.objects.filter(here, school_year=school_year_label(today))
    rooms = rooms.filter(Exists(Enrolment.objects.current(today).filter(classroom=OuterRef("pk"))))
    if today.weekday() == WEDNESDAY:  # asked of each school: SQLite would read an IN of all the schools whole
        rooms = rooms.filter(Exists(on_wednesdays.filter(school=OuterRef("school"))))
    taken = RollCall.objects.filter(classroom=OuterRef("pk"), day=today)
    parts = [number_line(rooms.filter(~Exists(taken.filter(half=half))), UNDONE, today) for half in halves]
    of_rooms = Q(roll_call__classroom__in=Classroom.objects.filter(here).values("pk"))
    called = RollCall.objects.filter(doubted(today), classroom__in=rooms.values("pk"), day=today, half__in=halves)
    parts.append(number_line(called, DOUBTED, today))
    found = Missing.objects.filter(of_rooms, roll_call__day=today, withdrawn_at=None, kind=Missing.Kind.ABSENT)
    parts.append(number_line(found.filter(~Exists(covering().exclude(reason=""))), UNTOLD, today))
    missed = _unjustified(of_rooms, today)
    return [
        *parts,
        lines(missed, MISSED, name=Cast("halves", CharField()), day=Cast("month", DateField()), target="pupil"),
    ]


def read_head_lines(rows: Iterable[tuple]) -> tuple[HeadCounts, list[tuple]]:
    """Such lines among others: (what they count, the others)."""
    mine, others = parted(rows, UNDONE, UNTOLD, MISSED, DOUBTED)
    counts = Counter()
    for line in mine:
        counts[line.kind] += 1 if line.kind == MISSED else int(line.name)
    return HeadCounts(counts[UNDONE], counts[UNTOLD], counts[MISSED], counts[DOUBTED]), others


def was_missing_in(school: School, pupil_id) -> bool:
    """An appel of the school counted this pupil absent, whatever came after."""
    return Missing.objects.filter(roll_call__classroom__school=school, pupil=pupil_id).exists()


def _unjustified(here, today):
    """One row for each pupil and month of this school year; `here`, a condition on absences."""
    first, last = school_year_bounds(school_year_label(today))
    rows = Missing.objects.filter(
        here,
        ~Exists(covering().filter(reason__in=LAWFUL)),
        roll_call__day__range=(first, last),
        kind=Missing.Kind.ABSENT,
        withdrawn_at=None,
    )
    rows = rows.order_by().annotate(month=TruncMonth("roll_call__day"))
    of_month = {
        "pupil": OuterRef("pupil"),
        "school": OuterRef("roll_call__classroom__school"),
        "month": OuterRef("month"),
    }
    rows = rows.filter(~Exists(FollowUp.objects.filter(**of_month))).values("pupil", "month")
    return rows.annotate(halves=Count("pk")).filter(halves__gte=MANY)


def _of_school(school):
    return Q(roll_call__classroom__school=school)


def unjustified_in(school: School, today: date, reader: Person | None = None) -> list[Line]:
    """Those whose line nobody closed, the latest month first; one query. A `reader` is told their own."""
    rows = _UNJUSTIFIED.rows(school.pk, *([reader.pk] if reader else ()), key=(today,))
    return [Line(pupil, full_name(*names[:3]), month, count, own) for pupil, month, count, own, *names in rows]


def _lines_of(school, *others):
    *reader, today = others
    named = ("pupil__first_name", "pupil__usage_name", "pupil__last_name", "pupil__sort_key")
    own = is_own(Person(pk=reader[0]), "pupil") if reader else Value(False)
    rows = _unjustified(_of_school(school), today).annotate(own=own)
    return rows.values_list("pupil", "month", "halves", "own", *named).order_by("-month", "pupil__sort_key")


_UNJUSTIFIED = PreparedOf(_lines_of)


def closed_in(school: School, today: date, reader: Person) -> list[FollowUp]:
    """Lines closed this school year, the latest first; of the reader's own child none, it tells of the other parent."""
    return _CLOSED.rows(school.pk, reader.pk, key=(this_year_begins(today),))


_CLOSED = PreparedOf(
    lambda school, reader, first: (
        FollowUp.objects.filter(~is_own(Person(pk=reader), "pupil"), school=school, month__gte=first)
        .select_related("pupil", "closed_by")
        .order_by("-closed_at", "id")
    )
)
