"""A city's plan as a page shows it: what is derived, else what was published, and the gap when both are known."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from preau.kit.dates import day_text
from preau.kit.money import counted
from preau.places.models import City
from preau.plan.equipment.models import Measure, Quality, dated
from preau.plan.equipment.queries.checks import Investment, ratio
from preau.plan.equipment.queries.published import (
    Laboratory,
    known_facts,
    laboratory_of,
    published_facts,
    published_investment,
    social_indexes,
)
from preau.plan.equipment.queries.situations import Situation, situation_of


@dataclass(frozen=True)
class Gap:
    """One thing counted by Préau and published by someone: both are shown, neither is adjusted."""

    label: str
    computed: int
    published: object  # PublishedFact
    is_money: bool

    @property
    def difference(self) -> int:
        """Published less computed."""
        return self.published.value - self.computed

    @property
    def size(self) -> int:
        """Without its sign."""
        return abs(self.difference)


@dataclass(frozen=True)
class Pace:
    """One way to count the years: money and schools a year, years left for the schools that remain (AC-06, AC-07)."""

    convention: str
    cents: Fraction
    schools: Fraction
    left: Fraction | None


@dataclass(frozen=True)
class Overview:
    """The three figures of a city and what they are made of."""

    city: City
    situation: Situation
    published: dict
    laboratory: Laboratory
    social_indexes: dict

    @property
    def is_derived(self) -> bool:
        """Counted from classes received; otherwise the published totals are all that is known."""
        return self.situation.has_acceptances or Measure.EQUIPPED_SCHOOLS not in self.published

    def _figure(self, measure, derived) -> int:
        return derived if self.is_derived or measure not in self.published else self.published[measure].value

    @property
    def schools_count(self) -> int:
        return self._figure(Measure.SCHOOLS, len(self.situation.schools))

    @property
    def equipped_count(self) -> int:
        return self._figure(Measure.EQUIPPED_SCHOOLS, len(self.situation.equipped))

    @property
    def nurseries_count(self) -> int:
        return self._figure(Measure.EQUIPPED_NURSERIES, self.situation.equipped_nurseries)

    @property
    def elementaries_count(self) -> int:
        return self._figure(Measure.EQUIPPED_ELEMENTARIES, self.situation.equipped_elementaries)

    @property
    def classes_count(self) -> int:
        return self._figure(Measure.EQUIPPED_CLASSES, self.situation.classes)

    @property
    def spent_cents(self) -> int:
        return self._figure(Measure.INVESTED_CENTS, self.situation.spent_cents)

    @property
    def remaining_count(self) -> int:
        return self.schools_count - self.equipped_count

    @property
    def percent_equipped(self) -> Fraction | None:
        """Exact; None without a school."""
        return ratio(100 * self.equipped_count, self.schools_count)

    @property
    def investment(self) -> Investment | None:
        return self.situation.investment if self.is_derived else published_investment(self.published)

    @property
    def paces(self) -> tuple[Pace, ...]:
        """Both conventions, named: years with both ends, then intervals when there are several years."""
        plan = self.investment
        if plan is None:
            return ()
        conventions = [(plan.fiscal_years, f"{counted(plan.fiscal_years, 'exercice', 'exercices')}, bornes comprises")]
        if plan.intervals:
            between = counted(plan.intervals, "intervalle", "intervalles")
            conventions.append((plan.intervals, f"{between} d’un exercice à l’autre"))
        return tuple(
            Pace(
                label, plan.cents_a_year(years), plan.schools_a_year(years), plan.years_for(self.remaining_count, years)
            )
            for years, label in conventions
        )

    @property
    def remaining_cents(self) -> Fraction | None:
        """AC-07."""
        return self.investment.cents_for(self.remaining_count) if self.investment else None

    @property
    def quality(self) -> str:
        """The quality of the figures shown, as a code of Quality."""
        if self.is_derived:
            return self.situation.quality
        return self.published[Measure.EQUIPPED_SCHOOLS].quality

    @property
    def quality_label(self) -> str:
        return Quality(self.quality).label if self.quality else ""

    @property
    def date(self) -> date:
        """The day the figures speak of: today when derived, the publication's otherwise."""
        return self.situation.on if self.is_derived else self.published[Measure.EQUIPPED_SCHOOLS].as_of

    @property
    def date_words(self) -> str:
        """« au 28 novembre 2026 », « en 2018 » for figures of a year."""
        if self.is_derived:
            return f"au {day_text(self.date)}"
        said = dated(self.date, self.published[Measure.EQUIPPED_SCHOOLS].period)
        return f"en {said}" if isinstance(said, str) else f"au {day_text(said)}"

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Every figure that is both counted here and published elsewhere, when they differ."""
        counted = {Measure.SCHOOLS: len(self.situation.schools)}
        if self.situation.has_acceptances:
            counted |= {
                Measure.EQUIPPED_SCHOOLS: len(self.situation.equipped),
                Measure.EQUIPPED_CLASSES: self.situation.classes,
                Measure.INVESTED_CENTS: self.situation.spent_cents,
            }
        return tuple(
            Gap(Measure(measure).label, value, self.published[measure], measure == Measure.INVESTED_CENTS)
            for measure, value in counted.items()
            if measure in self.published and self.published[measure].value != value
        )


def overview_of(city, schools, on: date) -> Overview:
    """A city's plan on a day, over an already visible set of its schools; four reads, five with a laboratory."""
    facts = known_facts(city, on)
    published = published_facts(city, on, facts)
    laboratory = Laboratory((), None)
    if Measure.UNIT_PRICE_HT_CENTS in published:
        laboratory = laboratory_of(city, published, on)
    return Overview(city, situation_of(schools, on, facts), published, laboratory, social_indexes(facts))
