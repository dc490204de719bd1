"""Nothing ever wrote a head count there: the pupils and classes of a school are facts of the plan, with their year."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("schools", "0004_record_number_label")]

    operations = [migrations.DeleteModel(name="Headcount")]
