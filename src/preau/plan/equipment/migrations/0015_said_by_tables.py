"""What tables imported before now said of schools they give no class to is kept as said; the schools that a first table
did not name need no line of their own any more: nobody said anything of them, and they read so."""

from django.db import migrations
from django.utils import timezone


def keep_what_tables_said(apps, schema_editor):
    Acceptance, Batch, Fact, LeftOut, School = (
        apps.get_model(label)
        for label in (
            "equipment.Acceptance", "kit.Batch", "equipment.Fact", "equipment.LeftOut", "places.School",
        )
    )  # fmt: skip
    received = Acceptance.objects.filter(withdrawn_at=None).values("school")
    left_out = LeftOut.objects.filter(settled_at=None).exclude(school=None).values("school")
    batches = Batch.objects.filter(kind="plan", undone_at=None).order_by("applied_at")
    first = {}
    for batch in batches:
        if batch.counts.get("acceptances", {}).get("created"):
            first.setdefault(batch.scope.removeprefix("city:"), batch)
    for city, batch in first.items():
        told = School.objects.filter(city=city).exclude(pk__in=received).exclude(pk__in=left_out)
        Fact.objects.bulk_create(
            Fact(
                city_id=school.city_id, school=school, measure="none_received", value=0, quality="declared",
                as_of=timezone.localdate(batch.applied_at), source="tableau de la Ville",
            )
            for school in told.order_by("pk")
        )  # fmt: skip
    LeftOut.objects.filter(line=None, settled_at=None).update(settled_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [
        ("equipment", "0014_none_received"),
        ("kit", "0001_squashed_0005_worker_lease"),
        ("places", "0009_academies_by_code"),
    ]
    operations = [migrations.RunPython(keep_what_tables_said, migrations.RunPython.noop)]
