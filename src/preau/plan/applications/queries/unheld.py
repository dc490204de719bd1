"""Opinions that wait for nobody, for the operator who names: no file and no school is told, only how many."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from preau.people.models import Mandate
from preau.people.queries.grounds import PATHS
from preau.plan.applications.models import Authority, Opinion


@dataclass(frozen=True)
class Unheld:
    """Files that wait for an authority nobody holds the pen of, in a place the operator names for."""

    authority_label: str
    kind: str
    place_id: object
    place_name: str
    count: int


def unheld_opinions(pens: dict, today: date) -> list[Unheld]:
    """`pens`: {authority: Grounds of a school, in one kind of place} (rules.HOLDS_PEN). One query."""
    kinds, unheld = {}, Q(pk__in=())
    for authority, pen in pens.items():
        [(kinds[authority], roles)] = pen.roles.items()
        here = {kinds[authority]: OuterRef(_path(kinds[authority]))}
        unheld |= Q(authority=authority) & ~Exists(Mandate.objects.current(today).filter(role__in=roles, **here))
    in_order = list(dict.fromkeys(kinds.values()))
    places = [name for kind in in_order for name in (_path(kind), f"{_path(kind)}__name")]
    awaited = Opinion.objects.awaited().filter(due_on__gt=date.min)  # always so: read by the index of those not given
    rows = awaited.filter(unheld).values_list("authority", *places)
    counts = Counter()
    for authority, *at, count in rows.annotate(count=Count("pk")).order_by():
        place = in_order.index(kinds[authority]) * 2
        counts[Authority(authority), *at[place : place + 2]] += count
    return [
        Unheld(authority.label, kinds[authority], place, name, count)
        for (authority, place, name), count in sorted(counts.items(), key=lambda each: list(kinds).index(each[0][0]))
        if place
    ]


def _path(kind):
    return f"application__school__{PATHS['school'][kind]}"
