"""What a city gives of its plan to anyone: each figure with its unit, day, source, quality and parts."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import date

from preau.places.models import School
from preau.plan.equipment.models import PlanGeneration, Quality, TaxRegime, dated
from preau.plan.equipment.queries import overview_of_city

EUROS, SCHOOLS, CLASSES = "euros", "écoles", "classes"


@dataclass(frozen=True)
class Part:
    """What a figure is made of: a school, or a year."""

    name: str
    uai: str
    value: int | float
    date: date | str | None  # « 2016 » when only the year is known


@dataclass(frozen=True)
class OpenFigure:
    """One line of the open data."""

    city: str
    figure: str
    value: int | float  # of money: euros, with their cents if any
    unit: str
    date: date | str  # « 2018 » of a figure of that year
    source: str
    quality: str
    parts: tuple[Part, ...]

    def as_json(self) -> dict:
        return asdict(self)


DERIVED = "Préau, compté sur les réceptions de classes"
PAID = "Préau, somme des dépenses enregistrées"
TAXES = {TaxRegime.TTC: "TTC", TaxRegime.HT: "HT", TaxRegime.UNKNOWN: "sans dire HT ou TTC"}


def open_data_key(cities, on: date) -> str:
    """A cache key that changes with every write shown by the open data: of a plan, or of a school that opens, closes
    or is renamed."""
    numbers = PlanGeneration.objects.filter(city__in=cities).order_by("city_id").values_list("number", flat=True)
    schools = School.objects.filter(city__in=cities).order_by("id").values_list("shown_name", "opened_on", "closed_on")
    told = repr([str(on), [city.name for city in cities], list(numbers), list(schools)])
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def open_figures(city, on: date) -> tuple[OpenFigure, ...]:
    """Of a `marked` city. Derived figures first, then published ones, each told apart by its source and quality."""
    overview = overview_of_city(city, on)
    return (*_derived(overview), *_published(overview))


def _derived(overview):
    situation, city = overview.situation, overview.city.name
    quality = overview.quality_label
    listed = tuple(Part(s.shown_name, s.uai, 1, s.opened_on) for s in situation.schools)
    # The list of schools is what a directory declares, however sure the figures of the plan are.
    said = Quality.FICTITIOUS if overview.city.is_fictitious else Quality.DECLARED
    yield OpenFigure(
        city, "écoles ouvertes", len(listed), SCHOOLS, situation.on, "Préau, liste des écoles", said.label, listed
    )
    if situation.is_told:
        yield from _equipped(situation, city, quality)
    yield from _money(situation, city, "dépense", "paid")
    yield from _money(situation, city, "dont avoirs", "credits")


def _money(situation, city, label, name):
    """A figure for each tax regime, by year: HT, TTC and what nobody says are never added. `name`: of Amounts."""
    for regime, cents in getattr(situation, name).parts:
        by_year = [(line.year, dict(getattr(line, name).parts).get(regime)) for line in situation.years]
        years = tuple(Part(str(year), "", _euros(part), None) for year, part in by_year if part is not None)
        said = f"{label} {TAXES[regime]}"
        quality = Quality(situation.spent_quality).label
        yield OpenFigure(city, said, _euros(cents), EUROS, situation.on, PAID, quality, years)


def _equipped(situation, city, quality):
    """Only where receptions are recorded: elsewhere nothing stands for them, not even a zero."""
    for label, of_it in (
        ("écoles équipées", lambda s: True),
        ("maternelles équipées", lambda s: s.is_nursery),
        ("élémentaires équipées", lambda s: not s.is_nursery),
    ):
        kept = [s for s in situation.equipped if of_it(s)]
        if not kept and any(map(of_it, situation.unsettled)):
            continue  # none is known to be: that is no zero
        parts = tuple(Part(s.shown_name, s.uai, 1, s.equipped_when) for s in kept)
        yield OpenFigure(city, label, len(kept), SCHOOLS, situation.on, DERIVED, quality, parts)
    is_known = situation.up_to_date or not any(s.may_be_up_to_date or not s.is_told for s in situation.schools)
    if is_known and any(s.current_kit for s in situation.schools):  # else « à niveau » means nothing: no zero
        current = tuple(Part(s.shown_name, s.uai, 1, s.equipped_when) for s in situation.up_to_date)
        yield OpenFigure(city, "écoles à niveau", len(current), SCHOOLS, situation.on, DERIVED, quality, current)
    if situation.undetailed:
        unsaid = tuple(Part(s.shown_name, s.uai, 1, s.equipped_when) for s in situation.undetailed)
        label = "écoles équipées, contenu non détaillé"
        yield OpenFigure(city, label, len(unsaid), SCHOOLS, situation.on, DERIVED, quality, unsaid)
    if situation.untold:
        untold = tuple(Part(s.shown_name, s.uai, 1, None) for s in situation.untold)
        label = "écoles dont l’équipement est inconnu"
        yield OpenFigure(city, label, len(untold), SCHOOLS, situation.on, DERIVED, quality, untold)
    received = tuple(
        Part(s.shown_name, s.uai, s.received_count, s.equipped_when) for s in situation.schools if s.received_count
    )
    yield OpenFigure(city, "classes équipées", situation.classes, CLASSES, situation.on, DERIVED, quality, received)


def _published(overview):
    for fact in overview.published.values():
        label = fact.measure_label + (" (environ)" if fact.is_approximate else "")
        value, unit = (_euros(fact.value), EUROS) if fact.measure.endswith("_cents") else (fact.value, fact.unit)
        day = dated(fact.as_of, fact.period)
        yield OpenFigure(overview.city.name, label, value, unit, day, fact.source, fact.quality_label, ())


def _euros(cents):
    return cents // 100 if cents % 100 == 0 else cents / 100
