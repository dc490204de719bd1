"""A rank the COPIL changed keeps the decision that changed it: that of its list."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def of_their_list(apps, schema_editor):
    ranks = apps.get_model("priorities", "CopilRank").objects
    lists = apps.get_model("priorities", "PriorityList").objects.filter(entries__copil_rank=OuterRef("pk"))
    ranks.update(decision_id=Subquery(lists.values("decision_id")[:1]))


class Migration(migrations.Migration):
    dependencies = [("priorities", "0003_answers_kept")]

    operations = [
        migrations.AddField("copilrank", "decision_id", models.UUIDField(null=True, verbose_name="décision")),
        migrations.RunPython(of_their_list, migrations.RunPython.noop),
        migrations.AlterField("copilrank", "decision_id", models.UUIDField(verbose_name="décision")),
    ]
