from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rollouts", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="rollout",
            name="reason",
            field=models.CharField(blank=True, default="", max_length=300, verbose_name="raison sans programme"),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="rollout",
            constraint=models.CheckConstraint(
                condition=models.Q(("programme_entry_id", None), ("reason", ""), _connector="OR"),
                name="rollout_reason_is_of_no_programme",
            ),
        ),
    ]
