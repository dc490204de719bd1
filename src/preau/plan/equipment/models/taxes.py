"""HT and TTC: the words of each, and whether two amounts of one invoice go together."""

from fractions import Fraction

from django.db import models

from preau.kit.money import NBSP, decimal


class TaxRegime(models.TextChoices):
    """Whether an amount holds VAT. Unknown stays unknown: both readings are shown (plan.md AC-05)."""

    UNKNOWN = "unknown", "régime fiscal non précisé"
    HT = "ht", "HT"
    TTC = "ttc", "TTC"


# How a city's own tables write it, as `name_key` reads them.
REGIME_WORDS = {
    "": TaxRegime.UNKNOWN, "inconnu": TaxRegime.UNKNOWN, "non precise": TaxRegime.UNKNOWN,
    "unknown": TaxRegime.UNKNOWN, "np": TaxRegime.UNKNOWN,
    "ht": TaxRegime.HT, "hors taxe": TaxRegime.HT, "hors taxes": TaxRegime.HT, "h t": TaxRegime.HT,
    "ttc": TaxRegime.TTC, "toutes taxes comprises": TaxRegime.TTC, "t t c": TaxRegime.TTC,
}  # fmt: skip
USUAL_RATES = tuple(Fraction(tenths, 1000) for tenths in (200, 100, 55, 21, 0))  # metropolitan France
ROUNDED_CENTS = 5  # each line of an invoice is rounded


def tax_doubt(ttc_cents: int, ht_cents: int | None) -> str:
    """Why two amounts of one source do not go together, without the first capital; empty when they do, or when only
    one is known. A doubt is told, never refused: an invoice may mix rates."""
    if ht_cents is None:
        return ""
    ttc, ht = abs(ttc_cents), abs(ht_cents)
    if ttc < ht:
        return f"le montant TTC est plus petit que le montant HT{NBSP}: vérifiez les deux."
    if any(abs(ttc - ht * (1 + rate)) <= max(ROUNDED_CENTS, ht // 2000) for rate in USUAL_RATES):
        return ""
    rate = f"à {decimal(Fraction(ttc - ht, ht) * 100)}{NBSP}%" if ht else "sur un montant HT nul"
    return f"entre HT et TTC, la TVA serait {rate}, qui n’est pas un taux usuel{NBSP}: vérifiez les deux."
