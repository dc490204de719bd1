"""What a school noted is a pupil's, not of the adult who wrote it: the journal says who."""

from django.db import migrations


def untie(apps, schema_editor):
    apps.get_model("attendance", "Absence").objects.filter(way="school").update(told_by=None)


class Migration(migrations.Migration):
    dependencies = [("attendance", "0001_initial")]

    operations = [migrations.RunPython(untie, migrations.RunPython.noop)]
