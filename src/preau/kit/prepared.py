"""Queries of every page: Django builds their SQL once, and each execution only fills in the parameters.

Building the SQL of a union or of a long row costs more than the base takes to answer it (docs/bench.md). What is kept
is the SQL, never rows: each execution goes to the base.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache, lru_cache, partial, wraps
from threading import Lock
from typing import NamedTuple
from uuid import UUID, SafeUUID, uuid4

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX
from django.db.models import Q
from django.db.models.base import ModelState
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable
from django.db.models.signals import post_init, pre_init

MOST_IDS = 512  # of one list: the pupils of a school
KEPT_WRITTEN = 64  # values of one path: a condition on more is too deep for a base, and no page asks more often
_field_of = cache(lambda kind: kind())


class Asked(models.Expression):
    """A parameter of a prepared query: the value of this rank among those given to `rows`, an id or of another kind."""

    def __init__(self, rank: int = 0, kind: type[models.Field] = models.UUIDField):
        super().__init__(output_field=_field_of(kind))
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


def built_once(build: Callable) -> Callable:
    """Of a function that gives a QuerySet and reads its arguments alone: it is built once for those of a day, and each
    caller gets a copy of its own. Never what depends on a person."""
    kept = lru_cache(maxsize=4)(build)
    return wraps(build)(lambda *given: kept(*given).all())


class Prepared:
    """A QuerySet with `Asked` parameters: whole rows, `values_list` and unions, without prefetch. All threads share the
    SQL that the first one writes; the QuerySet, ten times heavier, is let go then.

    `standing_in`: {an id that exists nowhere and stands in the QuerySet for a parameter: the rank of that one}."""

    def __init__(self, queryset: models.QuerySet, standing_in=()):
        if queryset._prefetch_related_lookups:
            raise ValueError("a prepared query reads no prefetch: join it, or ask another")
        self.queryset, self.using = queryset, queryset.db
        self.standing_in = dict(standing_in)
        self.written, self.writing = None, Lock()

    def rows(self, *values) -> list:
        """What the QuerySet gives for these values of its parameters, in the order of their ranks; one query."""
        if self.written is None:
            self._write()
        return self.written.rows(values, connections[self.using])

    def _write(self):
        with self.writing:
            if self.written is None:
                self.written = _Written(self.queryset.all(), connections[self.using], self.standing_in)
                self.queryset = None


class PreparedOf:
    """`build(*ids, *key)` gives a QuerySet of these ids, in which invented ones stand for those that `rows` is given:
    its code reads nothing of them. `key` is what else changes the SQL, a day for instance, and takes few values."""

    def __init__(self, build: Callable, maxsize: int = 32):
        self.build = build
        self._written = lru_cache(maxsize=maxsize)(partial(_of_invented, build))

    def rows(self, *ids: UUID, key=()) -> list:
        """What the QuerySet of these ids gives; one query. That of more ids than pages ask for is built each time."""
        if len(ids) > MOST_IDS:
            return list(self.build(*ids, *key))
        return self._written(len(ids), key).rows(*ids)


def _of_invented(build, count, key):
    invented = [uuid4() for _ in range(count)]
    return Prepared(build(*invented, *key), {one: rank for rank, one in enumerate(invented)})


class _Written:
    """A query whose SQL is built, and how its rows are read, as by Django's iterables; it keeps nothing of the
    connection that wrote it: any thread asks it with its own."""

    def __init__(self, queryset, connection, standing_in):
        self.sql, self.marked = None, ""
        compiler = queryset.query.get_compiler(connection=connection)
        try:
            self.sql, parameters = compiler.as_sql()
        except EmptyResultSet:  # no row whatever the values
            return
        written = models.UUIDField().get_db_prep_value
        asked = {written(one, connection): Asked(rank) for one, rank in standing_in.items()}
        self.parameters = [asked.get(one, one) if isinstance(one, str | UUID) else one for one in parameters]
        self.sql, self.parameters = _with_words(self.sql, self.parameters)
        self.marked = _marked(self.sql, connection.vendor)
        columns = [selected[0] for selected in compiler.select[: compiler.col_count]]
        self.width, (self.ids, self.converters) = len(columns), _converters(compiler, columns, connection)
        self.read = READERS[queryset._iterable_class](compiler, connection.alias)

    def rows(self, values, connection):
        """The connection is passed in: the same thread may be given another one later."""
        if self.sql is None:
            return []
        filled = [
            one.output_field.get_db_prep_value(values[one.rank], connection) if isinstance(one, Asked) else one
            for one in self.parameters
        ]
        return self.read(self._converted(self._asked(filled, connection), connection))

    def _asked(self, filled, connection):
        """Straight to the driver when nobody watches queries: Django's cursors take as long as SQLite does, and
        psycopg reads anew at each execution the marks of a query above 4 KB."""
        if not (connection.queries_logged or connection.execute_wrappers):
            connection.ensure_connection()
            connection.validate_no_broken_transaction()
            own = connection.connection
            with connection.wrap_database_errors:
                straight = own if connection.vendor == "sqlite" else connection.Database.RawCursor(own)
                return straight.execute(self.marked, filled).fetchall()
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":  # it rewrites the marks of the whole SQL at each execution otherwise
                cursor.cursor.convert_query = lambda query, **_: self.marked
            cursor.execute(self.sql, filled)
            return cursor.fetchall()

    def _converted(self, found, connection):
        """The rows as the fields give them: `SQLCompiler.apply_converters`, with the connection that asks."""
        converters = found and [
            (place, column, getattr(connection.ops, one) if isinstance(one, str) else one)
            for place, column, one in self.converters
        ]
        for row in found:
            row = list(row[: self.width])
            for place in self.ids:
                if row[place] is not None:
                    row[place] = _id_of(row[place])
            for place, column, convert in converters:
                row[place] = convert(row[place], column, connection)
            yield row


def _converters(compiler, columns, connection):
    """Places of the ids that SQLite keeps as text, then [(place of the column, column, a function its values pass
    through)]. What is the connection's own is kept by its name, without the column, a whole query at times."""
    ids, found = [], []
    for place, (functions, column) in compiler.get_converters(columns).items():
        if connection.vendor == "sqlite" and column.output_field.get_internal_type() == "UUIDField":
            ids.append(place)
            continue
        of_connection = [getattr(one, "__self__", None) is connection.ops for one in functions]
        names = [one.__name__ if own else one for one, own in zip(functions, of_connection, strict=True)]
        if names == ["convert_datetimefield_value"] and connection.vendor == "sqlite":
            names = [_instant]
        found += [(place, None if all(of_connection) else column, one) for one in names]
    return ids, found


def _marked(sql, vendor):
    """The SQL with the driver's marks of parameters: `?` of SQLite, `$1` of PostgreSQL, in the bytes that it sends."""
    if vendor == "sqlite":
        return FORMAT_QMARK_REGEX.sub("?", sql).replace("%%", "%")
    first, *others = FORMAT_QMARK_REGEX.split(sql)
    return "".join((first, *(f"${rank}{piece}" for rank, piece in enumerate(others, 1)))).replace("%%", "%").encode()


def _with_words(sql, parameters):
    """The words that the query itself holds, written in its SQL. With bound ones, SQLite prepares the statement anew at
    each execution where there are partial indexes (2 ms for the lines of a home), and PostgreSQL's plan for all values
    takes none of these."""
    pieces, left = FORMAT_QMARK_REGEX.split(sql), []
    for place, one in enumerate(parameters):
        is_word = isinstance(one, str) and "\0" not in one
        pieces[place] += "'" + one.replace("'", "''").replace("%", "%%") + "'" if is_word else "%s"
        left += [] if is_word else [one]
    return "".join(pieces), left


@lru_cache(maxsize=1024)  # of a class, a school, its team: they come back from page to page
def _id_of(text):
    """As UUID(text), of the 32 hexadecimal signs that SQLite keeps, in a third of the time: it checks nothing."""
    found = object.__new__(UUID)
    object.__setattr__(found, "int", int(text, 16))
    object.__setattr__(found, "is_safe", SafeUUID.unknown)
    return found


def _instant(value, _, connection):
    """The instant that SQLite's driver read, in UTC; what it left as text is Django's to read."""
    if type(value) is datetime and value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    return connection.ops.convert_datetimefield_value(value, None, connection)


def _reader_of_models(compiler, using):
    """Reads a row as its object and those of its `select_related`, as ModelIterable does."""
    read_object = _reader_of_objects(compiler.klass_info, compiler.select, using)
    annotations = compiler.annotation_col_map.items()

    def read(rows):
        found, joined = [], {}
        for row in rows:
            one = read_object(row, joined)
            for name, place in annotations:
                setattr(one, name, row[place])
            found.append(one)
        return found

    return read


def _reader_of_objects(info, select, using, is_joined=False):
    """Reads the columns of one model in a row, then those of its `select_related`. The fields are put in the object at
    once, where `Model.__init__` sets them one by one: a page reads sixty objects. `joined`, {(place of the key, key):
    object}: the rows of a class share one object of it, where Django makes one a row."""
    model, start, end = info["model"], info["select_fields"][0], info["select_fields"][-1] + 1
    if info.get("from_parent") or _is_built_in_its_own_way(model):
        raise ValueError(f"{model.__name__} is more than its columns: ask without Prepared")
    names = [selected[0].target.attname for selected in select[start:end]]
    key = start + names.index(model._meta.pk.attname)
    related = [
        (_reader_of_objects(each, select, using, True), each["local_setter"], each["remote_setter"])
        for each in info.get("related_klass_infos", ())
    ]

    def read(row, joined):
        if row[key] is None:
            return None
        if is_joined and (found := joined.get((key, row[key]))) is not None:
            return found
        found = model.__new__(model)
        if is_joined:
            joined[key, row[key]] = found
        found._state = state = ModelState()
        state.adding, state.db = False, using
        found.__dict__.update(zip(names, row[start:end], strict=True))
        for read_other, set_here, set_there in related:
            other = read_other(row, joined)
            set_here(found, other)
            if other is not None:
                set_there(other, found)
        return found

    return read


def _is_built_in_its_own_way(model):
    own = model.__init__ is not models.Model.__init__ or model.from_db.__func__ is not models.Model.from_db.__func__
    return own or pre_init.has_listeners(model) or post_init.has_listeners(model)


READERS = {
    ModelIterable: _reader_of_models,
    ValuesListIterable: lambda compiler, using: lambda rows: [tuple(row) for row in rows],
    FlatValuesListIterable: lambda compiler, using: lambda rows: [row[0] for row in rows],
}
