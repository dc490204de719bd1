"""The drafts of an inventory's sheet leave for plan.sheets with their table: nothing is written in the base."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('inventory', '0004_school_of_those_in_force'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel('AssetDraft')]),
    ]
