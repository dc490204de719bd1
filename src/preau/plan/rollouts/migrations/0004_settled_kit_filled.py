"""What the COPIL settled is written on the roll-outs of before, and those that said no reason say that none was asked."""

from django.db import migrations
from django.db.models import Q

from preau.kit.upgrades import refuse_rows

UNSAID = "Raison non demandée à l’ouverture."


def fill(apps, schema_editor):
    """An entry that is no longer there settled the kit that was opened: nothing says another."""
    rollouts = apps.get_model("rollouts", "Rollout").objects
    settled = apps.get_model("priorities", "ProgrammeEntry").objects.values_list("pk", "kit_id")
    of_programmes = rollouts.filter(programme_entry_id__isnull=False)
    settled = dict(settled.filter(pk__in=of_programmes.values("programme_entry_id")))
    for rollout in of_programmes.iterator():
        rollout.settled_kit_id = settled.get(rollout.programme_entry_id, rollout.kit_id)
        rollout.reason = "" if rollout.settled_kit_id == rollout.kit_id else UNSAID
        rollout.save(update_fields=["settled_kit", "reason"])
    rollouts.filter(programme_entry_id=None, reason="").update(reason=UNSAID)


def refuse_too_many_classes(apps, schema_editor):
    """Says which roll-outs to mend first, where the constraint would only say its name."""
    rows = apps.get_model("rollouts", "Rollout").objects.filter(Q(classes_count__gt=60) | Q(classes_count__lt=1))
    refuse_rows(
        [
            f"{row.school.name}, déploiement ouvert le {row.opened_on} (ligne {row.pk})\u00a0: {row.classes_count} classes"
            for row in rows.select_related("school").order_by("opened_on", "id")
        ],
        what="Un déploiement équipe plus de 60 classes, et Préau ne l’admet plus.",
        mend="Corrigez classes_count dans la base, puis recommencez.",
    )


class Migration(migrations.Migration):

    dependencies = [
        ("priorities", "0006_outside_a_candidature_says_why"),
        ("rollouts", "0003_settled_kit"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(refuse_too_many_classes, migrations.RunPython.noop),
    ]
