"""Urgent mots, and large ones that their sender confirms."""

from django.db import migrations, models
from django.db.models import F


def confirm(apps, schema_editor):
    """What waits for its hour was sent by its author."""
    notes = apps.get_model("notes", "Note")
    notes.objects.filter(due_at__isnull=False).update(confirmed_at=F("due_at"))


class Migration(migrations.Migration):
    dependencies = [("notes", "0002_asked_on_paper")]
    operations = [
        migrations.AddField(
            "note", "urgent_reason", models.CharField("raison de l’urgence", max_length=200, blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField("note", "confirmed_at", models.DateTimeField("envoi confirmé le", null=True, blank=True)),
        migrations.RunPython(confirm, migrations.RunPython.noop, elidable=True),
    ]
