"""A school of a programme without a candidature says why. Lines written before are told apart, not given a reason."""

from django.db import migrations, models

UNTOLD = "Motif non écrit à l’époque."


def say_untold(apps, schema_editor):
    entries = apps.get_model("priorities", "ProgrammeEntry").objects
    entries.filter(application=None, reason="").update(reason=UNTOLD)


class Migration(migrations.Migration):
    dependencies = [("priorities", "0005_why_a_programme_is_decided")]

    operations = [
        migrations.RunPython(say_untold, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="programmeentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("application__isnull", False), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="programme_without_candidature_says_why",
            ),
        ),
    ]
