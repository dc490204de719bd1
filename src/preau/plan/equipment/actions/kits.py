"""A standard kit is published, version after version; a published one is never edited."""

import csv
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from preau.kit.answers import Conflict, allow
from preau.kit.money import NBSP
from preau.kit.rows import lock
from preau.places.models import School
from preau.plan.equipment.actions.writing import journal
from preau.plan.equipment.models import KitLine, Quality, SiteKind, StandardKit
from preau.plan.equipment.rules import can_write_plan

DECK_KIT = Path(__file__).parents[1] / "data" / "deck_kit.csv"


NO_ITEM = f"Aucun élément n’est écrit{NBSP}: gardez-en au moins un."
NO_WIFI = (
    f"Une crèche ne reçoit aucun élément en Wi-Fi (loi du 9 février 2015, article 7){NBSP}: retirez-le. "
    "Une école maternelle peut en recevoir."
)


@transaction.atomic
def publish_kit_version(
    *, person, city, school_kind, lines, published_on: date, source, now, quality=Quality.DECLARED
) -> StandardKit:
    """The next version of the kit of a kind of site. `lines` are KitLine values, in order. Raises Conflict."""
    allow(can_write_plan, person, city, now=now)
    if school_kind == SiteKind.CRECHE and any(line.get("is_wifi") for line in lines):
        raise Conflict(NO_WIFI)
    if not lines:
        raise Conflict(NO_ITEM)
    lock(city)  # two versions published at once take two numbers
    same = StandardKit.objects.filter(city=city, school_kind=school_kind)
    last = same.aggregate(last=Max("version"))["last"] or 0
    kit = StandardKit.objects.create(
        city=city, school_kind=school_kind, version=last + 1, published_on=published_on, source=source, quality=quality
    )
    KitLine.objects.bulk_create(KitLine(kit=kit, position=n, **line) for n, line in enumerate(lines, start=1))
    journal(person=person, verb="kit_version_published", subject=kit, city=city, now=now)
    return kit


def deck_lines(*, school_kind) -> list[dict]:
    """The deck's standard equipment (mission D9) for a kind of school, as `publish_kit_version` takes it."""
    column = "nursery" if school_kind == School.Kind.NURSERY else "elementary"
    with DECK_KIT.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(line for line in file if not line.startswith("#"))]
    return [
        {
            "item": row["item"],
            "kind": row["kind"],
            "is_wifi": row["is_wifi"] == "yes",
            "option": row["option"],
            "rule": row["rule"],
            "quantity_min": int(row["quantity_min"]),
            "quantity_max": int(row["quantity_max"]),
            "terminals_each": int(row["terminals_each"]) if row["terminals_each"] else None,
        }
        for row in rows
        if row["for"] in ("both", column)
    ]
