"""The academy of a département follows from its code: it was typed, and a slip left its schools without holidays."""

from django.db import migrations

from preau.places.queries import departments_of_france


def correct(apps, schema_editor):
    for department in apps.get_model("places", "Department").objects.all():
        known = departments_of_france().get(department.code)
        if known and department.academy != known.academy:
            department.academy = known.academy
            department.save(update_fields=["academy"])


class Migration(migrations.Migration):

    dependencies = [("places", "0008_network")]

    operations = [migrations.RunPython(correct, migrations.RunPython.noop)]
