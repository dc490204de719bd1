"""Queries of every page: Django builds their SQL once, and each execution only fills in the parameters.

Building the SQL of a union or of a long row costs more than the base takes to answer it (docs/bench.md). What is kept
is the SQL, never rows: each execution goes to the base.
"""

from operator import itemgetter
from threading import local
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models import Q
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable, get_related_populators

KEPT_WRITTEN = 64  # values of one path: a condition on more is too deep for a base, and no page asks more often


class Asked(models.Expression):
    """A parameter of a prepared query: the value of this rank among those given to `rows`, an id or of another kind."""

    def __init__(self, rank: int = 0, kind: type[models.Field] = models.UUIDField):
        super().__init__(output_field=kind())
        self.rank = rank

    def as_sql(self, compiler, connection):
        return "%s", [self]


def one_of_asked(path: str, count: int) -> Q:
    """Rows whose `path` is one of the first `count` parameters: `__in` takes no expression on a foreign key."""
    if not count:
        raise ValueError("none of no value: an empty condition would give every row")
    return Q(*((path, Asked(rank)) for rank in range(count)), _connector=Q.OR)


class Sight(NamedTuple):
    """Which rows somebody sees: those where one of these paths leads to the id of the same rank. The SQL of a query
    follows from the paths, the ids are its parameters: two persons of one role share the SQL and nothing else."""

    paths: tuple[str, ...]
    ids: tuple

    @classmethod
    def of(cls, pairs):
        """Built from pairs (path, id), each kept once."""
        pairs = tuple(dict.fromkeys(pairs))
        return cls(tuple(path for path, _ in pairs), tuple(key for _, key in pairs))

    def where(self, prefix="") -> Q:
        """The condition itself, on rows from which `prefix` leads to the path; no row for who sees none."""
        return _any_of((prefix + path, key) for path, key in zip(self.paths, self.ids, strict=True))


def seen_by_asked(paths, prefix="") -> Q:
    """The condition of a Sight in a prepared query, whose first parameters are its ids; `prefix` leads to its rows."""
    return _any_of((prefix + path, Asked(rank)) for rank, path in enumerate(paths))


def _any_of(conditions):
    return Q(*conditions, _connector=Q.OR) or Q(pk__in=())


class Prepared:
    """A QuerySet with `Asked` parameters: whole rows, `values_list` and unions, without prefetch. Safe between threads:
    each builds its own SQL, with its own connection.

    `standing_in`: {an id that exists nowhere and stands in the QuerySet for a parameter: the rank of that one}."""

    def __init__(self, queryset: models.QuerySet, standing_in=()):
        if queryset._prefetch_related_lookups:
            raise ValueError("a prepared query reads no prefetch: join it, or ask another")
        self.queryset = queryset
        self.standing_in = dict(standing_in)
        self.written = local()

    def rows(self, *values) -> list:
        """What the QuerySet gives for these values of its parameters, in the order of their ranks; one query."""
        using = self.queryset.db
        if using not in self.written.__dict__:
            self.written.__dict__[using] = _Written(self.queryset.all(), connections[using], self.standing_in)
        return self.written.__dict__[using].rows(values, connections[using])


class _Written:
    """A query whose SQL is built, and how its rows are read: what Django's iterables do once the SQL is there."""

    def __init__(self, queryset, connection, standing_in):
        self.queryset, self.sql = queryset, None
        self.compiler = queryset.query.get_compiler(queryset.db)
        try:
            self.sql, parameters = self.compiler.as_sql()
        except EmptyResultSet:  # no row whatever the values
            return
        written = models.UUIDField().get_db_prep_value
        asked = {written(one, connection): Asked(rank) for one, rank in standing_in.items()}
        self.parameters = [asked.get(one, one) if isinstance(one, str | UUID) else one for one in parameters]
        self.columns = [selected[0] for selected in self.compiler.select[: self.compiler.col_count]]
        self.converters = self.compiler.get_converters(self.columns)
        self.read = READERS[queryset._iterable_class](self.compiler, queryset.db)

    def rows(self, values, connection):
        """The connection is passed in: the same thread may be given another one later."""
        if self.sql is None:
            return []
        filled = [
            one.output_field.get_db_prep_value(values[one.rank], connection) if isinstance(one, Asked) else one
            for one in self.parameters
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, filled)
            found = cursor.fetchall()
        return [self.read(row[: len(self.columns)]) for row in self.compiler.apply_converters(found, self.converters)]


def _reader_of_models(compiler, using):
    """Reads a row as its object and those of its `select_related`, as ModelIterable does."""
    info, annotations = compiler.klass_info, compiler.annotation_col_map.items()
    model, start, end = info["model"], info["select_fields"][0], info["select_fields"][-1] + 1
    names = [selected[0].target.attname for selected in compiler.select[start:end]]
    related = get_related_populators(info, compiler.select, using)

    def read(row):
        found = model.from_db(using, names, row[start:end])
        for each in related:
            each.populate(row, found)
        for name, place in annotations:
            setattr(found, name, row[place])
        return found

    return read


READERS = {
    ModelIterable: _reader_of_models,
    ValuesListIterable: lambda compiler, using: tuple,
    FlatValuesListIterable: lambda compiler, using: itemgetter(0),
}
