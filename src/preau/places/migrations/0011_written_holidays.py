"""School holidays that no file tells, written by the operator with their source."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("places", "0010_classes_in_order"),
    ]

    operations = [
        migrations.AddField(
            model_name="department",
            name="holidays",
            field=models.TextField(blank=True, verbose_name="vacances scolaires écrites"),
        ),
        migrations.AddField(
            model_name="department",
            name="holidays_source",
            field=models.CharField(blank=True, max_length=200, verbose_name="source des vacances"),
        ),
        migrations.AddConstraint(
            model_name="department",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("holidays", ""), ("holidays_source", "")), models.Q(models.Q(("holidays", ""), _negated=True), models.Q(("holidays_source", ""), _negated=True)), _connector="OR"), name="department_holidays_have_a_source"),
        ),
    ]
