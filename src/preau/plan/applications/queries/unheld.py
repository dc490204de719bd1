"""Opinions that wait for nobody, for the operator who names: no file and no school is told, only how many."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from preau.people.models import Mandate
from preau.plan.applications.models import Authority, Opinion

# The kind of place where the pen of each authority is held.
KINDS = {
    Authority.IEN: "district", Authority.DSDEN: "department", Authority.DAN: "department",
    Authority.CITY_IT: "city", Authority.BUILDINGS: "city",
}  # fmt: skip
PATHS = {
    "district": "application__school__district", "city": "application__school__city",
    "department": "application__school__city__department",
}  # fmt: skip
ORDER = list(Authority)


@dataclass(frozen=True)
class Unheld:
    """Files that wait for an authority nobody holds the pen of, in a place the operator names for."""

    authority_label: str
    kind: str
    place_id: object
    place_name: str
    count: int


def unheld_opinions(pens: dict, today: date) -> list[Unheld]:
    """`pens`: {authority: its roles} (rules.PENS). One query."""
    unheld = Q(pk__in=())
    for authority, kind in KINDS.items():
        held = Mandate.objects.current(today).filter(role__in=pens[authority], **{kind: OuterRef(PATHS[kind])})
        unheld |= Q(authority=authority) & ~Exists(held)
    places = [name for path in PATHS.values() for name in (path, f"{path}__name")]
    awaited = Opinion.objects.awaited().filter(due_on__gt=date.min)  # always so: read by the index of those not given
    rows = awaited.filter(unheld).values_list("authority", *places)
    counts = Counter()
    for authority, *at, count in rows.annotate(count=Count("pk")).order_by():
        place = list(PATHS).index(KINDS[authority]) * 2
        counts[Authority(authority), *at[place : place + 2]] += count
    return [
        Unheld(authority.label, KINDS[authority], place, name, count)
        for (authority, place, name), count in sorted(counts.items(), key=lambda each: ORDER.index(each[0][0]))
        if place
    ]
