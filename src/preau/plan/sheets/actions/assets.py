"""A technician's spreadsheet: read, compared, applied at once, undone at once."""

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from preau.kit import batches
from preau.kit.answers import Conflict, allow
from preau.kit.rows import lock
from preau.kit.sheets import Applied, Comparison, Moved, apply_comparison, problems_of
from preau.plan.inventory.actions.writing import journal
from preau.plan.inventory.models import Asset
from preau.plan.inventory.rules import can_write_inventory
from preau.plan.sheets.actions import reading
from preau.plan.sheets.models import AssetDraft
from preau.plan.sheets.queries import INVENTORY, AssetLine, compare_assets

KIND = "inventory"


def scope_of(*, city) -> str:
    """Imports of one city's inventory are undone last in, first out."""
    return f"inventory:{city.pk}"


@transaction.atomic
def keep_draft(*, person, city, name, data: bytes, now) -> AssetDraft:
    """Reads the file and keeps its lines until they are applied. Raises TableRefused, having kept nothing."""
    allow(can_write_inventory, person, city, now=now)
    draft = reading.read_into(model=AssetDraft, kind=INVENTORY, person=person, city=city, name=name, data=data, now=now)
    return reading.keep(draft=draft)


@transaction.atomic
def name_columns(*, person, draft, line: int, columns: dict, now) -> AssetDraft:
    """What each column of a table that waits says, {field: place}, kept for the city's next one. Raises Conflict."""
    draft = _locked(person, draft, now)
    return reading.name_columns(kind=INVENTORY, person=person, draft=draft, line=line, columns=columns, now=now)


@transaction.atomic
def move_header(*, person, draft, line: int, now) -> AssetDraft:
    """The columns are named at another line of the file. Raises Conflict."""
    return reading.move_header(kind=INVENTORY, draft=_locked(person, draft, now), line=line, now=now)


def _locked(person, draft, now):
    allow(can_write_inventory, person, draft.city, now=now)
    return reading.locked(draft=draft)


def compare_draft(*, draft, now, assets=None) -> Comparison:
    """The draft against the base of this instant; nothing is written."""
    return compare_assets(
        city=draft.city,
        lines=[AssetLine(**line) for line in draft.lines],
        problems=problems_of(draft),
        file_name=draft.file_name,
        today=localdate(now),
        now=now,
        assets=Asset.objects.filter(city=draft.city) if assets is None else assets,
    )


@transaction.atomic
def apply_draft(*, person, draft, now, seen=None) -> Applied:
    """Compares again, the city and its things locked, and applies what differs as one batch. Raises Conflict, also
    when the draft is gone. `seen`, Moved: kit.sheets."""
    allow(can_write_inventory, person, draft.city, now=now)
    lock(draft.city)
    draft = reading.locked(draft=draft, waits=False)
    locked = Asset.objects.select_for_update(of=("self",)).filter(city=draft.city)
    comparison = compare_draft(draft=draft, now=now, assets=locked)
    try:
        with transaction.atomic():
            applied = apply_comparison(
                draft=draft,
                comparison=comparison,
                kind=KIND,
                scope=scope_of(city=draft.city),
                person=person,
                now=now,
                seen=seen,
            )
    except IntegrityError:
        raise Moved("Un autre bien vient d’être écrit. Rien n’est changé\u00a0: comparez de nouveau.")
    if applied.batch:
        journal(person=person, subject=applied.batch, verb="inventory_imported", now=now, place=draft.city)
    return applied


@transaction.atomic
def undo_import(*, person, city, batch, now):
    """Puts everything back as before the batch. Raises kit.batches.CannotUndo or Conflict, having changed nothing."""
    allow(can_write_inventory, person, city, now=now)
    lock(city)
    try:
        with transaction.atomic():
            undone = batches.undo(batch=batch, person_id=person.pk if person else None, now=now)
    except IntegrityError:
        raise Conflict("Un numéro de série ou une place de chariot a été repris depuis. Rien n’est annulé.")
    journal(person=person, subject=undone, verb="inventory_import_undone", now=now, place=city)
    return undone
