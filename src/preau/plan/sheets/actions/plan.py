"""A city's own spreadsheet: read, compared, applied at once, undone at once."""

from django.db import transaction
from django.utils.timezone import localdate

from preau.journal.actions import record
from preau.kit import batches
from preau.kit.answers import allow
from preau.kit.rows import lock
from preau.kit.sheets import Applied, Comparison, apply_comparison, problems_of
from preau.places.actions import free_slug, tell_schools_apart
from preau.plan.equipment.actions.writing import journal
from preau.plan.equipment.rules import can_write_acceptances, can_write_plan
from preau.plan.sheets.actions import left_out, reading
from preau.plan.sheets.models import PlanDraft
from preau.plan.sheets.queries import PLAN, classes_received_in, compare_plan, plan_lines_of, said_by

KIND = "plan"


def scope_of(*, city) -> str:
    """Imports of one city are undone last in, first out."""
    return f"city:{city.pk}"


@transaction.atomic
def keep_draft(*, person, city, name, data: bytes, now) -> PlanDraft:
    """Reads the file and keeps its lines until they are applied. Raises TableRefused, having kept nothing."""
    draft = read_draft(person=person, city=city, name=name, data=data, now=now)
    _hold(person, draft, now)
    return reading.keep(draft=draft)


def read_draft(*, person, city, name, data: bytes, now) -> PlanDraft:
    """The same, to look at and not kept."""
    allow(can_write_plan, person, city, now=now)
    return reading.read_into(model=PlanDraft, kind=PLAN, person=person, city=city, name=name, data=data, now=now)


@transaction.atomic
def name_columns(*, person, draft, line: int, columns: dict, now) -> PlanDraft:
    """What each column of a table that waits says, {field: place}, kept for the city's next one. Raises Conflict."""
    draft = _locked(person, draft, now)
    reading.name_columns(kind=PLAN, person=person, draft=draft, line=line, columns=columns, now=now)
    _hold(person, draft, now)
    return draft


@transaction.atomic
def move_header(*, person, draft, line: int, now) -> PlanDraft:
    """The columns are named at another line of the file. Raises Conflict."""
    return reading.move_header(kind=PLAN, draft=_locked(person, draft, now), line=line, now=now)


@transaction.atomic
def answer_questions(*, person, draft, answers: dict, now) -> PlanDraft:
    """Keeps what was said of the lines that wait for a person; an answer that no question offers is left out. Raises
    Conflict."""
    draft = _locked(person, draft, now)
    offered = {q.key: {value for value, _ in q.answers} for q in compare_draft(draft=draft, now=now).questions}
    draft.answers |= {key: value for key, value in answers.items() if value in offered.get(key, ())}
    draft.save(update_fields=["answers"])
    _hold(person, draft, now)
    return draft


def _locked(person, draft, now):
    allow(can_write_plan, person, draft.city, now=now)
    return reading.locked(draft=draft)


def _hold(person, draft, now):
    """A table that receives classes waits for City IT, when somebody else gave it (decision 0017)."""
    if person is None or can_write_acceptances(person, draft.city, localdate(now)):
        return
    draft.held_at = now if classes_received_in(compare_draft(draft=draft, now=now).counts) else None
    if not draft._state.adding:
        draft.save(update_fields=["held_at"])


@transaction.atomic
def drop_draft(*, person, draft, now):
    """Sets aside a table that was read and not applied: it waits for nobody any more."""
    allow(can_write_plan, person, draft.city, now=now)
    dropped = PlanDraft.objects.select_for_update(of=("self",)).filter(pk=draft.pk, batch=None)
    if dropped.exists():
        person_id = person.pk if person else None
        record(person_id=person_id, verb="plan_draft_dropped", subject=draft, now=now, place_id=draft.city_id)
        dropped.delete()


def compare_draft(*, draft, now) -> Comparison:
    """The draft against the base of this instant; nothing is written."""
    return compare_plan(
        city=draft.city,
        lines=plan_lines_of(draft),
        problems=problems_of(draft),
        file_name=draft.file_name,
        today=localdate(now),
        now=now,
        free_slug=free_slug,
        answers=draft.answers,
        counts_received="equipped" in draft.columns,
    )


@transaction.atomic
def apply_draft(*, person, draft, now, seen=None) -> Applied:
    """Compares again under the city's lock and applies what differs, as one batch. `seen`, Moved: kit.sheets.
    Raises Conflict when the draft is gone."""
    allow(can_write_plan, person, draft.city, now=now)
    lock(draft.city)
    draft = reading.locked(draft=draft, waits=False)
    comparison = compare_draft(draft=draft, now=now)
    _allow_classes(person, draft.city, comparison.counts, now)
    said = said_by(draft, comparison, localdate(now))
    applied = apply_comparison(
        draft=draft,
        comparison=comparison,
        kind=KIND,
        scope=scope_of(city=draft.city),
        person=person,
        now=now,
        seen=seen,
    )
    if applied.batch:
        tell_schools_apart(city=draft.city)
        left_out.keep(draft=draft, said=said, batch=applied.batch, now=now)
        journal(person=person, verb="plan_imported", subject=applied.batch, city=draft.city, now=now)
    return applied


@transaction.atomic
def undo_import(*, person, city, batch, now):
    """Puts everything back as before the batch. Raises kit.batches.CannotUndo, having changed nothing."""
    allow(can_write_plan, person, city, now=now)
    _allow_classes(person, city, batch.counts, now)
    lock(city)
    left_out.take_back(batch=batch)
    undone = batches.undo(batch=batch, person_id=person.pk if person else None, now=now)
    tell_schools_apart(city=city)
    journal(person=person, verb="plan_import_undone", subject=undone, city=city, now=now)
    return undone


def _allow_classes(person, city, counts, now):
    """A table that receives classes is applied, and undone, by who receives them by hand (decision 0017)."""
    if classes_received_in(counts):
        allow(can_write_acceptances, person, city, now=now)
