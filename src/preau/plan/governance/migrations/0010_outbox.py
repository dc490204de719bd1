"""What waits to leave by mail goes to the outbox (kit/mail)."""

from django.db import migrations
from django.utils import timezone


def queue_what_waits(apps, schema_editor):
    Invitation, Outgoing = apps.get_model("governance", "Invitation"), apps.get_model("kit", "Outgoing")
    now = timezone.now()
    waiting = Invitation.objects.filter(way="mail", session__planned_on__gte=timezone.localdate(now))
    told = waiting.filter(session__state__in=("convened", "pack_frozen"), told_at=None, claimed_at=None)
    dropped = waiting.filter(session__state="cancelled", told_at__isnull=False, called_off_at=None, change=0)
    for kind, rows in (("governance.convening", told), ("governance.calling_off", dropped)):
        for pk in rows.values_list("pk", flat=True):
            Outgoing.objects.create(kind=kind, key=f"{kind}:{pk}", ids=[str(pk)], queued_at=now, due_at=now)


class Migration(migrations.Migration):
    dependencies = [("governance", "0009_votes_told_apart"), ("kit", "0004_outbox")]
    operations = [
        migrations.RunPython(queue_what_waits, migrations.RunPython.noop),
        migrations.RemoveField(model_name="invitation", name="claimed_at"),
    ]
