"""Lines of several rooms in one read."""

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Cast, Concat

from preau.people.queries import current_mandates

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
            told_kind=word,
            told_id=_part(target),
            told_name=_part(name),
            told_detail=_part(detail),
            told_more=_part(more),
            told_day=_part(day),
        )
        .values_list(*COLUMNS)
    )


def in_one_text(paths):
    """Several columns in the one text of a line, a space between two: versions, days; texts of people do not fit."""
    parts = [part for path in paths for part in (Cast(path, CharField()), Value(" "))]
    return Concat(*parts[:-1], output_field=CharField())


def gathered(parts):
    """One query of all these lines, the oldest day first; None when there is nothing to ask."""
    parts = list(parts)
    if not parts:
        return None
    first, *others = parts
    rows = first.union(*others, all=True) if others else first
    return rows.order_by("told_day", "told_kind", "told_name", "told_id")


def word_of(condition, then, otherwise):
    """One of two kinds of line: a part of a union costs more than a case."""
    return Case(When(condition, then=Value(then)), default=Value(otherwise), output_field=CharField())


def where(person, today, titles, city, school=""):
    """Rows of the places where the person holds one of these titles: `city` and `school` are paths to theirs. A title
    held elsewhere has no duty here."""
    wanted = Q(pk__in=())
    for held in current_mandates(person, today):
        if held.role not in titles:
            continue
        if held.city_id:
            wanted |= Q((city, held.city_id))
        elif held.department_id:
            wanted |= Q((f"{city}__department", held.department_id))
        elif held.school_id and school:
            wanted |= Q((school, held.school_id))
    return wanted


def _part(given):
    if given == "":
        return Value("", CharField())
    return F(given) if isinstance(given, str) else given
