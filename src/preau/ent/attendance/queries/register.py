"""The register of a class for a month: what each appel found, and how many half-days were attended."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Exists

from preau.ent.attendance.models import LAWFUL, Half, Missing, RollCall
from preau.ent.attendance.papers import ABSENT, AWAY, EXCUSED, LATE
from preau.ent.attendance.queries.absent import covering
from preau.places.models import Classroom
from preau.schools.models import Enrolment


@dataclass(frozen=True)
class RegisterLine:
    """A pupil: `marks` by (day, half-day), nothing for who was there."""

    name: str
    marks: dict
    possible_count: int
    absent_count: int
    excused_count: int


@dataclass(frozen=True)
class Register:
    """`halves`: those whose appel was made; half-days without one count for nobody."""

    classroom: Classroom
    month: date
    halves: list[tuple[date, Half]]
    lines: list[RegisterLine]

    @property
    def possible_count(self) -> int:
        return sum(line.possible_count for line in self.lines)

    @property
    def absent_count(self) -> int:
        return sum(line.absent_count for line in self.lines)

    @property
    def excused_count(self) -> int:
        return sum(line.excused_count for line in self.lines)

    @property
    def attended_percent(self) -> Fraction | None:
        """Half-days attended of those possible, exact; None while there is none."""
        possible = self.possible_count
        return Fraction(100 * (possible - self.absent_count), possible) if possible else None


def bounds_of(month: date) -> tuple[date, date]:
    """First and last day of the month that this day is in."""
    first = month.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def register_of(classroom: Classroom, month: date) -> Register:
    """Three queries. The same for whoever prints it, of their own child too: the head signs it, and its totals are
    those of its marks. A mark says that a reason is lawful, never which, nor whose word it is."""
    first, last = bounds_of(month)
    calls = RollCall.objects.filter(classroom=classroom, day__range=(first, last))
    halves = list(calls.order_by("day", "half").values_list("day", "half"))
    rows = Missing.objects.filter(roll_call__in=calls, withdrawn_at=None)
    rows = rows.annotate(lawful=Exists(covering().filter(reason__in=LAWFUL)))
    marks = {}
    for pupil, day, half, kind, lawful in rows.values_list(
        "pupil", "roll_call__day", "roll_call__half", "kind", "lawful"
    ):
        sign = LATE if kind == Missing.Kind.LATE else EXCUSED if lawful else ABSENT
        marks.setdefault(pupil, {})[day, half] = sign
    spells = {}
    here = Enrolment.objects.filter(classroom=classroom, starts_on__lte=last).exclude(ends_on__lt=first)
    for enrolment in here.select_related("pupil").order_by("pupil__sort_key", "pupil", "starts_on"):
        spells.setdefault(enrolment.pupil, []).append((enrolment.starts_on, enrolment.ends_on or last))
    lines = [_line(pupil, each, halves, marks.get(pupil.pk, {})) for pupil, each in spells.items()]
    return Register(classroom, first, halves, lines)


def _line(pupil, spells, halves, marks):
    held = [(day, half) for day, half in halves if any(begins <= day <= ends for begins, ends in spells)]
    found = {at: sign for at, sign in marks.items() if at in set(held)}
    signs = list(found.values())
    away = {at: AWAY for at in halves if at not in set(held)}
    excused = signs.count(EXCUSED)
    name = f"{pupil.display_last_name.upper()} {pupil.first_name}"
    return RegisterLine(name, found | away, len(held), excused + signs.count(ABSENT), excused)
