"""Lines of several rooms in one read: each room gives rows as lines of the same columns, who composes them asks once.

`waiting.py` and `story.py` of rooms give such lines (kit/rooms/waiting.py, kit/rooms/story.py).
"""

from typing import NamedTuple

from django.db.models import Case, CharField, Count, DateField, Exists, F, Min, Value, When
from django.db.models.functions import Cast, Concat, TruncDate

from preau.kit.rows import NO_ID

COLUMNS = ("told_kind", "told_id", "told_name", "told_detail", "told_more", "told_day")


class Line(NamedTuple):
    """A line as it is read: a kind, the id of the page it opens, three texts that its room reads, a day."""

    kind: str
    target: object
    name: str
    detail: str
    more: str
    day: object


def lines(rows, kind, *, name, day, detail="", more="", target="pk"):
    """Rows of a room as lines: `kind` is a word, or an expression that gives one; `name`, `detail`, `more` are paths
    of texts, expressions that give one, or nothing; `day` a path or an expression (a date, never empty); `target` the
    path of the id to open, or an expression. What is no text is cast by who asks: PostgreSQL unites columns of one type
    only."""
    word = Value(kind, CharField()) if isinstance(kind, str) else kind
    told = (word, *(_part(given) for given in (target, name, detail, more, day)))
    return rows.order_by().annotate(**dict(zip(COLUMNS, told, strict=True))).values_list(*COLUMNS)


def count_line(rows, kind, *, since, more="", **aggregates):
    """Of all these rows one line, or none: how many as its name, and the day of the first instant `since`. `more` may
    name the `aggregates`."""
    rows = rows.order_by().annotate(told_every=Value(kind, CharField())).values("told_every")
    rows = rows.annotate(told_number=Count("pk"), told_first=Min(since), **aggregates).filter(told_number__gt=0)
    number = Cast("told_number", CharField())
    return lines(rows, kind, name=number, day=TruncDate("told_first"), more=more, target=NO_ID)


def number_line(rows, kind, day):
    """The same of rows that are of no instant: one line of this `day`, or none."""
    rows = rows.order_by().annotate(told_every=Value(kind, CharField())).values("told_every")
    rows = rows.annotate(told_number=Count("pk")).filter(told_number__gt=0)
    number = Cast("told_number", CharField())
    return lines(rows, kind, name=number, day=Value(day, DateField()), target=NO_ID)


def in_one_text(paths):
    """Several columns joined in the one text of a line, with spaces: for versions and days, not for texts people
    typed."""
    parts = [part for path in paths for part in (Cast(path, CharField()), Value(" "))]
    return Concat(*parts[:-1], output_field=CharField())


def gathered(parts):
    """One query of all these lines, the oldest day first; None when there is nothing to ask. Parts with the most
    conditions on other tables come first: SQLite opens such a table anew for each row, and goes each time through all
    that the parts before it left open (a quarter of the query of a head's home)."""
    parts = sorted(parts, key=_subqueries, reverse=True)
    if not parts:
        return None
    first, *others = parts
    rows = first.union(*others, all=True) if others else first
    return rows.order_by("told_day", "told_kind", "told_name", "told_id")


def _subqueries(part):
    """How many conditions of this QuerySet ask another table about each row."""
    conditions = [leaf for leaf in part.query.where.leaves() if hasattr(leaf, "flatten")]  # not that of `none()`
    return sum(isinstance(each, Exists) for condition in conditions for each in condition.flatten())


def parted(rows, *kinds):
    """What was read, by kind: (the lines of these kinds, the other rows as they came); each room takes its own."""
    rows = list(rows)
    return [Line(*row) for row in rows if row[0] in kinds], [row for row in rows if row[0] not in kinds]


def word_of(condition, then, otherwise):
    """One of two kinds of line, as a CASE expression: one more part of the UNION would cost more."""
    return Case(When(condition, then=Value(then)), default=Value(otherwise), output_field=CharField())


def _part(given):
    if given == "":
        return Value("", CharField())
    return F(given) if isinstance(given, str) else given
