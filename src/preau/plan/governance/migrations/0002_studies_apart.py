"""Options compared and laboratories move to a room of their own; decisions point to ambitions."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ambitions", "0001_initial"), ("governance", "0001_committees")]

    operations = [
        migrations.RemoveConstraint("comparison", "comparison_state_has_its_acts"),
        migrations.RemoveField("comparison", "choice"),
        migrations.DeleteModel("Mark"),
        migrations.DeleteModel("Criterion"),
        migrations.DeleteModel("Option"),
        migrations.DeleteModel("Comparison"),
        migrations.DeleteModel("CohortReview"),
        migrations.DeleteModel("CohortQuestion"),
        migrations.DeleteModel("Cohort"),
        migrations.AddField(
            model_name="decision",
            name="ambitions",
            field=models.ManyToManyField(
                related_name="decisions", to="ambitions.ambition", verbose_name="ambitions"
            ),
        ),
    ]
