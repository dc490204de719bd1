"""A set of schools on a day: what is counted of them, year after year."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from preau.plan.equipment.queries.amounts import ORDER, Amounts
from preau.plan.equipment.queries.checks import Costed, Investment, Reach, Remaining, Years, ratio
from preau.plan.equipment.queries.states import SchoolState


@dataclass(frozen=True)
class YearLine:
    """One year: schools completed in it, classes received, money paid, schools open at its end."""

    year: int
    nurseries: int
    elementaries: int
    classes: int
    paid: Amounts  # falsy: no expense is recorded for it; credit notes taken off
    credits: Amounts  # those credit notes, below zero
    open_schools: int
    equipped_by_end: int

    @property
    def schools(self) -> int:
        return self.nurseries + self.elementaries


@dataclass(frozen=True)
class Situation:
    """The plan of a set of schools on a day."""

    on: date
    schools: tuple[SchoolState, ...]  # open that day
    years: tuple[YearLine, ...]
    paid: Amounts  # every school, closed ones too: money paid stays paid; credit notes taken off
    credits: Amounts  # those credit notes, below zero
    closed_paid_count: int  # schools closed that day for which something was paid
    quality: str  # the least sure of the receptions it is made of
    spent_quality: str  # the least sure of the expenses

    @cached_property
    def equipped(self) -> tuple[SchoolState, ...]:
        return tuple(s for s in self.schools if s.is_equipped)

    @cached_property
    def equipped_nurseries(self) -> int:
        return sum(1 for s in self.equipped if s.is_nursery)

    @cached_property
    def equipped_elementaries(self) -> int:
        return len(self.equipped) - self.equipped_nurseries

    @cached_property
    def remaining(self) -> tuple[SchoolState, ...]:
        """Schools known not to be equipped."""
        return tuple(s for s in self.schools if not s.is_equipped and s.is_settled)

    @cached_property
    def without_total(self) -> tuple[SchoolState, ...]:
        """Schools not counted as equipped because nobody wrote how many classes they have."""
        return tuple(s for s in self.schools if s.lacks_total)

    @cached_property
    def untold(self) -> tuple[SchoolState, ...]:
        """Schools of which nobody knows whether they are equipped: nobody said that they received nothing."""
        return tuple(s for s in self.schools if not s.is_told)

    @cached_property
    def up_to_date(self) -> tuple[SchoolState, ...]:
        return tuple(s for s in self.schools if s.is_up_to_date)

    @cached_property
    def undetailed(self) -> tuple[SchoolState, ...]:
        return tuple(s for s in self.schools if s.has_undetailed)

    @cached_property
    def classes(self) -> int:
        """Distinct classes received in schools open that day."""
        return sum(s.received_count for s in self.schools)

    @cached_property
    def unsettled(self) -> tuple[SchoolState, ...]:
        """Both: nobody knows whether they are equipped."""
        return tuple(s for s in self.schools if not s.is_settled)

    @cached_property
    def settled_count(self) -> int:
        """Schools of which it is known whether they are equipped."""
        return len(self.schools) - len(self.unsettled)

    @cached_property
    def share_equipped(self) -> Fraction | None:
        """AC-01: over the schools open that day."""
        return ratio(len(self.equipped), len(self.schools))

    @cached_property
    def has_acceptances(self) -> bool:
        return any(s.received_count for s in self.schools)

    @cached_property
    def is_told(self) -> bool:
        """Whether anything is known of what these schools received, even that it is nothing."""
        return any(s.is_told for s in self.schools)

    @cached_property
    def costless(self) -> tuple[SchoolState, ...]:
        """Equipped schools without a recorded cost: left out of the averages, and named."""
        return tuple(s for s in self.equipped if not s.paid)

    @cached_property
    def mixed(self) -> tuple[SchoolState, ...]:
        """Equipped schools paid under several tax regimes: left out of the averages, and named."""
        return tuple(s for s in self.equipped if s.paid.is_mixed)

    @cached_property
    def costed(self) -> tuple[Costed, ...]:
        """Open, equipped, their cost known under one regime: a school closed since leaves with its money."""
        found = []
        for regime in ORDER:
            schools = [s for s in self.equipped if [each for each, _ in s.paid.parts] == [regime]]
            if schools:
                cents, classes = sum(s.paid.only for s in schools), sum(s.received_count for s in schools)
                found.append(Costed(str(regime), cents, len(schools), classes))
        return tuple(found)

    @cached_property
    def equipped_cents(self) -> int | None:
        """The cost of the equipped schools, when it is all under one tax regime; otherwise there is no single sum."""
        return self.costed[0].cents if len(self.costed) == 1 and not self.mixed else None

    @cached_property
    def investment(self) -> Investment | None:
        """None until something was paid."""
        if not self.paid:
            return None
        years = Years.over(line.year for line in self.years if line.paid)
        return Investment(self.paid, years, self.costed)

    @cached_property
    def reach(self) -> Reach | None:
        """None until a school is equipped."""
        received = [s.class_years for s in self.schools if s.class_years]
        if not self.equipped:
            return None
        years = Years.over(year for span in received for year in (span.first, span.last))
        return Reach(len(self.equipped), sum(s.received_count for s in self.equipped), years)

    @cached_property
    def to_equip(self) -> Remaining:
        """The classes still to receive in schools not equipped."""
        told = [s for s in self.remaining if s.classes_count is not None]
        classes = sum(max(0, s.classes_count - s.received_count) for s in told)
        return Remaining(len(self.remaining), classes, len(self.remaining) - len(told))
