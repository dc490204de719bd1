from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("equipment", "0005_acceptances_of_a_school"),
    ]

    operations = [
        migrations.AddField(
            model_name="acceptance",
            name="withdrawn_reason",
            field=models.CharField(blank=True, default="", max_length=400, verbose_name="raison du retrait"),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="acceptance",
            constraint=models.CheckConstraint(
                condition=models.Q(("withdrawn_reason", ""), ("withdrawn_at__isnull", False), _connector="OR"),
                name="acceptance_withdrawn_with_its_day",
            ),
        ),
    ]
