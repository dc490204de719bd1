"""What is known of schools, school year by school year."""

from dataclasses import dataclass
from datetime import date

from preau.kit.dates import school_year_bounds, school_year_label
from preau.plan.equipment.models import SCHOOL_MEASURES, Fact, Measure, Subscription

FIRST_YEAR = 2000  # no figure of a school is older: a plan for digital equipment does not reach back further


def year_of(day: date) -> int:
    """The school year of a day, by the year of its September."""
    return int(school_year_label(day)[:4])


def is_a_year(year: int, today: date) -> bool:
    """Whether figures may be written for it: begun, and not before FIRST_YEAR."""
    return FIRST_YEAR <= year <= year_of(today)


def figures_of_year(schools, year: int) -> dict:
    """{(school id, measure): the standing Fact of that school year, the last when it has several}; an index lent to a
    nursery school is left out. One read."""
    first, last = school_year_bounds(f"{year}-{year + 1}")
    facts = Fact.objects.standing().filter(
        school__in=schools, measure__in=SCHOOL_MEASURES, proxy_of=None, as_of__range=(first, last)
    )
    return {(fact.school_id, fact.measure): fact for fact in facts.order_by("as_of", "id")}


def latest(facts, measure) -> Fact | None:
    """The last of a measure, `facts` newest first."""
    return next((fact for fact in facts if fact.measure == measure), None)


@dataclass(frozen=True)
class Line:
    """One measure of a school: its last figure or None, and the school year a better one is written for."""

    measure: Measure
    fact: Fact | None
    year: int


def lines_about(facts, today: date) -> list[Line]:
    """One line a measure, in the order of the page. `facts` are newest first, standing or not."""
    latest = {}
    for fact in facts:
        if fact.withdrawn_at is None:
            latest.setdefault((fact.measure, fact.proxy_of_id is None), fact)
    lines = []
    for measure in SCHOOL_MEASURES:
        fact = latest.get((measure, True)) or latest.get((measure, False))
        lines.append(Line(measure, fact, year_of(fact.as_of if fact else today)))
    return lines


def every_fact_about(school) -> list[Fact]:
    """All that was ever written about a school, newest first, withdrawn ones too; one read."""
    return list(Fact.objects.filter(school=school).select_related("proxy_of").order_by("-as_of", "-id"))


def subscriptions_of(school) -> list[Subscription]:
    """Those that stand, the last to begin first."""
    return list(Subscription.objects.standing().filter(school=school).order_by("-starts_on", "id"))
