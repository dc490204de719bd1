"""The arithmetic of the plan, exact: integers and fractions, rounded once by whoever shows them.

Each property is one of the deck's acceptance checks (plan.md, part d); nothing here reads the base.
"""

from dataclasses import dataclass
from fractions import Fraction

from preau.plan.equipment.queries.amounts import Amounts

VAT_RATE = Fraction(20, 100)  # French normal rate, hardware and services


class SplitMismatch(ValueError):
    """A published total and its parts do not add up: it is an error to name, never a rounding."""


def check_split(total: int, *parts: int) -> None:
    """Raises SplitMismatch unless the parts sum to the total (AC-02)."""
    if sum(parts) != total:
        said = " + ".join(str(part) for part in parts)
        raise SplitMismatch(f"{said} font {sum(parts)}, et le total dit {total}. Corrigez l’un des deux.")


def ratio(numerator, denominator) -> Fraction | None:
    """An exact ratio; None when there is nothing to divide by."""
    return Fraction(numerator) / Fraction(denominator) if denominator else None


@dataclass(frozen=True)
class Years:
    """From a first to a last year, both included. AC-06 counts them in two ways, and a page shows the two."""

    first: int
    last: int

    @classmethod
    def over(cls, years):
        """Of some years, in any order; None of none."""
        years = list(years)
        return cls(min(years), max(years)) if years else None

    @property
    def both_ends(self) -> int:
        """First convention: 2013 to 2018 are six years."""
        return self.last - self.first + 1

    @property
    def intervals(self) -> int:
        """Second convention: five from one to the other."""
        return self.last - self.first


@dataclass(frozen=True)
class Costed:
    """What an average cost divides: schools fully equipped whose cost is known, all told under one tax regime. Money,
    schools and classes are those of the same schools."""

    regime: str
    cents: int
    schools: int
    classes: int

    @property
    def paid(self) -> Amounts:
        """With its regime, as it is shown."""
        return Amounts(**{self.regime: self.cents})

    @property
    def cents_per_school(self) -> Fraction | None:
        """AC-04; it is no price list."""
        return ratio(self.cents, self.schools)

    @property
    def cents_per_class(self) -> Fraction | None:
        """AC-04."""
        return ratio(self.cents, self.classes)


@dataclass(frozen=True)
class Investment:
    """What was paid, over which fiscal years, and what averages divide: one `Costed` for each tax regime."""

    total: Amounts
    paid: Years
    costed: tuple[Costed, ...]

    @property
    def only(self) -> Costed | None:
        """The averages, when one regime tells them all, and all that was paid."""
        return self.costed[0] if len(self.costed) == 1 and self.costed[0].schools and not self.total.is_mixed else None

    @property
    def regime_is_known(self) -> bool:
        """AC-05: false while some amount does not say its tax regime: both readings are then shown."""
        return self.total.unknown is None

    @property
    def ht_if_ttc(self) -> Fraction:
        """AC-05: of amounts that do not say their regime, what they are without VAT if they include it."""
        return Fraction(self.total.unknown) / (1 + VAT_RATE)

    @property
    def vat_if_ttc(self) -> Fraction:
        """AC-05: the VAT in them if they include it."""
        return self.total.unknown - self.ht_if_ttc

    @property
    def ttc_if_ht(self) -> Fraction:
        """AC-05: of amounts that do not say their regime, what they are with VAT if they exclude it."""
        return self.total.unknown * (1 + VAT_RATE)

    def paid_a_year(self, years: int) -> Amounts:
        """AC-06: over the fiscal years in which something was paid."""
        return self.total.over(years)


@dataclass(frozen=True)
class Reach:
    """Schools fully equipped, their classes, and the years in which classes were received (the years of equipment)."""

    schools: int
    classes: int
    received: Years

    @property
    def classes_per_school(self) -> Fraction | None:
        """AC-03."""
        return ratio(self.classes, self.schools)

    def schools_a_year(self, years: int) -> Fraction | None:
        """AC-06: a pace divides by years of equipment, whenever the invoices were paid."""
        return ratio(self.schools, years)

    def years_for(self, remaining: int, years: int) -> Fraction | None:
        """AC-07: years left at the pace of one convention."""
        pace = self.schools_a_year(years)
        return ratio(remaining, pace) if pace else None


@dataclass(frozen=True)
class Remaining:
    """What is still to equip: the classes to receive where their number is known, and how many schools do not say."""

    schools: int
    classes: int
    untold_schools: int

    def cents_at(self, costed: Costed, classes_per_school: Fraction | None) -> Fraction | None:
        """AC-07: a straight line at the cost of a class, without inflation; a school that does not say its classes is
        taken to have the mean."""
        if costed.cents_per_class is None or (self.untold_schools and classes_per_school is None):
            return None
        untold = self.untold_schools * classes_per_school if self.untold_schools else 0
        return (self.classes + untold) * costed.cents_per_class


@dataclass(frozen=True)
class SubscriptionCheck:
    """The price of the digital space: computed, published, and the gap between (AC-09 to AC-11)."""

    pupils: int
    schools: int
    unit_ht_cents: int
    published_ttc_cents: int | None

    @property
    def ht_cents(self) -> int:
        """AC-09: exact, a whole number of cents."""
        return self.pupils * self.unit_ht_cents

    @property
    def vat_cents(self) -> Fraction:
        """AC-09."""
        return self.ht_cents * VAT_RATE

    @property
    def ttc_cents(self) -> Fraction:
        """AC-09."""
        return self.ht_cents + self.vat_cents

    @property
    def ttc_cents_per_pupil(self) -> Fraction | None:
        """AC-09."""
        return ratio(self.ttc_cents, self.pupils)

    @property
    def gap_cents(self) -> Fraction:
        """AC-10: published less computed; its cause is not published."""
        return self.published_ttc_cents - self.ttc_cents

    @property
    def gap_share_of_computed(self) -> Fraction | None:
        """AC-10."""
        return ratio(self.gap_cents, self.ttc_cents)

    @property
    def gap_share_of_published(self) -> Fraction | None:
        """AC-10."""
        return ratio(self.gap_cents, self.published_ttc_cents)

    @property
    def gap_percent_of_computed(self) -> Fraction | None:
        return None if self.gap_share_of_computed is None else self.gap_share_of_computed * 100

    @property
    def gap_percent_of_published(self) -> Fraction | None:
        return None if self.gap_share_of_published is None else self.gap_share_of_published * 100

    @property
    def published_ht_cents(self) -> Fraction:
        """AC-10, read backwards: what the published amount would be without VAT."""
        return Fraction(self.published_ttc_cents) / (1 + VAT_RATE)

    @property
    def pupils_at_published(self) -> int:
        """AC-10, read backwards: whole pupils it would pay at the unit price."""
        return int(self.published_ht_cents / self.unit_ht_cents)

    @property
    def unit_ht_cents_at_published(self) -> Fraction | None:
        """AC-10, read backwards: the unit price for these pupils."""
        return ratio(self.published_ht_cents, self.pupils)

    @property
    def pupils_per_school(self) -> Fraction | None:
        """AC-11: a mean of one total; no figure per school was published."""
        return ratio(self.pupils, self.schools)
