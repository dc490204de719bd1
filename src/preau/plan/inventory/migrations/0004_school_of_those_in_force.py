"""A retirement in force has the school of its asset; of one cancelled before, the school of that day is not known."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    assets = apps.get_model("inventory", "Asset").objects.filter(pk=OuterRef("asset"))
    apps.get_model("inventory", "Retirement").objects.filter(cancelled_at=None).update(
        school=Subquery(assets.values("school")[:1]), funding=Subquery(assets.values("funding")[:1])
    )


class Migration(migrations.Migration):

    dependencies = [("inventory", "0003_retirement_of_that_day")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
