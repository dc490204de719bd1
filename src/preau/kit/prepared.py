"""Queries asked on every page: Django writes their SQL once, and each asking only fills in the values.

Writing the SQL of a union or of a long row costs more than the base takes to answer it (docs/bench.md). What is kept
is a sentence, never an answer: each asking goes to the base.
"""

import copy
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models import Q

KEPT_WRITTEN = 64  # values of one path: a condition on more is too deep for a base, and no page asks more often


class Asked(models.Expression):
    """Stands in a prepared query for the value of this rank that it will be asked with: an id, or of another kind."""

    def __init__(self, rank: int = 0, kind: type[models.Field] = models.UUIDField):
        super().__init__(output_field=kind())
        self.rank = rank

    def as_sql(self, compiler, connection):
        return "%s", [self]


def one_of_asked(path: str, count: int) -> Q:
    """Rows whose `path` is one of the `count` values asked: « in » takes no expression where a foreign key is."""
    if not count:
        raise ValueError("none of no value: an empty condition would give every row")
    return Q(*((path, Asked(rank)) for rank in range(count)), _connector=Q.OR)


class Sight(NamedTuple):
    """Which rows somebody sees: one of these paths holds the id of the same rank. The paths make the sentence of a
    query, the ids fill it in; two persons of one title share the sentence and nothing else."""

    paths: tuple[str, ...]
    ids: tuple

    @classmethod
    def of(cls, pairs):
        """From (path, id), each once."""
        pairs = tuple(dict.fromkeys(pairs))
        return cls(tuple(path for path, _ in pairs), tuple(key for _, key in pairs))

    def where(self, prefix="") -> Q:
        """The condition itself, on rows that `prefix` leads from; no row for who sees none."""
        return _any_of((prefix + path, key) for path, key in zip(self.paths, self.ids, strict=True))


def seen_by_asked(paths, prefix="") -> Q:
    """The condition of a Sight, to be asked with its ids as the first values; `prefix` leads to what it is about."""
    return _any_of((prefix + path, Asked(rank)) for rank, path in enumerate(paths))


def _any_of(conditions):
    return Q(*conditions, _connector=Q.OR) or Q(pk__in=())


class Prepared:
    """A QuerySet about `Asked` values; whole rows, `values_list` and unions, without prefetch. Safe between threads.

    `standing_in`: {an id that exists nowhere and stands in the QuerySet for a value asked: the rank of that value}."""

    def __init__(self, queryset: models.QuerySet, standing_in=()):
        self.queryset = queryset
        self.standing_in = dict(standing_in)
        self.written = {}  # name of the base → (compiler that knows its columns, SQL, parameters)

    def rows(self, *values) -> list:
        """What the QuerySet gives for these values, in the order of their ranks; one query."""
        asked = self.queryset.all()
        asked.query.get_compiler = lambda using, *args, **kwargs: self._compiler(using, values)
        return list(asked)

    def _compiler(self, using, values):
        connection = connections[using]
        if using not in self.written:
            self.written[using] = self._write(using)
        kept, sql, parameters = self.written[using]
        compiler = copy.copy(kept)
        compiler.connection = connection  # each thread has its own
        filled = tuple(
            one.output_field.get_db_prep_value(values[one.rank], connection) if isinstance(one, Asked) else one
            for one in parameters
        )
        compiler.as_sql = lambda *args, **kwargs: (sql, filled)
        if sql is None:  # no row whatever the values: Django asks nothing then
            compiler.as_sql = _nothing
        return compiler

    def _write(self, using):
        compiler = self.queryset.all().query.get_compiler(using)  # writing marks the query: on a copy
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            sql, parameters = None, ()
        connection, compiler.connection = compiler.connection, None  # nothing of the thread that wrote it is kept
        asked = {
            models.UUIDField().get_db_prep_value(one, connection): Asked(rank) for one, rank in self.standing_in.items()
        }
        return compiler, sql, tuple(asked.get(one, one) if isinstance(one, str | UUID) else one for one in parameters)


def _nothing(*args, **kwargs):
    raise EmptyResultSet
