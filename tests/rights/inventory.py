"""Real values for the addresses of the inventory."""

from uuid import uuid4

from django.utils.timezone import localdate, now

from preau.plan.inventory import actions
from preau.plan.sheets.actions import assets as sheets

SAMPLES = {
    "asset_id": lambda world: asset(world).id,
    "retirement_id": lambda world: retirement(world).id,
    "tag": lambda world: asset(world).tag,
    "change": lambda world: "manquant",
    "asset_draft_id": lambda world: draft(world).id,
    "asset_import_id": lambda world: batch(world).id,
    "count_id": lambda world: count(world).id,
    "observation_id": lambda world: count(world).observations.get(tag="ACD234").id,
}


def asset(world):
    """A projector of the school, in use."""
    (made,) = actions.receive_assets(
        person=None,
        school=world.schools["tilleuls"],
        delivery_ref="BL 1",
        now=now(),
        state="deployed",
        items=[actions.Delivered("projector", "Vidéoprojecteur", funding="city")],
    )
    return made


def retirement(world):
    """A laptop of the school that left with its erasure certificate."""
    (made,) = actions.receive_assets(
        person=None,
        school=world.schools["tilleuls"],
        delivery_ref="BL 1",
        now=now(),
        state="deployed",
        items=[actions.Delivered("laptop", "Portable", funding="city")],
    )
    erasure = actions.Erasure("Informatique des écoles", "overwrite", localdate())
    return actions.retire_asset(person=None, asset=made, reason="broken", erasure=erasure, now=now())


def draft(world):
    """A technician's sheet, read and not yet applied."""
    text = f"Désignation;Nature;UAI\nTablette;tablette;{world.schools['tilleuls'].uai}"
    return sheets.keep_draft(person=None, city=world.cities["marelle"], name="t.csv", data=text.encode(), now=now())


def batch(world):
    """The same sheet, applied."""
    return sheets.apply_draft(person=None, draft=draft(world), now=now()).batch


def count(world):
    """A walk round the school that met a label nobody knows."""
    at = now()
    return actions.record_count(
        person=None,
        school=world.schools["tilleuls"],
        client_id=uuid4(),
        tags=["ACD234"],
        counted_at=at,
        now=at,
        source="screen",
    )
