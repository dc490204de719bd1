"""Figures that others published, kept as they said them: the deck of 2018, the State's social index, a city's table."""

from dataclasses import dataclass
from datetime import date

from preau.kit.dates import day_text
from preau.plan.equipment.models import Fact, Measure, Subscription, TaxRegime, dated, end_of_year, shown_value
from preau.plan.equipment.queries.amounts import Amounts
from preau.plan.equipment.queries.checks import Costed, Investment, Reach, SubscriptionCheck, Years


@dataclass(frozen=True)
class PublishedFact:
    """The latest figure of a measure for a city, with its origin."""

    measure: str
    value: int
    unit: str
    as_of: date
    period: str
    is_approximate: bool
    source: str
    quality: str
    quality_label: str

    @property
    def date_words(self) -> str:
        """« au 28 novembre 2026 », « en 2018 » for a figure of a year."""
        said = dated(self.as_of, self.period)
        return f"en {said}" if isinstance(said, str) else f"au {day_text(said)}"

    @property
    def shown_value(self) -> str:
        """« environ 1 677 000,00 € », « 45 écoles »."""
        return ("environ " if self.is_approximate else "") + shown_value(self.measure, self.value)

    @property
    def measure_label(self) -> str:
        return Measure(self.measure).label


def known_facts(city, on: date) -> list[Fact]:
    """Every standing figure of a city and of its schools known at the end of that year, oldest first; one read."""
    facts = Fact.objects.standing().filter(city=city, as_of__lte=end_of_year(on.year))
    return list(facts.order_by("as_of", "id"))


def known_by(facts, on: date) -> list[Fact]:
    """Those of `facts` known at the end of that year, oldest first."""
    known = (fact for fact in facts if fact.as_of <= end_of_year(on.year))
    return sorted(known, key=lambda fact: (fact.as_of, fact.id))


def published_facts(city, on: date, facts=None) -> dict:
    """{measure: the latest PublishedFact of the city itself, known that day}; no read when `facts` are given."""
    return {
        fact.measure: PublishedFact(
            fact.measure,
            fact.value,
            fact.unit,
            fact.as_of,
            fact.period,
            fact.is_approximate,
            fact.source,
            fact.quality,
            fact.get_quality_display(),
        )
        for fact in (known_facts(city, on) if facts is None else facts)
        if fact.school_id is None and fact.as_of <= on
    }


TOTALS = (Measure.EQUIPPED_SCHOOLS, Measure.EQUIPPED_CLASSES, Measure.INVESTED_CENTS)


def totals_among(facts: dict) -> tuple:
    """The published facts of a whole city that name no school: they stand beside what nobody tells school by school."""
    return tuple(facts[measure] for measure in TOTALS if measure in facts)


def social_indexes(facts) -> dict:
    """{school: its latest published index, a Fact}, of `facts` oldest first. It is published with a CM2: a nursery
    school has none, and what it is lent is left out."""
    indexes = (fact for fact in facts if fact.measure == Measure.SOCIAL_INDEX_TENTHS and fact.school_id)
    return {fact.school_id: fact for fact in indexes if not fact.proxy_of_id}


def priority_codes(facts) -> dict:
    """{school: its latest code of priority education}, of `facts` oldest first."""
    return {fact.school_id: fact.value for fact in facts if fact.measure == Measure.PRIORITY_EDUCATION}


def compared_indexes(schools) -> dict:
    """The same of some schools, and what is lent to those that have none (`proxy_of`); one read."""
    facts = Fact.objects.standing().filter(school__in=schools, measure=Measure.SOCIAL_INDEX_TENTHS)
    facts = list(facts.select_related("proxy_of").order_by("as_of", "id"))
    return {fact.school_id: fact for fact in facts} | social_indexes(facts)


def published_investment(facts: dict) -> Investment | None:
    """The published totals read as an investment; None unless they say how much, for how many, over which years."""
    needed = (Measure.INVESTED_CENTS, Measure.EQUIPPED_SCHOOLS, Measure.EQUIPPED_CLASSES)
    if not all(measure in facts for measure in needed):
        return None
    invested, schools, classes = (facts[measure] for measure in needed)
    costed = Costed(TaxRegime.UNKNOWN, invested.value, schools.value, classes.value)
    return Investment(Amounts(unknown=invested.value), _years_of(invested), (costed,))


def published_reach(facts: dict) -> Reach | None:
    """The published schools and classes, over the years that the amount names: no other years are published."""
    needed = (Measure.INVESTED_CENTS, Measure.EQUIPPED_SCHOOLS, Measure.EQUIPPED_CLASSES)
    if not all(measure in facts for measure in needed):
        return None
    invested, schools, classes = (facts[measure] for measure in needed)
    return Reach(schools.value, classes.value, _years_of(invested))


def _years_of(fact) -> Years:
    """« 2013-2018 », « 2018 », or the year of its day."""
    first, _, last = fact.period.partition("-")
    return Years(int(first or fact.as_of.year), int(last or first or fact.as_of.year))


@dataclass(frozen=True)
class Laboratory:
    """The schools that try the digital space, who pays for each, and the price checked (AC-09 to AC-12)."""

    subscriptions: tuple[Subscription, ...]
    check: SubscriptionCheck | None

    def paid_by(self, payer) -> tuple[Subscription, ...]:
        """The payer differs per school; the cost of the State's share was not published."""
        return tuple(s for s in self.subscriptions if s.payer == payer)


def laboratory_of(city, facts: dict, on: date) -> Laboratory:
    """The laboratory of a city on a day; one read besides the facts already read."""
    subscriptions = tuple(
        Subscription.objects.standing()
        .filter(school__city=city, starts_on__lte=on)
        .select_related("school")
        .order_by("starts_on", "school__sort_key", "id")
    )
    city_paid = [s for s in subscriptions if s.payer == Subscription.Payer.CITY]
    pupils, price = facts.get(Measure.PILOT_PUPILS), facts.get(Measure.UNIT_PRICE_HT_CENTS)
    if not (pupils and price and city_paid):
        return Laboratory(subscriptions, None)
    published = facts.get(Measure.SUBSCRIPTION_TTC_CENTS)
    check = SubscriptionCheck(pupils.value, len(city_paid), price.value, published.value if published else None)
    return Laboratory(subscriptions, check)
