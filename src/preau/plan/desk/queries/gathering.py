"""Lines of several rooms in one read."""

from django.db.models import CharField, F, Value

COLUMNS = ("told_kind", "told_id", "told_name", "told_detail", "told_more", "told_day")


def lines(rows, kind, *, name, day, detail="", more="", target="pk"):
    """Rows of a room as lines: `kind` is a word, or an expression that gives one; `name`, `detail`, `more` are paths
    of texts, expressions that give one, or nothing; `day` a path or an expression (a date, never empty); `target` the
    path of the id to open, or an expression. What is no text is cast by who asks: PostgreSQL unites columns of one type
    only."""
    word = Value(kind, CharField()) if isinstance(kind, str) else kind
    return (
        rows.order_by()
        .annotate(
            told_kind=word, told_id=_part(target), told_name=_part(name), told_detail=_part(detail),
            told_more=_part(more), told_day=_part(day),
        )
        .values_list(*COLUMNS)
    )  # fmt: skip


def gathered(parts):
    """One query of all these lines, the oldest day first; None when there is nothing to ask."""
    parts = list(parts)
    if not parts:
        return None
    first, *others = parts
    return (first.union(*others, all=True) if others else first).order_by("told_day", "told_kind", "told_name")


def _part(given):
    if given == "":
        return Value("", CharField())
    return F(given) if isinstance(given, str) else given
