"""A city's own spreadsheet: read, compared, applied at once, undone at once."""

from django.db import transaction
from django.utils.timezone import localdate

from preau.journal.actions import record
from preau.kit import batches
from preau.kit.sheets import Applied, Comparison, apply_comparison, drafted, problems_of
from preau.places.actions import free_slug
from preau.places.models import City
from preau.plan.equipment.actions.writing import allow, journal
from preau.plan.equipment.rules import can_write_acceptances
from preau.plan.sheets.models import PlanDraft
from preau.plan.sheets.queries import PlanLine, classes_received_in, compare_plan, read_plan

KIND = "plan"


def scope_of(*, city) -> str:
    """Imports of one city are undone last in, first out."""
    return f"city:{city.pk}"


@transaction.atomic
def keep_draft(*, person, city, name, data: bytes, now) -> PlanDraft:
    """Reads the file and keeps its lines until they are applied. Raises TableRefused, having kept nothing."""
    allow(person=person, city=city, now=now)
    lines, problems, reading = read_plan(name, data, localdate(now))
    PlanDraft.objects.filter(city=city, batch=None).delete()  # one sheet at a time waits
    fields = drafted(name=name, data=data, lines=lines, problems=problems, reading=reading, now=now)
    draft = PlanDraft(city=city, **fields)
    if person is not None and not can_write_acceptances(person, city, localdate(now)):
        draft.held_at = now if classes_received_in(compare_draft(draft=draft, now=now).counts) else None
    draft.save(force_insert=True)
    return draft


@transaction.atomic
def drop_draft(*, person, draft, now):
    """Sets aside a table that was read and not applied: it waits for nobody any more."""
    allow(person=person, city=draft.city, now=now)
    dropped = PlanDraft.objects.select_for_update(of=("self",)).filter(pk=draft.pk, batch=None)
    if dropped.exists():
        person_id = person.pk if person else None
        record(person_id=person_id, verb="plan_draft_dropped", subject=draft, now=now, place_id=draft.city_id)
        dropped.delete()


def compare_draft(*, draft, now) -> Comparison:
    """The draft against the base of this instant; nothing is written."""
    return compare_plan(
        city=draft.city, lines=[PlanLine(**line) for line in draft.lines],
        problems=problems_of(draft), file_name=draft.file_name, today=localdate(now), now=now,
        free_slug=free_slug,
    )  # fmt: skip


@transaction.atomic
def apply_draft(*, person, draft, now, seen=None) -> Applied:
    """Compares again under the city's lock and applies what differs, as one batch. `seen`, Moved: kit.sheets."""
    allow(person=person, city=draft.city, now=now)
    City.objects.select_for_update().get(pk=draft.city_id)
    comparison = compare_draft(draft=draft, now=now)
    _allow_classes(person, draft.city, comparison.counts, now)
    applied = apply_comparison(
        draft=draft, comparison=comparison, kind=KIND, scope=scope_of(city=draft.city), person=person, now=now,
        seen=seen,
    )  # fmt: skip
    if applied.batch:
        journal(person=person, verb="plan_imported", subject=applied.batch, city=draft.city, now=now)
    return applied


@transaction.atomic
def undo_import(*, person, city, batch, now):
    """Puts everything back as before the batch. Raises kit.batches.CannotUndo, having changed nothing."""
    allow(person=person, city=city, now=now)
    _allow_classes(person, city, batch.counts, now)
    City.objects.select_for_update().get(pk=city.pk)
    undone = batches.undo(batch=batch, person_id=person.pk if person else None, now=now)
    journal(person=person, verb="plan_import_undone", subject=undone, city=city, now=now)
    return undone


def _allow_classes(person, city, counts, now):
    """A table that receives classes is applied, and undone, by who receives them by hand (decision 0017)."""
    if classes_received_in(counts):
        allow(person=person, city=city, now=now, rule=can_write_acceptances)
