"""A message needs no subject: its first words are its title, and nothing is there when it was only spoken."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("mail", "0002_reported_things"),
    ]

    operations = [
        migrations.AlterField(
            model_name="conversation",
            name="subject",
            field=models.CharField(blank=True, max_length=120, verbose_name="objet"),
        ),
        migrations.AlterField(
            model_name="report",
            name="subject",
            field=models.CharField(blank=True, max_length=120, verbose_name="objet, tel qu’il était"),
        ),
    ]
