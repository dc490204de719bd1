"""The table of the cache is made with the others, so that `migrate` is all a base needs."""

from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("kit", "0002_scheduled_job")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
