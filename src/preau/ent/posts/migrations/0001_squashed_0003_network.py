import django.db.models.deletion
import preau.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('posts', '0001_initial'), ('posts', '0002_families_alone'), ('posts', '0003_network')]

    initial = True

    dependencies = [
        ('people', '0001_squashed_0018_text_segments'),
        ('spaces', '0001_squashed_0010_network'),
    ]

    operations = [
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('scope', models.CharField(choices=[('class', 'les familles et les élèves de la classe'), ('group', 'les familles et les élèves du groupe'), ('school', 'toute l’école\xa0: familles, élèves et adultes'), ('families', 'les familles seulement, sans les élèves'), ('staff', 'les adultes de l’école'), ('public', 'tout le monde, sur le site de l’école'), ('network', 'les écoles du réseau\xa0: familles et adultes'), ('city', 'toutes les écoles de la Ville')], max_length=8, verbose_name='pour')),
                ('text', models.TextField(blank=True, max_length=5000, verbose_name='texte')),
                ('html', models.TextField(blank=True, verbose_name='texte mis en forme')),
                ('edited_at', models.DateTimeField(blank=True, null=True, verbose_name='changé le')),
                ('no_child_declared_at', models.DateTimeField(blank=True, null=True, verbose_name='«\xa0aucun enfant reconnaissable\xa0» dit le')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmé le')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='confirmé par')),
                ('publication', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='post', to='spaces.publication', verbose_name='publication')),
            ],
            options={
                'verbose_name': 'publication de la vie d’un espace',
                'constraints': [models.CheckConstraint(condition=models.Q(('confirmed_at', None), ('scope', 'public'), _connector='OR'), name='post_confirmed_only_when_public')],
            },
        ),
    ]
