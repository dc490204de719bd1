"""Importing a table used to publish the deck's kit as the city's own first version. Those classes are equipped, and
nobody said with what."""

import hashlib
import json

import django.db.models.deletion
from django.core.serializers.json import DjangoJSONEncoder
from django.db import migrations, models

BORROWED = "Équipement type du diaporama 2018, repris à l’import"
ITS_OWN = "poitiers"  # the city of that deck
FIELDS = (
    "id", "school", "label", "label_key", "kit", "accepted_on", "day_is_known", "source", "quality", "withdrawn_at",
    "withdrawn_reason",
)  # fmt: skip


def say_not_detailed(apps, schema_editor):
    """Takes a borrowed kit away where that is safe: nothing but imported classes points to it, and no hand changed
    them since. Anywhere else it stays, and the page of kits shows its source. Imports can still be undone."""
    kits = apps.get_model("equipment", "StandardKit").objects.filter(source=BORROWED, quality="deck", version=1)
    for kit in kits.select_related("city"):
        made = _imported(apps, kit)
        if kit.city.name.strip().lower() == ITS_OWN or made is None or _is_used(kit):
            continue
        for acceptance, change in made:
            acceptance.kit_id = None
            acceptance.save(update_fields=["kit"])
            change.after = _digest(change.batch_id, acceptance)
            change.save(update_fields=["after"])
        rows = [kit.pk, *kit.lines.values_list("pk", flat=True)]
        apps.get_model("kit", "Change").objects.filter(row_id__in=rows).delete()
        kit.lines.all().delete()
        kit.delete()


def _imported(apps, kit):
    """[(class received with it, the change that made it)]; None when one came or was changed by another way."""
    changes, entries = apps.get_model("kit", "Change").objects, apps.get_model("journal", "Entry").objects
    pairs = []
    for acceptance in apps.get_model("equipment", "Acceptance").objects.filter(kit=kit):
        change = changes.filter(row_id=acceptance.pk, verb="create").first()
        is_sealed = entries.filter(object_id=acceptance.pk).exists()
        if change is None or is_sealed or change.after != _digest(change.batch_id, acceptance):
            return None
        pairs.append((acceptance, change))
    return pairs


def _is_used(kit):
    """Whether a roll-out, a programme or an answer points to it."""
    others = [each for each in kit._meta.related_objects if each.related_model._meta.app_label != "equipment"]
    return any(each.related_model.objects.filter(**{each.field.name: kit}).exists() for each in others)


def _digest(batch_id, row):
    """As kit.batches keeps it."""
    fields = [row._meta.get_field(name) for name in FIELDS]
    values = [str(batch_id), *(field.get_prep_value(getattr(row, field.attname)) for field in fields)]
    return hashlib.sha256(json.dumps(values, cls=DjangoJSONEncoder).encode()).hexdigest()[:32]


class Migration(migrations.Migration):
    dependencies = [
        ("equipment", "0009_expenses_have_a_kind"),
        ("journal", "0001_initial"),
        ("kit", "0001_initial"),
        ("places", "0003_where_schools_are"),
    ]

    operations = [
        migrations.AlterField(
            model_name="acceptance",
            name="kit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acceptances",
                to="equipment.standardkit",
                verbose_name="équipement type",
            ),
        ),
        migrations.AddConstraint(
            model_name="acceptance",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kit", None), ("withdrawn_at", None)),
                fields=("school", "label_key"),
                name="class_accepted_once_without_a_kit",
            ),
        ),
        migrations.RunPython(say_not_detailed, migrations.RunPython.noop),
    ]
