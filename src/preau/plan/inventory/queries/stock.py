"""What a school has, place by place, and what its kit asks that is not there."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter, itemgetter

from django.db.models import Count

from preau.kit.names import name_key
from preau.plan.equipment.models import KitLine
from preau.plan.equipment.queries import Need
from preau.plan.inventory.models import PRESENT, Asset, Kind, State
from preau.plan.inventory.queries.lists import BY_ROOM, ListedAsset, listed
from preau.plan.premises.queries import SchoolNeed

# Kinds of assets that meet a line of a kit. What lies in a cart is the cart's: it meets no line of its own.
MEETS = {
    KitLine.Kind.BOARD: (Kind.BOARD,), KitLine.Kind.PROJECTOR: (Kind.PROJECTOR,), KitLine.Kind.CART: (Kind.CART,),
    KitLine.Kind.PC: (Kind.PC, Kind.LAPTOP), KitLine.Kind.TERMINAL: (Kind.TABLET, Kind.LAPTOP),
    KitLine.Kind.ACCESS_POINT: (Kind.ACCESS_POINT,),
}  # fmt: skip
OF_PREMISES = (KitLine.Kind.LINK, KitLine.Kind.CABLING, KitLine.Kind.STORE)


@dataclass(frozen=True)
class StockLine:
    """A need and what is there, by both who know: `noted`, of the premises and the classes received, `basis` saying
    which; `there`, of the inventory. None is what one of them does not hold."""

    need: Need
    noted: int | None
    basis: str
    there: int | None
    in_use: int | None
    is_received: bool  # the school is up to date: its receptions say that the whole kit came

    @property
    def noted_words(self) -> str:
        """« 2, classes reçues avec ce kit »; why it is not known; « — » for what only the inventory tells."""
        return (self.basis or "—") if self.noted is None else f"{self.noted}, {self.basis}"

    @property
    def is_untold(self) -> bool:
        """The inventory would tell it, and holds nothing of the school."""
        return self.there is None and self.need.kind not in OF_PREMISES

    @property
    def missing(self) -> int | None:
        """At least so many, by the one that knows the most; None while the need or both are not known. A school that
        every page says up to date lacks nothing: what nobody noted of it is `untraced`."""
        return 0 if self.untraced else self._short

    @property
    def untraced(self) -> int:
        """Received, and neither noted nor in the inventory."""
        return (self._short or 0) if self.is_received else 0

    @property
    def _short(self) -> int | None:
        known = [count for count in (self.noted, self.there) if count is not None]
        if not known or self.need.least is None:
            return None
        return max(0, self.need.least - max(known))


def needs_against_stock(school, asked: SchoolNeed) -> tuple[StockLine, ...]:
    """The lines a kit asks of the school beside its assets, each of which meets one line. One read. Where no asset at
    all is written, the inventory tells nothing: that is no zero."""
    needs = [line.need for line in asked.lines]
    names = [name_key(need.item) for need in needs]  # once: a school has hundreds of assets
    assets = Asset.objects.filter(school=school, cart=None, state__in=PRESENT)
    assets = assets.order_by("kind", "label_key", "id").values_list("kind", "label_key", "state")
    met = [[] for _ in needs]
    for (kind, label_key), alike in groupby(assets, key=itemgetter(0, 1)):
        fits = (_fits(need.kind, name, kind, label_key) for need, name in zip(needs, names, strict=True))
        places = [place for place, is_met in enumerate(fits) if is_met]
        for *_, state in alike if places else ():
            met[_best(places, needs, met)].append(state)
    return tuple(
        _line(line, found, bool(assets), asked.is_up_to_date) for line, found in zip(asked.lines, met, strict=True)
    )


def _best(places, needs, met) -> int:
    """The first line that lacks some of its least, else the first below its most, else the first: the cart of a
    dispositif is not hidden among those that its school has no need of."""
    lacks = [place for place in places if len(met[place]) < (needs[place].least or 0)]
    short = [place for place in places if needs[place].most is None or len(met[place]) < needs[place].most]
    return (lacks or short or places)[0]


def _line(line, found, is_listed, is_received) -> StockLine:
    there = in_use = None
    if is_listed and line.need.kind not in OF_PREMISES:
        there, in_use = len(found), found.count(State.DEPLOYED)
    return StockLine(line.need, line.there, line.basis, there, in_use, is_received)


def _fits(need_kind, name, kind, label_key) -> bool:
    if need_kind in MEETS:
        return kind in MEETS[need_kind]
    return label_key == name  # « autre »: the thing that bears the line's own name


@dataclass(frozen=True)
class KindCount:
    """How many of a kind a school has, those of carts too; `years`: (year of delivery or None, how many), by year."""

    kind: Kind
    years: tuple

    @property
    def count(self) -> int:
        return sum(count for _, count in self.years)


def kinds_of(school) -> list[KindCount]:
    """What a school owns and can count on, kind by kind, with its age. One read."""
    rows = Asset.objects.filter(school=school, state__in=PRESENT).order_by()
    found = defaultdict(list)
    for kind, year, count in rows.values_list("kind", "received_on__year").annotate(count=Count("id")):
        found[kind].append((year, count))
    by_year = {kind: sorted(years, key=lambda pair: (pair[0] is None, pair[0])) for kind, years in found.items()}
    return [KindCount(kind, tuple(by_year[kind])) for kind in Kind if kind in by_year]


@dataclass(frozen=True)
class Spot:
    """A room of a school, or none, with what a page of the list shows of it."""

    room: object
    assets: tuple[ListedAsset, ...]
    count: int  # of the whole room

    @property
    def title(self) -> str:
        """« 3 biens »"""
        return f"{self.count} bien{'s' if self.count > 1 else ''}"


def stock_of(school):
    """What is in a school, room after room, those without room last; what is away or missing stays at its place."""
    return _of_school(school).select_related("room__building").order_by(*BY_ROOM, "kind", "label_key", "tag", "id")


def by_place(assets, school) -> list[Spot]:
    """A page of `stock_of` cut by room, each with its count; one read."""
    counts = dict(_of_school(school).order_by().values_list("room").annotate(count=Count("id")))
    rooms = groupby(assets, key=attrgetter("room"))
    return [Spot(room, tuple(map(_listed, found)), counts[room and room.pk]) for room, found in rooms]


def _listed(asset):
    return listed(asset.pk, asset.label, asset.tag, asset.kind, asset.serial, asset.state)


def _of_school(school):
    return Asset.objects.filter(school=school, cart=None, state__in=(*PRESENT, State.MISSING))
