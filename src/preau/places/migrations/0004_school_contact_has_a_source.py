"""A school's address and contact have a source and a day; two columns have become facts (plan.equipment 0011)."""

from django.core.management import CommandError
from django.db import migrations, models
from django.db.migrations.recorder import MigrationRecorder

from preau.kit.upgrades import keep_undoable

CARRIED_BY = ("equipment", "0011_figures_of_a_school")


def refuse_before_they_are_carried(apps, schema_editor):
    """A `run_before` in `CARRIED_BY` would tie the squashed migrations of the two rooms in a circle."""
    holders = apps.get_model("places", "School").objects.exclude(priority_education="", floors_count=None)
    if CARRIED_BY not in MigrationRecorder(schema_editor.connection).applied_migrations() and holders.exists():
        raise CommandError(f"Lancez d’abord : bin/preau migrate {' '.join(CARRIED_BY)}")


FIRST = ("id", "uai", "name", "slug", "sort_key", "kind", "city", "district", "address", "postcode", "phone", "email")
LAST = ("opened_on", "closed_on", "latitude", "longitude", "location_source", "is_fictitious", "source")
NOTE, TAKE_AGAIN = keep_undoable(
    "places.School",
    before=(*FIRST, "priority_education", "floors_count", *LAST),
    after=(*FIRST, "contact_source", "contact_as_of", *LAST),
)


class Migration(migrations.Migration):
    dependencies = [("kit", "0001_initial"), ("places", "0003_where_schools_are")]

    operations = [
        migrations.RunPython(refuse_before_they_are_carried, migrations.RunPython.noop),
        NOTE,
        migrations.RemoveField(model_name="school", name="floors_count"),
        migrations.RemoveField(model_name="school", name="priority_education"),
        migrations.AddField(
            model_name="school",
            name="contact_as_of",
            field=models.DateField(blank=True, null=True, verbose_name="adresse et contact écrits le"),
        ),
        migrations.AddField(
            model_name="school",
            name="contact_source",
            field=models.CharField(blank=True, max_length=200, verbose_name="source de l’adresse et du contact"),
        ),
        TAKE_AGAIN,
    ]
