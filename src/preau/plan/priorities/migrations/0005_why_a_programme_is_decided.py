from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("priorities", "0004_copil_ranks_of_a_decision")]

    operations = [
        migrations.AddField(
            model_name="programme",
            name="decision_reason",
            field=models.TextField(blank=True, max_length=2000, verbose_name="motif de la décision"),
        ),
    ]
