import django.db.models.deletion
import preau.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('ambitions', '0001_initial'), ('ambitions', '0002_axis_of_any_city')]

    initial = True

    dependencies = [
        ('places', '0001_squashed_0008_network'),
    ]

    operations = [
        migrations.CreateModel(
            name='Ambition',
            fields=[
                ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(max_length=40, verbose_name='code')),
                ('label', models.CharField(max_length=160, verbose_name='ambition')),
                ('kind', models.CharField(choices=[('peg_axis', 'axe du projet éducatif'), ('plan', 'ambition du plan numérique')], max_length=8, verbose_name='nature')),
                ('source', models.CharField(max_length=300, verbose_name='source')),
                ('position', models.PositiveSmallIntegerField(verbose_name='rang')),
                ('retired_on', models.DateField(blank=True, null=True, verbose_name='abandonnée le')),
                ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ambitions', to='places.city', verbose_name='ville')),
            ],
            options={
                'verbose_name': 'ambition',
                'constraints': [models.UniqueConstraint(fields=('city', 'code'), name='ambition_code_once_per_city')],
            },
        ),
    ]
