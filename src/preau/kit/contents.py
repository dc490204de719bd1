"""What acts lock, read again from many tables in one query: who verifies a journal pays the same at any size.

Each column is asked as text and put back to one writing here, so that SQLite and PostgreSQL give the same digests.
No column that names a person belongs there: a person may be forgotten, what they signed stays provable.
"""

import datetime
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import CharField, F, IntegerField, Model, Q, TextField, Value
from django.db.models.functions import Cast

from preau.kit.digest import digest_json


@dataclass(frozen=True)
class Part:
    """Rows that belong to a locked object: its own (no `key`), or a list under `key`; `owner` leads to the object.

    A column is a path, or (name, expression of text).
    """

    model: type[Model]
    columns: tuple
    key: str = ""
    owner: str = "pk"
    only: Q = Q()

    @property
    def names(self) -> list[str]:
        return [column if isinstance(column, str) else column[0] for column in self.columns]


@dataclass(frozen=True)
class Contents:
    """What the acts on a kind of object lock. `city` leads from it to its city; `acted` is the field that no act
    without its sealed line can have filled."""

    parts: tuple[Part, ...]
    city: str
    acted: str = ""
    counted: Callable | None = None  # how its digest is counted from its content, when not field by field

    @property
    def label(self) -> str:
        return self.parts[0].model._meta.label

    @property
    def fields(self) -> frozenset:
        """The field names that a journal line may list for what it wrote."""
        return frozenset(self.parts[0].names) | {part.key for part in self.parts if part.key}

    def digest(self, content: dict | None, without=()) -> str:
        """The digest of a content, some of its fields put aside; "" when there is none."""
        if content is None:
            return ""
        if self.counted:
            return self.counted(content)
        return digest_json({name: value for name, value in content.items() if name not in without})


def digest_now(kind: Contents, pk) -> str:
    """What an act locks, as its transaction leaves it: one query."""
    return kind.digest(contents_of([kind], pk=pk)[kind.label, pk])


def contents_of(kinds, *, city=None, pk=None) -> dict:
    """{(label, id): {field: value}} of a city's objects, or of one; what is empty is left out. One query."""
    parts = [(kind, part) for kind in kinds for part in kind.parts]
    width = max(len(part.columns) for _, part in parts)
    asked = [_rows(place, kind, part, width, city, pk) for place, (kind, part) in enumerate(parts)]
    fields = [[_field(part.model, column) for column in part.columns] for _, part in parts]
    found, lists = {}, {}
    for place, owner, *texts in asked[0].union(*asked[1:], all=True):
        kind, part = parts[place]
        values = [_value(field, text) for field, text in zip(fields[place], texts, strict=False)]
        if part.key:
            lists.setdefault((kind.label, uuid.UUID(owner)), {}).setdefault(part.key, []).append(values)
        else:
            named = zip(part.names, values, strict=True)
            found[kind.label, uuid.UUID(owner)] = {name: value for name, value in named if value not in EMPTY}
    for owner, content in found.items():
        for key, rows in lists.get(owner, {}).items():
            content[key] = sorted(rows, key=json.dumps)
    return found


EMPTY = (None, "", [], {}, False)


def _rows(place, kind, part, width, city, pk):
    path = kind.city if part.owner == "pk" else f"{part.owner}__{kind.city}"
    rows = part.model._base_manager.filter(part.only, **({part.owner: pk} if city is None else {path: city}))
    columns = [F(column) if isinstance(column, str) else column[1] for column in part.columns]
    columns += [Value("")] * (width - len(columns))
    texts = [Cast(column, TextField()) for column in (F(part.owner), *columns)]
    return rows.order_by().values_list(Value(place, output_field=IntegerField()), *texts)


def _field(model, column):
    """The kind of field a path ends on."""
    if not isinstance(column, str):
        return CharField
    for name in column.split("__"):
        field = model._meta.get_field(name)
        model = field.related_model or model
    return type(field.target_field if field.is_relation else field)


def _value(field, text):
    """The same on both bases."""
    if text is None:
        return None
    if field.__name__ == "UUIDField":
        return str(uuid.UUID(text))
    if field.__name__ == "DateTimeField":
        at = datetime.datetime.fromisoformat(text)
        at = at.astimezone(datetime.UTC) if at.tzinfo else at.replace(tzinfo=datetime.UTC)
        return at.isoformat(timespec="microseconds")
    if field.__name__ == "BooleanField":
        return text in ("1", "true")
    return json.loads(text) if field.__name__ == "JSONField" else text
