"""Schools that a city brings together."""

import django.db.models.deletion
import preau.kit.ids
import preau.kit.names
from django.db import migrations, models

from preau.kit.upgrades import keep_undoable

FIRST = ("id", "uai", "name", "slug", "sort_key", "kind", "city", "district")
LAST = (
    "address", "postcode", "phone", "email", "contact_source", "contact_as_of", "opened_on", "closed_on", "latitude",
    "longitude", "location_source", "is_fictitious", "source",
)
NOTE, TAKE_AGAIN = keep_undoable("places.School", before=(*FIRST, *LAST), after=(*FIRST, "network", *LAST))


class Migration(migrations.Migration):

    dependencies = [
        ('kit', '0001_initial'),
        ('places', '0007_afterschool'),
    ]

    operations = [
        migrations.CreateModel(
            name='Network',
            fields=[
                ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='nom')),
                ('sort_key', preau.kit.names.SortKeyField(editable=False, max_length=200, source=('name',))),
                ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='networks', to='places.city', verbose_name='ville')),
            ],
            options={
                'verbose_name': 'réseau d’écoles',
            },
        ),
        NOTE,
        migrations.AddField(
            model_name='school',
            name='network',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='schools', to='places.network', verbose_name='réseau'),
        ),
        TAKE_AGAIN,
        migrations.AddConstraint(
            model_name='network',
            constraint=models.UniqueConstraint(fields=('city', 'sort_key'), name='network_name_unique_in_city'),
        ),
    ]
