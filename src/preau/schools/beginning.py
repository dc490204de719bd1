"""What a school still lacks before its families read it: for the home of a head who has just begun."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, Count, DateField, Exists, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.timezone import localdate

from preau.kit.dates import school_year_label
from preau.kit.names import full_name
from preau.kit.rooms.told import Line, lines, number_line, parted
from preau.people.models import TEACHER_ROLES, ActivationCode, Mandate
from preau.places.models import Classroom, School
from preau.places.queries import open_on
from preau.schools.models import Enrolment, FamiliesOpening, Guardianship

AWAITING, WITHOUT_CLASS, ALONE = "schools_to_open", "agent_without_class", "class_alone"
NAMES = ("first_name", "usage_name", "last_name")


@dataclass(frozen=True)
class Beginning:
    """`classes_alone_count`: classes of this year that no teacher holds. `team_out_count`: persons of the team without
    account: no sheet was printed for them, or they have not used it. `sheets_count`: guardians whose sheet is made and
    not used yet, the last on `sheets_on`."""

    has_pupils: bool
    classes_alone_count: int
    team_out_count: int
    has_family_accounts: bool
    is_open_to_families: bool
    sheets_count: int
    sheets_on: datetime.date | None

    @property
    def is_over(self) -> bool:
        lacks = self.classes_alone_count or self.team_out_count
        return self.has_pupils and not lacks and self.has_family_accounts and self.is_open_to_families


def beginning_of(school: School, today: datetime.date) -> Beginning:
    """One query."""
    pupils = Enrolment.objects.current(today).filter(school=OuterRef("pk"))
    families = Guardianship.objects.reached(today).filter(
        child__in=Enrolment.objects.current(today).filter(school=school).values("pupil")
    )
    sheets = ActivationCode.objects.filter(
        used_at=None, revoked_at=None, expires_at__date__gte=today, person__in=families.values("guardian")
    )
    sheets = sheets.order_by().values(one=Value(1))
    # By ids of classrooms: with a join, SQLite reads the mandates of every school.
    classrooms = Classroom.objects.filter(school=school).values("pk")
    of_school = Q(school=school) | Q(classroom__in=classrooms)
    out = Mandate.objects.current(today).filter(of_school, person__account=None).order_by().values(one=Value(1))
    found = (
        School.objects.filter(pk=school.pk)
        .annotate(
            has_pupils=Exists(pupils),
            has_accounts=Exists(families.filter(guardian__account__is_active=True)),
            is_open=Exists(FamiliesOpening.objects.filter(school=OuterRef("pk"))),
            alone=Count("classrooms", filter=is_alone(today, "classrooms")),
            out=Coalesce(Subquery(out.annotate(number=Count("person", distinct=True)).values("number")), 0),
            sheets=Coalesce(Subquery(sheets.annotate(number=Count("person", distinct=True)).values("number")), 0),
            sheets_at=Subquery(sheets.annotate(last=Max("created_at")).values("last")),
        )
        .values_list("has_pupils", "alone", "out", "has_accounts", "is_open", "sheets", "sheets_at")
    )
    *said, sheets_at = found.get()
    return Beginning(*said, localdate(sheets_at) if sheets_at else None)


def is_alone(today: datetime.date, at: str = "") -> Q:
    """Of rows of classes, or of those that lead to one by the path `at`: of this year, and no teacher holds it."""
    taught = Mandate.objects.current(today).filter(role__in=TEACHER_ROLES, classroom=OuterRef(at or "pk"))
    year = f"{at}__school_year" if at else "school_year"
    return Q((year, school_year_label(today))) & ~Exists(taught)


def awaiting_opening(today: datetime.date) -> QuerySet[School]:
    """Open schools that have pupils and whose papers are not signed yet: nothing reaches their families."""
    pupils = Enrolment.objects.current(today).filter(school=OuterRef("pk"))
    signed = FamiliesOpening.objects.filter(school=OuterRef("pk"))
    return School.objects.filter(open_on(today), Exists(pupils), ~Exists(signed))


def awaiting_line(schools: QuerySet[School], today: datetime.date) -> QuerySet:
    """How many of these wait, one line of a home that asks several things at once, or none."""
    return number_line(awaiting_opening(today) & schools, AWAITING, today)


def read_awaiting(rows: Iterable[tuple]) -> tuple[int, list[tuple]]:
    """Such a line among others: (how many, the others)."""
    found, others = parted(rows, AWAITING)
    return sum(int(line.name) for line in found), others


def alone_lines(classrooms: QuerySet[Classroom], today: datetime.date) -> QuerySet:
    """Of these classes that no teacher holds, how many in each school."""
    rows = classrooms.order_by().values("school").annotate(number=Count("pk"))
    return lines(rows, ALONE, name=Cast("number", CharField()), day=Value(today, DateField()), target="school")


def read_alone(rows: Iterable[tuple], school: School) -> tuple[int, list[tuple]]:
    """Such a line among others: (how many in this school, the others)."""
    found, others = parted(rows, ALONE)
    return sum(int(line.name) for line in found if line.target == school.pk), others


def without_class_lines(agents: QuerySet[Mandate]) -> QuerySet:
    """Of these agents, to whom no class is open: who, and since when."""
    names = [part for name in NAMES for part in (f"person__{name}", Value("\n"))][:-1]
    return lines(agents, WITHOUT_CLASS, name=Concat(*names, output_field=CharField()), day="starts_on")


def read_without_class(rows: Iterable[tuple]) -> tuple[list[Line], list[tuple]]:
    """Such lines among others: (those, each under the agent's name; the others)."""
    found, others = parted(rows, WITHOUT_CLASS)
    return [line._replace(name=full_name(*line.name.split("\n"))) for line in found], others
