"""What the base holds of a city when its spreadsheet is compared, and what each new row needs."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from preau.kit.tables import TableProblem
from preau.places.models import School
from preau.plan.equipment.models import Expense, Fact, Measure, StandardKit
from preau.plan.rollouts.queries import bars_from, class_rows, marked


@dataclass
class Known:
    """What the base holds of the city, and what the sheet adds as it is read."""

    schools: list
    elsewhere: set
    kits: dict
    labels: dict
    received: dict
    paid: dict
    counts: dict
    slugs: set
    bars: object  # rollouts.queries.Bars: the classes that no table receives
    told: set  # ids of the schools that received something, or of which it was said that they did not
    points: dict = field(default_factory=dict)  # school id → ((latitude, longitude), line) as this sheet first said


@dataclass(frozen=True)
class Makers:
    """What a new row needs besides its line."""

    city: object
    file_name: str
    now: object
    free_slug: object

    def source(self, line) -> str:
        """The line's own, else the file and the line."""
        return (line.source or f"{self.file_name}, ligne {line.number}")[:300]


def known_of(city, lines) -> Known:
    """Six reads, whatever the number of lines."""
    named = Q(uai__in={line.uai for line in lines if line.uai})
    found = list(marked(School.objects.filter(Q(city=city) | named)).order_by("sort_key", "id"))
    schools = [school for school in found if school.city_id == city.pk]
    elsewhere = [school.uai for school in found if school.city_id != city.pk]
    labels, received = defaultdict(set), defaultdict(set)
    rows = class_rows(city=city)
    for row in rows:
        if not row.number:
            labels[row.school_id].add(row.label_key)
            received[row.school_id, row.on.year].add(row.label_key)
    paid = defaultdict(list)
    for expense in Expense.objects.standing().filter(school__city=city).order_by("id"):
        paid[expense.school_id, expense.fiscal_year].append(expense)
    counts = defaultdict(list)
    facts = Fact.objects.standing().filter(city=city, measure__in=(Measure.CLASSES, Measure.NONE_RECEIVED))
    told = {row.school_id for row in rows}
    for fact in facts.exclude(school=None).order_by("as_of", "id"):
        if fact.measure == Measure.CLASSES:
            counts[fact.school_id].append((fact.as_of, fact.value))
        else:
            told.add(fact.school_id)
    kits = defaultdict(list)
    for kit in StandardKit.objects.filter(city=city).order_by("published_on", "version"):
        kits[kit.school_kind].append(kit)
    bars = bars_from(city, schools, rows)
    slugs = {school.slug for school in schools}
    return Known(schools, set(elsewhere), kits, labels, received, paid, counts, slugs, bars, told)


def problem_at(makers, line, column, reason):
    """Why a line is left out, or to be looked at."""
    return TableProblem(makers.file_name, line.number, column, reason)
