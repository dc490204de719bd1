"""`activity_number` was taken for `task_number`: it counts what is given, words changed included. The column stays."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("lessons", "0014_has_script")]

    operations = [
        migrations.AlterField(
            model_name="lesson",
            name="activity_number",
            field=models.PositiveIntegerField(
                db_column="activity_number", default=1, verbose_name="numéro de ce qui est donné"
            ),
        ),
        migrations.RenameField(model_name="lesson", old_name="activity_number", new_name="given_number"),
    ]
