"""Schools of one name in one city read « Montmidi, maternelle » wherever they are listed."""

from django.db import migrations

import preau.places.namesakes

BY = ("get_kind_display", "address", "uai")


def tell_apart(apps, schema_editor):
    School = apps.get_model("places", "School")
    cities = {}
    for school in School.objects.order_by("id"):
        cities.setdefault(school.city_id, []).append(school)
    for schools in cities.values():
        told = preau.places.namesakes.told_apart(schools, BY)
        for school in schools:
            school.shown_name = told[school.pk]
        School.objects.bulk_update(schools, ["shown_name"], batch_size=100)


class Migration(migrations.Migration):
    dependencies = [("places", "0004_school_contact_has_a_source")]

    operations = [
        migrations.AddField(
            model_name="school",
            name="shown_name",
            field=preau.places.namesakes.ShownNameField(
                default="", editable=False, max_length=360, verbose_name="nom parmi ses homonymes"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(tell_apart, migrations.RunPython.noop, elidable=True),
    ]
