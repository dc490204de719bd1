"""« Les moyennes, et leurs conventions »: each line says over what it counts, as a page shows it."""

from dataclasses import dataclass

from preau.kit.money import NBSP, amount, counted, decimal, group
from preau.plan.equipment.models import Quality, TaxRegime

UNSPLIT = "aucune ventilation publiée"
STRAIGHT = "extrapolation linéaire, hors inflation"


@dataclass(frozen=True)
class Average:
    """One line of the table."""

    question: str
    figure: str
    convention: str


def averages_of(overview) -> tuple[Average, ...]:
    """Of an Overview: only what can be computed from what is known."""
    lines = (_classes, _kit_of_the_deck, _costs, _tax_readings, _paces, _remaining)
    return tuple(average for line in lines for average in line(overview))


def _classes(overview):
    reach = overview.reach
    if reach:
        made_of = f"{counted(reach.classes, 'classe', 'classes')}, {counted(reach.schools, 'école', 'écoles')}"
        yield Average("Classes par école équipée", decimal(reach.classes_per_school, 2), made_of)


def _kit_of_the_deck(overview):
    """AC-15."""
    if overview.reach and overview.quality == Quality.DECK:
        said = f"un de chaque par classe{NBSP}; la configuration des maternelles n’est pas détaillée"
        yield Average("Tableaux, vidéoprojecteurs, postes", f"{group(overview.reach.classes)} de chaque au plus", said)


def _costs(overview):
    """AC-04: the same schools above and below the bar, a line for each tax regime."""
    for costed in overview.investment.costed if overview.investment else ():
        over = f"{costed.paid.total} pour {counted(costed.schools, 'école', 'écoles')}"
        over = UNSPLIT if not overview.is_derived else f"{over}, {counted(costed.classes, 'classe', 'classes')}"
        for what, cents in (("école", costed.cents_per_school), ("classe", costed.cents_per_class)):
            if cents is not None:
                yield Average(f"Coût par {what} équipée{_regime(overview, costed)}", amount(cents), f"moyenne, {over}")


def _regime(overview, costed):
    """Nothing where nothing says a regime."""
    is_bare = costed.regime == TaxRegime.UNKNOWN and not overview.investment.total.is_mixed
    return "" if is_bare else f", {TaxRegime(costed.regime).label}"


def _tax_readings(overview):
    """AC-05."""
    plan = overview.investment
    if plan and not plan.regime_is_known:
        vat = f"dont TVA à 20{NBSP}%{NBSP}: {amount(plan.vat_if_ttc)}"
        part = f"les {amount(plan.total.unknown)} sans régime sont" if plan.total.is_mixed else "le total est"
        yield Average(f"Si {part} TTC", f"{amount(plan.ht_if_ttc)} HT", vat)
        yield Average(f"Si {part} HT", f"{amount(plan.ttc_if_ht)} TTC", TaxRegime.UNKNOWN.label)


def _paces(overview):
    """AC-06, AC-07: money over the years that paid, schools over the years of equipment, each counted both ways."""
    plan, reach, left = overview.investment, overview.reach, overview.remaining_count
    for years, convention in _ways(plan.paid, "exercice", "exercices", "un exercice") if plan else ():
        yield Average("Payé par an", str(plan.paid_a_year(years)), convention)
    named = "année d’équipement", "années d’équipement", "une année"
    for years, convention in _ways(reach.received, *named) if reach else ():
        yield Average("Écoles équipées par an", decimal(reach.schools_a_year(years), 2), convention)
        if left:
            asked = f"Années pour {_those(left, 'l’école restante', 'les')}"
            yield Average(asked, decimal(reach.years_for(left, years)), f"à ce rythme, {convention}")


def _ways(span, one, many, an):
    """(how many years, how they were counted)"""
    told = f"{span.first} à {span.last}" if span.intervals else str(span.first)
    yield span.both_ends, f"{counted(span.both_ends, one, many)} ({told}), bornes comprises"
    if span.intervals:
        yield span.intervals, f"{counted(span.intervals, 'intervalle', 'intervalles')} d’{an} à l’autre"


def _remaining(overview):
    """AC-07: the classes that remain where they are known; a hypothesis is said where they are not."""
    remaining, reach = overview.to_equip, overview.reach
    if not (remaining and remaining.schools and overview.investment):
        return
    mean = reach.classes_per_school if reach else None
    for costed in overview.investment.costed:
        cents = remaining.cents_at(costed, mean)
        if cents is None:
            continue
        asked = f"Coût {_those(remaining.schools, 'de l’école restante', 'des')}{_regime(overview, costed)}"
        yield Average(asked, amount(cents), f"{_counted_on(remaining, mean)}, {STRAIGHT}")


def _counted_on(remaining, mean):
    told = []
    if remaining.untold_schools < remaining.schools:
        told.append(counted(remaining.classes, "classe qui reste", "classes qui restent"))
    if remaining.untold_schools:
        schools = counted(remaining.untold_schools, "école", "écoles")
        told.append(f"{schools} à {decimal(mean, 2)} classes, hypothèse{NBSP}: leur nombre est inconnu")
    return " et ".join(told)


def _those(number, one, many):
    return one if number == 1 else f"{many} {number} restantes"
