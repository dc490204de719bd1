"""A city's own spreadsheet: read, compared, applied at once, undone at once."""

import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localdate

from preau.kit import batches
from preau.kit.tables import TableProblem
from preau.places.actions import free_slug
from preau.places.models import City
from preau.plan.equipment.actions.kits import deck_lines
from preau.plan.equipment.actions.writing import allow, journal
from preau.plan.equipment.models import PlanDraft
from preau.plan.equipment.queries.comparisons import Comparison, compare
from preau.plan.equipment.queries.spreadsheets import SheetLine, read_sheet

KIND = "plan"


@dataclass(frozen=True)
class Applied:
    """What an import did; `batch` is None when the sheet changed nothing."""

    batch: object
    comparison: Comparison


def scope_of(*, city) -> str:
    """Imports of one city are undone last in, first out."""
    return f"city:{city.pk}"


@transaction.atomic
def keep_draft(*, person, city, name, data: bytes, now) -> PlanDraft:
    """Reads the file and keeps its lines until they are applied. Raises TableRefused, having kept nothing."""
    allow(person=person, city=city, now=now)
    lines, problems = read_sheet(name, data, localdate(now))
    PlanDraft.objects.filter(city=city, batch=None).delete()  # one sheet at a time waits
    return PlanDraft.objects.create(
        city=city, file_name=name[:200], file_digest=hashlib.sha256(data).hexdigest(), created_at=now,
        lines=[line.as_json() for line in lines], problems=[problem.as_json() for problem in problems],
    )  # fmt: skip


def compare_draft(*, draft, now) -> Comparison:
    """The draft against the base of this instant; nothing is written."""
    return compare(
        city=draft.city, lines=[SheetLine(**line) for line in draft.lines],
        problems=[TableProblem(**problem) for problem in draft.problems], file_name=draft.file_name,
        today=localdate(now), now=now, deck_lines=deck_lines, free_slug=free_slug,
    )  # fmt: skip


@transaction.atomic
def apply_draft(*, person, draft, now) -> Applied:
    """Compares again under the city's lock and applies what differs, as one batch."""
    allow(person=person, city=draft.city, now=now)
    City.objects.select_for_update().get(pk=draft.city_id)
    comparison = compare_draft(draft=draft, now=now)
    if not comparison.writes:
        return Applied(None, comparison)
    batch = batches.apply(
        kind=KIND, scope=scope_of(city=draft.city), person_id=person.pk if person else None, now=now,
        writes=comparison.writes, files=[{"name": draft.file_name, "sha256": draft.file_digest}],
        counts=comparison.counts,
    )  # fmt: skip
    draft.batch = batch
    draft.save(update_fields=["batch"])
    journal(person=person, verb="plan_imported", subject=batch, city=draft.city, now=now)
    return Applied(batch, comparison)


@transaction.atomic
def undo_import(*, person, city, batch, now):
    """Puts everything back as before the batch. Raises kit.batches.CannotUndo, having changed nothing."""
    allow(person=person, city=city, now=now)
    City.objects.select_for_update().get(pk=city.pk)
    undone = batches.undo(batch=batch, person_id=person.pk if person else None, now=now)
    journal(person=person, verb="plan_import_undone", subject=undone, city=city, now=now)
    return undone
