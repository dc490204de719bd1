"""Classes are listed by level, then by name: their order is a column, made in Python as their sort key is."""

import re

import preau.kit.names
from django.db import migrations

from preau.kit.names import name_key
from preau.kit.upgrades import keep_undoable

LEVELS = ("TPS", "PS", "MS", "GS", "CP", "CE1", "CE2", "CM1", "CM2")
COLUMNS = ("id", "school", "school_year", "name", "sort_key", "onde_id", "levels")
NOTE, TAKE_AGAIN = keep_undoable("places.Classroom", before=COLUMNS, after=(*COLUMNS, "order_key"))


def put_in_order(apps, schema_editor):
    model, rooms = apps.get_model("places", "Classroom"), []
    for room in model.objects.iterator():
        words = set(re.split(r"\W+", room.name.upper()))
        ranks = [str(rank) for rank, level in enumerate(LEVELS, 1) if level in (room.levels or words)]
        first = "".join(ranks) if ranks and not words & {"ULIS", "UPE2A"} else "z"
        room.order_key = name_key(f"{first} {room.name}")[:200]
        rooms.append(room)
    model.objects.bulk_update(rooms, ["order_key"], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [("kit", "0001_initial"), ("places", "0009_academies_by_code")]

    operations = [
        NOTE,
        migrations.AddField(
            model_name="classroom",
            name="order_key",
            field=preau.kit.names.SortKeyField(
                default="", editable=False, max_length=200, source=("level_ranks", "name")
            ),
            preserve_default=False,
        ),
        migrations.RunPython(put_in_order, migrations.RunPython.noop),
        TAKE_AGAIN,
    ]
