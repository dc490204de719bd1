"""Names keep in their key the letters of every alphabet: written before, those of another were missing from it, and
their people were never found."""

from django.db import migrations

from preau.kit.names import name_key
from preau.kit.upgrades import keep_undoable

COLUMNS = (
    "id", "civility", "last_name", "usage_name", "first_name", "birth_date", "reading_language", "sort_key", "created_at",
)  # fmt: skip
NOTE, TAKE_AGAIN = keep_undoable("people.Person", before=COLUMNS, after=COLUMNS)


def write_keys(apps, schema_editor):
    model = apps.get_model("people", "Person")
    for person in model.objects.only("last_name", "usage_name", "first_name", "sort_key"):
        key = name_key(f"{person.usage_name or person.last_name} {person.first_name}")[:200]
        if key != person.sort_key:
            model.objects.filter(pk=person.pk).update(sort_key=key)


class Migration(migrations.Migration):

    dependencies = [("kit", "0001_initial"), ("people", "0021_entry_badge")]

    operations = [NOTE, migrations.RunPython(write_keys, migrations.RunPython.noop), TAKE_AGAIN]
