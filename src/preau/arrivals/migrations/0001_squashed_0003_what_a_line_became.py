import django.db.models.deletion
import preau.kit.ids
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('arrivals', '0001_initial'), ('arrivals', '0002_sheet_job'), ('arrivals', '0003_what_a_line_became')]

    initial = True

    dependencies = [
        ('people', '0001_squashed_0018_text_segments'),
        ('places', '0001_squashed_0008_network'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='Decision',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('first_key', models.CharField(max_length=80, verbose_name='première clé')),
                    ('second_key', models.CharField(max_length=80, verbose_name='seconde clé')),
                    ('verdict', models.CharField(choices=[('same', 'une seule personne'), ('different', 'deux personnes'), ('became', 'la personne que la ligne est devenue')], max_length=9, verbose_name='réponse')),
                    ('decided_by_id', models.UUIDField(null=True, verbose_name='décidé par')),
                    ('decided_at', models.DateTimeField(verbose_name='décidé le')),
                    ('candidate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='people.person', verbose_name='personne comparée')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'réponse sur une ressemblance',
                    'constraints': [models.UniqueConstraint(fields=('school', 'first_key', 'second_key'), name='decision_once_per_pair')],
                },
            ), migrations.CreateModel(
                name='SheetJob',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('person_id', models.UUIDField(null=True, verbose_name='demandées par')),
                    ('asked_at', models.DateTimeField(verbose_name='demandées le')),
                    ('ready_at', models.DateTimeField(blank=True, null=True, verbose_name='prêtes le')),
                    ('state', models.CharField(choices=[('waiting', 'en attente'), ('making', 'en cours'), ('ready', 'prêtes'), ('dropped', 'supprimées')], default='waiting', max_length=8, verbose_name='état')),
                    ('layout', models.CharField(choices=[('page', 'une par page'), ('eight', 'huit par page, à découper')], default='eight', max_length=8, verbose_name='mise en page')),
                    ('with_pupils', models.BooleanField(default=False, verbose_name='aussi pour les élèves')),
                    ('renews_active', models.BooleanField(default=False, verbose_name='aussi pour les comptes déjà actifs')),
                    ('address', models.URLField(verbose_name='adresse de la première fois')),
                    ('total_count', models.PositiveIntegerField(default=0, verbose_name='fiches')),
                    ('done_count', models.PositiveIntegerField(default=0, verbose_name='fiches faites')),
                    ('codes_count', models.PositiveIntegerField(default=0, verbose_name='codes')),
                    ('path', models.CharField(blank=True, max_length=200, verbose_name='fichier')),
                    ('classroom', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sheet_jobs', to='places.classroom', verbose_name='classe')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sheet_jobs', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'fiches de connexion d’une classe',
                    'indexes': [models.Index(fields=['school', '-asked_at'], name='arrivals_sh_school__4fe33d_idx')],
                },
            ), migrations.CreateModel(
                name='Upload',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('school_year', models.CharField(max_length=9, verbose_name='année scolaire')),
                    ('person_id', models.UUIDField(null=True, verbose_name='déposés par')),
                    ('received_at', models.DateTimeField(verbose_name='déposés le')),
                    ('state', models.CharField(choices=[('received', 'reçus'), ('applied', 'appliqués'), ('dropped', 'abandonnés')], default='received', max_length=8, verbose_name='état')),
                    ('files', models.JSONField(default=list, verbose_name='fichiers')),
                    ('batch_id', models.UUIDField(blank=True, null=True, verbose_name='lot')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'dépôt de fichiers',
                    'indexes': [models.Index(fields=['school', '-received_at'], name='arrivals_up_school__e6dd76_idx')],
                },
            )],
        ),
    ]
