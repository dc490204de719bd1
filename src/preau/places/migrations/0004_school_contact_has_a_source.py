"""A school's address and contact have a source and a day; two columns have become facts (plan.equipment 0011)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0003_where_schools_are")]

    operations = [
        migrations.RemoveField(model_name="school", name="floors_count"),
        migrations.RemoveField(model_name="school", name="priority_education"),
        migrations.AddField(
            model_name="school",
            name="contact_as_of",
            field=models.DateField(blank=True, null=True, verbose_name="adresse et contact écrits le"),
        ),
        migrations.AddField(
            model_name="school",
            name="contact_source",
            field=models.CharField(blank=True, max_length=200, verbose_name="source de l’adresse et du contact"),
        ),
    ]
