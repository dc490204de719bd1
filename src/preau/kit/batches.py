"""Apply a list of row changes as one batch, and undo it: the machine behind every import.

A room reads its files and compares them itself; it ends with `Create` and `Update` writes and calls `apply`
inside its own transaction, which already holds the lock of the scope. `undo` is last in, first out per scope:
it puts every row back, or changes nothing and says what stands in the way.
"""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from preau.kit.answers import Conflict
from preau.kit.models import Batch, Change
from preau.kit.names import SortKeyField
from preau.kit.rows import keys_to

CHUNK = 400  # stays under the variable limit of SQLite


@dataclass(frozen=True)
class Create:
    """A new row, not yet saved."""

    row: models.Model


@dataclass(frozen=True)
class Update:
    """New values for some fields of an existing row."""

    row: models.Model
    values: dict


@dataclass(frozen=True)
class Obstacle:
    """Why a batch cannot be undone: which rows, and what was built on them since."""

    what: str
    count: int
    ids: tuple = ()  # of batches, the one to undo first first
    model: str = ""  # of the rows that stand in the way, as « people.Contact »
    field: str = ""  # by which they point at what the batch made; empty when the batch's own rows changed
    row_ids: tuple = ()

    def __str__(self):
        return f"{self.count} × {self.what}"


class CannotUndo(Conflict):
    """Nothing was changed; `obstacles` says what stands in the way."""

    def __init__(self, obstacles):
        super().__init__(f"Rien n’est annulé\u00a0: {'; '.join(map(str, obstacles))}.")
        self.obstacles = list(obstacles)


@transaction.atomic
def apply(*, kind, scope, person_id, now, writes, files=(), counts=None) -> Batch:
    """Writes everything (updates, then new rows, models by first appearance) and remembers how to undo it.

    Updates come first: they free what only one row may hold, as the name of a class or an open enrolment.
    """
    batch = Batch.objects.create(
        kind=kind, scope=scope, person_id=person_id, applied_at=now, files=list(files), counts=counts or {}
    )
    changes = []
    for _, rows in _by_model(write for write in writes if isinstance(write, Update)):
        changes += _update_rows(batch, rows)
    for model, rows in _by_model(write for write in writes if isinstance(write, Create)):
        made = [write.row for write in rows]
        model.objects.bulk_create(made, batch_size=CHUNK)
        changes += [_change(batch, row, Change.Verb.CREATE, {}) for row in made]
    for position, change in enumerate(changes):
        change.position = position
    Change.objects.bulk_create(changes, batch_size=CHUNK)
    return batch


@transaction.atomic
def undo(*, batch, person_id, now) -> Batch:
    """Puts back what the batch changed. Raises CannotUndo, having changed nothing."""
    batch = Batch.objects.select_for_update().get(id=batch.id)
    obstacles = list(find_obstacles(batch))
    if obstacles:
        raise CannotUndo(obstacles)
    changes = list(batch.changes.order_by("-position"))
    for model, of_model in _changes_by_model(c for c in changes if c.verb == Change.Verb.CREATE):
        _remove(model, [change.row_id for change in of_model])
    for model, of_model in _changes_by_model(c for c in changes if c.verb == Change.Verb.UPDATE):
        _restore(model, of_model)
    batch.undone_at, batch.undone_by_id = now, person_id
    batch.save(update_fields=["undone_at", "undone_by_id"])
    return batch


def batches_of(scope: str, kind: str) -> models.QuerySet[Batch]:
    """Those applied in a scope, newest first."""
    return Batch.objects.filter(scope=scope, kind=kind).order_by("-applied_at", "-id")


def find_obstacles(batch):
    """Yields what stands in the way of undoing: already undone, a later batch, rows changed or used since."""
    if batch.undone_at:
        yield Obstacle("lot déjà annulé", 1)
        return
    later = Batch.objects.filter(scope=batch.scope, undone_at=None, applied_at__gte=batch.applied_at).exclude(
        id=batch.id
    )
    later = later.filter(
        models.Exists(Change.objects.filter(batch=models.OuterRef("pk")))
    )  # an empty one hides nothing
    later = [other for other in later if (other.applied_at, other.id) > (batch.applied_at, batch.id)]
    if later:
        newest_first = sorted(later, key=lambda other: (other.applied_at, other.id), reverse=True)
        ids = tuple(str(other.id) for other in newest_first)
        yield Obstacle("lot appliqué depuis, à annuler d’abord", len(later), ids)
        return
    changes = list(batch.changes.order_by("position"))
    made = defaultdict(set)
    for change in changes:
        if change.verb == Change.Verb.CREATE:
            made[change.model].add(change.row_id)
    for model, of_model in _changes_by_model(changes):
        yield from _changed_since(batch, model, of_model)
        yield from _used_since(model, made[model._meta.label], changes)


def forget(row_ids):
    """Empties the remembered values of erased rows: they can never come back (trust.md T21, T24)."""
    for part in _parts(list(row_ids)):
        Change.objects.filter(row_id__in=part).update(before={}, after="")


def _by_model(writes):
    groups = {}
    for write in writes:
        groups.setdefault(type(write.row), []).append(write)
    return groups.items()


def _changes_by_model(changes):
    groups = {}
    for change in changes:
        groups.setdefault(change.model, []).append(change)
    return [(apps.get_model(label), rows) for label, rows in groups.items()]


def _update_rows(batch, writes):
    by_fields = defaultdict(list)
    changes = []
    for write in writes:
        values = _with_sort_keys(write.row, write.values)
        before = {name: _plain(write.row, name) for name in values}
        for name, value in values.items():
            setattr(write.row, name, value)
        changes.append(_change(batch, write.row, Change.Verb.UPDATE, before, values))
        by_fields[tuple(sorted(values))].append(write.row)
    for fields, rows in by_fields.items():
        type(rows[0]).objects.bulk_update(rows, fields, batch_size=CHUNK // (len(fields) + 1))
    return changes


def _with_sort_keys(row, values):
    """The values, and the sort keys that follow from them: bulk updates do not compute fields."""
    keys = [field for field in row._meta.concrete_fields if isinstance(field, SortKeyField)]
    if not keys:
        return dict(values)
    probe = type(row)(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})
    for name, value in values.items():
        setattr(probe, name, value)
    derived = {field.name: field.pre_save(probe, False) for field in keys}
    return dict(values) | {name: value for name, value in derived.items() if value != getattr(row, name)}


def _change(batch, row, verb, before, values=None):
    names = sorted(values) if values else None
    return Change(
        batch=batch,
        model=row._meta.label,
        row_id=row.pk,
        verb=verb,
        before=before,
        after=digest_row(batch.id, row, names),
    )


def _plain(row, name):
    """A field's value as JSON can hold it."""
    return row._meta.get_field(name).get_prep_value(getattr(row, row._meta.get_field(name).attname))


def digest_row(batch_id, row, names=None):
    """Digest of these columns, or of all of them in the order of the class; kit.upgrades.keep_undoable updates it
    after a change of schema."""
    fields = [row._meta.get_field(n) for n in names] if names else own_fields(row)
    values = [str(batch_id), *(field.get_prep_value(getattr(row, field.attname)) for field in fields)]
    return hashlib.sha256(json.dumps(values, cls=DjangoJSONEncoder).encode()).hexdigest()[:32]


def own_fields(row):
    """Every field except those computed from other rows (places.namesakes): a namesake added later changes nothing of
    this row."""
    return [field for field in row._meta.concrete_fields if not getattr(field, "follows_other_rows", False)]


def _changed_since(batch, model, changes):
    rows = {}
    for part in _parts([change.row_id for change in changes]):
        rows.update(model.objects.in_bulk(part))
    changed = []
    for change in changes:
        row = rows.get(change.row_id)
        names = sorted(change.before) if change.verb == Change.Verb.UPDATE else None
        if row is None or digest_row(batch.id, row, names) != change.after:
            changed.append(change.row_id)
    if changed:
        what = f"{model._meta.verbose_name}\u00a0: changement ou suppression depuis"
        yield Obstacle(what, len(changed), model=model._meta.label, row_ids=tuple(changed))


def _used_since(model, made, changes):
    """Rows that point at rows the batch made, unless the batch made them point there or they go with them."""
    for relation in keys_to(model) if made else ():
        user, names = relation.related_model, {relation.field.name, relation.field.attname}
        own = {
            change.row_id
            for change in changes
            if change.model == user._meta.label and (change.verb == Change.Verb.CREATE or names & set(change.before))
        }
        users = {pk for rows in _users(relation, list(made)) for pk in rows.values_list("pk", flat=True)}
        if found := tuple(sorted(users - own)):
            what = f"{user._meta.verbose_name}\u00a0: ajout depuis"
            yield Obstacle(what, len(found), model=user._meta.label, field=relation.field.name, row_ids=found)


def _goes(relation):
    """Which rows of the other table go with those they point at by this relation (`undone_with`); None: all stay."""
    goes = getattr(relation.related_model, "undone_with", None)
    return goes.get(relation.field.name) if isinstance(goes, dict) else goes  # a dict: {field: which rows}


def _users(relation, row_ids):
    """Querysets of the rows that point at these by this relation, without those that go with them."""
    goes = _goes(relation)
    if goes is not None and not goes:  # Q(): every row of that table goes
        return
    for part in _parts(row_ids):
        rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": part})
        yield rows if goes is None else rows.exclude(goes)


def _going(model, row_ids):
    """Querysets of the rows of other tables that go with these: one a table and a part."""
    tables = defaultdict(list)
    for relation in keys_to(model):
        if (goes := _goes(relation)) is not None:
            tables[relation.related_model].append((f"{relation.field.name}__in", goes))
    for user, ways in tables.items():
        for part in _parts(row_ids):
            yield user._base_manager.filter(reduce(or_, (goes & models.Q(**{way: part}) for way, goes in ways)))


def _restore(model, changes):
    rows = {}
    for part in _parts([change.row_id for change in changes]):
        rows.update(model.objects.in_bulk(part))
    by_fields = defaultdict(list)
    for change in changes:
        row = rows[change.row_id]
        for name, value in change.before.items():
            field = model._meta.get_field(name)
            setattr(
                row,
                field.attname,
                field.to_python(value) if not field.is_relation else field.target_field.to_python(value),
            )
        by_fields[tuple(sorted(change.before))].append(row)
    for fields, of_fields in by_fields.items():
        model.objects.bulk_update(of_fields, fields, batch_size=CHUNK // (len(fields) + 1))


def _remove(model, row_ids):
    """Deletes rows, and before them those of other tables that go with them (`undone_with`)."""
    for rows in _going(model, row_ids):
        rows.delete()
    for part in _parts(row_ids):
        model._base_manager.filter(pk__in=part)._raw_delete(using="default")


def _parts(ids):
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
