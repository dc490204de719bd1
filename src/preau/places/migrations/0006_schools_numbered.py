"""Schools of one name that nothing tells apart are numbered: « Jules Ferry (1) », « Jules Ferry (2) »."""

import importlib

from django.db import migrations

tell_apart = importlib.import_module("preau.places.migrations.0005_schools_told_apart").tell_apart


class Migration(migrations.Migration):
    dependencies = [("places", "0005_schools_told_apart")]

    operations = [migrations.RunPython(tell_apart, migrations.RunPython.noop, elidable=True)]
