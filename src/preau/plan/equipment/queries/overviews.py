"""A city's plan as a page shows it: what is derived, else what was published, and the gap when both are known."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from preau.kit.dates import day_text
from preau.places.models import City
from preau.plan.equipment.models import Measure, Quality
from preau.plan.equipment.queries.amounts import Amounts
from preau.plan.equipment.queries.averages import Average, averages_of
from preau.plan.equipment.queries.checks import Investment, Reach, Remaining, ratio
from preau.plan.equipment.queries.figures import Situation
from preau.plan.equipment.queries.published import (
    Laboratory,
    known_facts,
    laboratory_of,
    priority_codes,
    published_facts,
    published_investment,
    published_reach,
    social_indexes,
    totals_among,
)
from preau.plan.equipment.queries.situations import situation_of
from preau.plan.equipment.queries.states import UNTOLD


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
class Overview:
    """The three figures of a city and what they are made of."""

    city: City
    situation: Situation
    published: dict
    laboratory: Laboratory
    social_indexes: dict
    priority_codes: dict  # {school: its last code of PriorityEducation}; of those that have one
    is_part: bool = False  # some schools of the city (a circumscription): what is published counts all of them

    @property
    def is_derived(self) -> bool:
        """Counted from classes received; otherwise the published totals are all that is known."""
        return self.is_part or self.situation.is_told or Measure.EQUIPPED_SCHOOLS not in self.published

    @property
    def is_told(self) -> bool:
        """Whether anything is known of these schools' equipment; otherwise no figure is shown, least of all zero."""
        return self.situation.is_told or not self.is_derived

    @property
    def untold(self) -> str:
        """The words shown in place of a figure that nobody knows here."""
        return f"{UNTOLD} école par école" if self.beside else UNTOLD

    def _figure(self, measure, derived) -> int | None:
        if self.is_derived:
            is_known = self.situation.is_told if measure == Measure.EQUIPPED_CLASSES else self.situation.settled_count
            return derived if is_known else None
        return self.published[measure].value if measure in self.published else None

    @property
    def schools_count(self) -> int:
        """Those of which it is known whether they are equipped, when one is; else the number of schools in the list, or
        the number that the published figures give."""
        if self.is_derived or Measure.SCHOOLS not in self.published:
            return self.situation.settled_count or len(self.situation.schools)
        return self.published[Measure.SCHOOLS].value

    @property
    def equipped_count(self) -> int | None:
        """None when it is not known."""
        return self._figure(Measure.EQUIPPED_SCHOOLS, len(self.situation.equipped))

    @property
    def nurseries_count(self) -> int | None:
        return self._figure(Measure.EQUIPPED_NURSERIES, self.situation.equipped_nurseries)

    @property
    def elementaries_count(self) -> int | None:
        return self._figure(Measure.EQUIPPED_ELEMENTARIES, self.situation.equipped_elementaries)

    @property
    def classes_count(self) -> int | None:
        return self._figure(Measure.EQUIPPED_CLASSES, self.situation.classes)

    @property
    def paid(self) -> Amounts:
        """What every school cost when it is counted here, what the equipped ones did when it was published."""
        if self.is_derived:
            return self.situation.paid
        return Amounts(unknown=self._figure(Measure.INVESTED_CENTS, None))

    @property
    def remaining_count(self) -> int | None:
        return self.to_equip.schools if self.to_equip else None

    @property
    def to_equip(self) -> Remaining | None:
        """What is published names no school: their classes are not known."""
        if self.is_derived:
            return self.situation.to_equip if self.situation.settled_count else None
        left = self.schools_count - self.equipped_count
        return Remaining(left, 0, left)

    @property
    def percent_equipped(self) -> Fraction | None:
        """Exact; None without a school, or when it is not known of each of them."""
        if self.equipped_count is None or self.unsettled_count:
            return None
        return ratio(100 * self.equipped_count, self.schools_count)

    @property
    def unsettled_count(self) -> int:
        """Schools that `schools_count` leaves out: nobody knows whether they are equipped."""
        return len(self.situation.unsettled) if self.is_derived and self.situation.settled_count else 0

    @property
    def investment(self) -> Investment | None:
        return self.situation.investment if self.is_derived else published_investment(self.published)

    @property
    def reach(self) -> Reach | None:
        return self.situation.reach if self.is_derived else published_reach(self.published)

    @property
    def averages(self) -> tuple[Average, ...]:
        return averages_of(self)

    @property
    def beside(self) -> tuple:
        """What was published of the whole city and names no school, where nothing is counted here."""
        return () if self.situation.is_told else totals_among(self.published)

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
    def spent_quality_label(self) -> str:
        """The quality of the amounts shown: expenses have one of their own."""
        if not self.is_derived:
            return self.quality_label
        return Quality(self.situation.spent_quality).label if self.situation.spent_quality else ""

    @property
    def date(self) -> date:
        """The day the figures speak of: today when derived, the publication's otherwise."""
        return self.situation.on if self.is_derived else self.published[Measure.EQUIPPED_SCHOOLS].as_of

    @property
    def date_words(self) -> str:
        """« au 28 novembre 2026 », « en 2018 » for figures of a year."""
        if self.is_derived:
            return f"au {day_text(self.date)}"
        return self.published[Measure.EQUIPPED_SCHOOLS].date_words

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Every figure that is both counted here and published elsewhere, when they differ; of whole cities only:
        what is published of a city is no figure of some of its schools."""
        if self.is_part:
            return ()
        counted = {Measure.SCHOOLS: len(self.situation.schools)}
        if self.situation.is_told:
            counted[Measure.EQUIPPED_CLASSES] = self.situation.classes
        if self.situation.settled_count:
            counted[Measure.EQUIPPED_SCHOOLS] = len(self.situation.equipped)
        if self.situation.equipped_cents is not None:
            counted[Measure.INVESTED_CENTS] = self.situation.equipped_cents
        return tuple(
            Gap(Measure(measure).label, value, self.published[measure], measure == Measure.INVESTED_CENTS)
            for measure, value in counted.items()
            if measure in self.published and self.published[measure].value != value
        )


def overview_of(city, schools, on: date, *, is_part=False) -> Overview:
    """A city's plan on a day, over an already visible set of its schools, some of them or all; four reads, five with a
    laboratory."""
    facts = known_facts(city, on)
    published = published_facts(city, on, facts)
    laboratory = Laboratory((), None)
    if Measure.UNIT_PRICE_HT_CENTS in published:
        laboratory = laboratory_of(city, published, on)
    return Overview(
        city,
        situation_of(schools, on, facts),
        published,
        laboratory,
        social_indexes(facts),
        priority_codes(facts),
        is_part,
    )
