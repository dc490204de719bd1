"""Money kept apart by tax regime: HT, TTC and what the source does not say are never added."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from preau.kit.money import NBSP, amount, euros
from preau.kit.names import listed
from preau.plan.equipment.models import TaxRegime

ORDER = (TaxRegime.TTC, TaxRegime.HT, TaxRegime.UNKNOWN)
SAID = {
    TaxRegime.TTC: f"{NBSP}TTC", TaxRegime.HT: f"{NBSP}HT", TaxRegime.UNKNOWN: f"{NBSP}(HT ou TTC non précisé)",
}  # fmt: skip

PAID_COLUMNS = ("Payé TTC, en euros", "Payé HT, en euros", "Payé sans dire HT ou TTC, en euros")  # of an export


@dataclass(frozen=True)
class Amounts:
    """Cents of each tax regime, exact; None where no line says one, which is not zero. Falsy when nothing is known."""

    ttc: int | Fraction | None = None
    ht: int | Fraction | None = None
    unknown: int | Fraction | None = None

    @classmethod
    def of(cls, lines):
        """The sum of pairs (regime, cents)."""
        found = {}
        for regime, cents in lines:
            found[str(regime)] = found.get(str(regime), 0) + cents
        return cls(**found)

    @property
    def parts(self) -> tuple:
        """Pairs (regime, cents) of what is known, in the order they are shown."""
        return tuple((each, cents) for each in ORDER if (cents := getattr(self, each.value)) is not None)

    @property
    def is_mixed(self) -> bool:
        """Several regimes, so no total."""
        return len(self.parts) > 1

    @property
    def only(self) -> int | Fraction | None:
        """The total, when one regime tells it all."""
        return self.parts[0][1] if len(self.parts) == 1 else None

    @property
    def word(self) -> str:
        """« TTC » or « HT » when one regime tells it all, else nothing: it stands beside the bare amount."""
        return SAID[self.parts[0][0]].strip() if self.only is not None and self.unknown is None else ""

    def __bool__(self):
        return not (self.ttc is None and self.ht is None and self.unknown is None)

    def __add__(self, other):
        return Amounts.of((*self.parts, *other.parts))

    def over(self, count):
        """Each divided by a count; None when there is nothing to divide by."""
        return Amounts(**{each.value: Fraction(cents) / count for each, cents in self.parts}) if count else None

    def texts(self, write=amount) -> list[str]:
        """« 41 000,50 € TTC », « 1 200,00 € HT »: one for each regime. Alone, what says no regime stands bare."""
        said = SAID | ({} if self.is_mixed else {TaxRegime.UNKNOWN: ""})
        return [f"{write(cents)}{said[each]}" for each, cents in self.parts]

    @property
    def cells(self) -> tuple:
        """Euros under PAID_COLUMNS; empty where no line says this regime."""
        known = dict(self.parts)
        return tuple(Decimal(known[each]) / 100 if each in known else None for each in ORDER)

    def __str__(self):
        """To the cent: « 41 000,50 € TTC et 1 200,00 € HT »."""
        return listed(self.texts())

    @property
    def totals(self) -> list[str]:
        """Sums of whole cents, with their cents only where they have some: « 1 677 000 € », « 18 500,50 € TTC »."""
        return self.texts(euros)

    @property
    def total(self) -> str:
        """The same in one sentence: « 18 500,50 € TTC et 60 000 € HT »."""
        return listed(self.totals)
