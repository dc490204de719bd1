import django.db.models.deletion
import preau.kit.ids
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('comments', '0001_initial'), ('comments', '0002_reported_things')]

    initial = True

    dependencies = [
        ('people', '0001_squashed_0018_text_segments'),
        ('spaces', '0011_search_text'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='Discussion',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('opened_at', models.DateTimeField(verbose_name='ouverte le')),
                    ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='fermée le')),
                    ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='ouverte par')),
                    ('publication', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='discussion', to='spaces.publication', verbose_name='sur')),
                ],
                options={
                    'verbose_name': 'publication ouverte aux commentaires',
                },
            ), migrations.CreateModel(
                name='Comment',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('profile', models.CharField(choices=[('families', 'les familles'), ('pupils', 'les élèves'), ('adults', 'les adultes')], max_length=8, verbose_name='au titre de')),
                    ('text', models.CharField(max_length=500, verbose_name='texte')),
                    ('state', models.CharField(choices=[('waiting', 'À relire par la classe'), ('shown', 'montré'), ('refused', 'Pas montré'), ('withdrawn', 'Retiré')], default='waiting', max_length=9, verbose_name='état')),
                    ('written_at', models.DateTimeField(verbose_name='écrit le')),
                    ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='décidé le')),
                    ('hidden_at', models.DateTimeField(blank=True, null=True, verbose_name='caché, signalé, le')),
                    ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='people.person', verbose_name='auteur')),
                    ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='décidé par')),
                    ('publication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='spaces.publication', verbose_name='sur')),
                ],
                options={
                    'verbose_name': 'commentaire d’une publication',
                    'indexes': [models.Index(fields=['publication', 'written_at'], name='comment_of_a_publication'), models.Index(condition=models.Q(('state', 'waiting')), fields=['publication'], name='comment_to_read')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='comment_decided_has_its_date'), models.CheckConstraint(condition=models.Q(('hidden_at', None), ('state', 'waiting'), _connector='OR'), name='comment_hidden_waits_for_the_team')],
                },
            )],
        ),
    ]
