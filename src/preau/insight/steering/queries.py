"""The steering home's sentence, groups and bars, from what the plan already counted. Nothing here reads the base."""

from dataclasses import dataclass
from fractions import Fraction

from preau.insight.hours.queries import social_groups
from preau.kit.money import NBSP, group
from preau.plan.equipment.queries import Overview, SchoolState, YearLine

SQUARE, BAR_STEP, BASELINE, FEWEST = 28, 63, 176, 8
WAITING_SHOWN = 10
NOT_COUNTED = "Aucune école n’est encore comptée équipée."


@dataclass(frozen=True)
class Group:
    """Schools side by side, and how many of them are equipped."""

    label: str
    schools: tuple[SchoolState, ...]

    @property
    def equipped_count(self) -> int:
        return sum(1 for school in self.schools if school.is_equipped)

    @property
    def unsettled_count(self) -> int:
        return sum(1 for school in self.schools if not school.is_settled)

    @property
    def settled_count(self) -> int:
        """Those of which it is known whether they are equipped."""
        return len(self.schools) - self.unsettled_count


@dataclass(frozen=True)
class Bar:
    """One year of the chart: where its squares lie, in the units of the drawing."""

    year: int
    x: int
    middle: int
    total: int
    label_y: int
    blocks: tuple  # (y, height, is_nursery, middle of the block)


@dataclass(frozen=True)
class Steering:
    """The steering home of a city."""

    overview: Overview
    title: str
    groups: tuple[Group, ...]  # by social index, the lowest first; empty without data
    kinds: tuple[Group, ...]  # by kind of school; every school is in one
    index_period: str
    bars: tuple[Bar, ...]

    @property
    def waiting(self) -> tuple[SchoolState, ...]:
        """The first schools not equipped; the page links to all."""
        return self.overview.situation.remaining[:WAITING_SHOWN]

    @property
    def chart_width(self) -> int:
        """Never of a few bars only: it fills its place, and one year alone would be drawn twenty times its size."""
        return BAR_STEP * max(len(self.bars), FEWEST)

    @property
    def best_year(self) -> YearLine | None:
        """The first of the years that completed most schools."""
        years = self.overview.situation.years
        return max(years, key=lambda year: (year.schools, -year.year)) if years else None


def steering_of(overview: Overview) -> Steering:
    """Groups by social index exist only when it is known which schools are equipped."""
    situation = overview.situation
    groups = _groups(situation.schools, overview.social_indexes) if situation.is_told else ()
    periods = {index.period for index in overview.social_indexes.values()}
    return Steering(
        overview=overview,
        title=title_of(overview, groups),
        groups=groups,
        kinds=_kinds(situation.schools),
        index_period=max(periods, default=""),
        bars=_bars(situation.years),
    )


def title_of(overview: Overview, groups) -> str:
    """One thing said, and a second when the most fragile schools are less equipped than the rest."""
    equipped, schools = overview.equipped_count, overview.schools_count
    if equipped is None:
        received = overview.is_told
        return NOT_COUNTED if received else "Aucune réception n’est encore enregistrée."
    untold = overview.unsettled_count
    if not equipped:
        return NOT_COUNTED if untold else "Aucune école n’est encore entièrement équipée."
    if untold:
        one = "école est équipée, l’équipement de" if equipped == 1 else "écoles sont équipées, l’équipement de"
        return f"{group(equipped)}{NBSP}{one} {group(untold)} est inconnu."
    if equipped == schools:
        return "Toutes les écoles sont équipées."
    share = Fraction(equipped, schools)
    if Fraction(9, 20) <= share <= Fraction(11, 20):
        said = "Une école sur deux est équipée."
    else:
        said = f"{group(equipped)}{NBSP}{'écoles' if equipped > 1 else 'école'} sur {group(schools)} " + (
            "sont équipées." if equipped > 1 else "est équipée."
        )
    return f"{said} Les plus fragiles attendent." if _fragile_wait(groups) else said


def _fragile_wait(groups) -> bool:
    if not groups:
        return False
    every = sum(len(g.schools) for g in groups)
    mean = Fraction(sum(g.equipped_count for g in groups), every)
    return Fraction(groups[0].equipped_count, len(groups[0].schools)) < mean


def _groups(schools, indexes) -> tuple[Group, ...]:
    return tuple(Group(label, _equipped_first(found)) for label, found in social_groups(schools, indexes))


def _kinds(schools) -> tuple[Group, ...]:
    pairs = (
        ("Élémentaires et primaires", [s for s in schools if not s.is_nursery]),
        ("Maternelles", [s for s in schools if s.is_nursery]),
    )
    return tuple(Group(label, _equipped_first(found)) for label, found in pairs if found)


def _equipped_first(schools) -> tuple[SchoolState, ...]:
    order = {"done": 0, "now": 1, "none": 2, "unknown": 3}
    return tuple(sorted(schools, key=lambda s: order[s.state]))


def _bars(years) -> tuple[Bar, ...]:
    """A square per school while they fit; beyond, one block per kind, to scale."""
    most = max((year.schools for year in years), default=0)
    bars = []
    for place, year in enumerate(years):
        heights = _heights(year, most)
        top, blocks = BASELINE, []
        for height, is_nursery in heights:
            top -= height
            blocks.append((top, height, is_nursery, top + height // 2))
        x = 18 + BAR_STEP * place
        bars.append(Bar(year.year, x, x + SQUARE // 2, year.schools, top - 8, tuple(blocks)))
    return tuple(bars)


def _heights(year, most):
    if most <= 5:
        return [(SQUARE, True)] * year.nurseries + [(SQUARE, False)] * year.elementaries
    blocks = [(year.nurseries * 140 // most, True), (year.elementaries * 140 // most, False)]
    return [(height, is_nursery) for height, is_nursery in blocks if height]
