"""Only the team of a site changes a day: who said it is in the journal."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("schools", "0008_activities")]

    operations = [migrations.RemoveField(model_name="activitychange", name="said_from")]
