"""Three levels of a telling instead of two."""

from django.db import migrations, models


def keep_urgent(apps, schema_editor):
    apps.get_model("notify", "Notice").objects.filter(urgent=True).update(level="urgent")


class Migration(migrations.Migration):
    dependencies = [("notify", "0004_push_device")]
    operations = [
        migrations.AddField(
            "notice",
            "level",
            models.CharField(
                "niveau",
                max_length=6,
                choices=[("info", "à lire"), ("sign", "à signer"), ("urgent", "urgent")],
                default="sign",
            ),
        ),
        migrations.RunPython(keep_urgent, migrations.RunPython.noop, elidable=True),
        migrations.RemoveConstraint("notice", "urgent_notice_says_why"),
        migrations.RemoveField("notice", "urgent"),
        migrations.AddConstraint(
            "notice",
            models.CheckConstraint(
                condition=models.Q(level="urgent") & ~models.Q(reason="")
                | ~models.Q(level="urgent") & models.Q(reason=""),
                name="urgent_notice_says_why",
            ),
        ),
    ]
