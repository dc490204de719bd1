"""The drafts of the city's sheet are of the room `sheets` now; their table stays as it is."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('equipment', '0003_kinds_of_kit_lines'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name='PlanDraft')],
        ),
    ]
