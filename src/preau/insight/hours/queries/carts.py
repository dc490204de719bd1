"""Carts of the schools of a city that no session named: how many, and the first of them. A city has a thousand."""

from dataclasses import dataclass
from itertools import accumulate
from uuid import UUID

from django.db.models import Count, Q

from preau.kit.prepared import PreparedOf
from preau.places.models import School
from preau.plan.inventory.models import Asset, Kind, State

SHOWN = 50
PLACED = {"kind": Kind.CART, "state__in": (State.DEPLOYED, State.LOANED)}


@dataclass(frozen=True)
class Carts:
    """Those in schools, and those that no session named this school year."""

    count: int = 0
    idle_count: int = 0
    idle: tuple[Asset, ...] = ()  # the first, school by school


def carts_of(city, kit_keys) -> Carts:
    """`kit_keys`: what sessions named. Two reads: how many each school holds; then those named, and the carts of as
    many schools as surely hold enough others."""
    counts = dict(_COUNTS.rows(city.pk))
    named = {UUID(key) for key in kit_keys if len(key) == len(str(city.pk))}
    before = accumulate(counts.values(), initial=0)
    first = [school for school, so_far in zip(counts, before, strict=False) if so_far < SHOWN + len(named)]
    if not first:
        return Carts()
    carts = [cart for cart in _CARTS.rows(*first, *named, key=(len(first),)) if cart.school_id in counts]
    idle, count = [cart for cart in carts if cart.pk not in named], sum(counts.values())
    return Carts(count, count - (len(carts) - len(idle)), tuple(idle[:SHOWN]))


def _counts(city):
    """(school, its carts), in the order of schools; what lies in a school is of its city."""
    placed = {f"assets__{path}": value for path, value in PLACED.items()}
    schools = School.objects.filter(city=city, **placed).values_list("pk")
    return schools.annotate(carts=Count("*")).order_by("sort_key", "pk")


def _carts(*given):
    *ids, schools_count = given
    wanted = Q(school__in=ids[:schools_count]) | Q(school__isnull=False, pk__in=ids[schools_count:])
    carts = Asset.objects.filter(wanted, **PLACED).select_related("school")
    return carts.only("label", "tag", "school__shown_name").order_by("school__sort_key", "school", "label_key", "tag")


_COUNTS, _CARTS = PreparedOf(_counts), PreparedOf(_carts)
