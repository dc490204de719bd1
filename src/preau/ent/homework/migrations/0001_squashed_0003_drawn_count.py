import django.db.models.deletion
import preau.kit.ids
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('homework', '0001_initial'), ('homework', '0002_files'), ('homework', '0003_drawn_count')]

    initial = True

    dependencies = [
        ('people', '0001_squashed_0018_text_segments'),
        ('places', '0001_squashed_0008_network'),
        ('spaces', '0011_search_text'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='Assignment',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('read', 'À lire'), ('learn', 'À apprendre'), ('bring', 'À apporter')], max_length=5, verbose_name='quoi')),
                    ('text', models.CharField(max_length=300, verbose_name='texte')),
                    ('first_on', models.DateField(verbose_name='pour le')),
                    ('last_on', models.DateField(verbose_name='dernière fois le')),
                    ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                    ('edited_at', models.DateTimeField(blank=True, null=True, verbose_name='changé le')),
                    ('publication', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='assignment', to='spaces.publication')),
                ],
                options={
                    'verbose_name': 'leçon',
                    'constraints': [models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='assignment_ends_after_it_begins')],
                },
            ), migrations.CreateModel(
                name='AssignmentFile',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=40, unique=True, verbose_name='nom du fichier')),
                    ('label', models.CharField(max_length=80, verbose_name='nom montré')),
                    ('kind', models.CharField(choices=[('pdf', 'PDF'), ('webp', 'image'), ('mp3', 'message vocal')], max_length=4, verbose_name='nature')),
                    ('weight', models.PositiveIntegerField(verbose_name='poids en octets')),
                    ('pages_count', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='pages')),
                    ('seconds_count', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='durée en secondes')),
                    ('sent_at', models.DateTimeField(verbose_name='envoyé le')),
                    ('cleared_at', models.DateTimeField(blank=True, null=True, verbose_name='admis le')),
                    ('ready_at', models.DateTimeField(blank=True, null=True, verbose_name='lisible depuis le')),
                    ('looks_count', models.PositiveSmallIntegerField(default=0, verbose_name='examens sans réponse')),
                    ('refused_at', models.DateTimeField(blank=True, null=True, verbose_name='refusé le')),
                    ('refusal', models.CharField(blank=True, max_length=200, verbose_name='raison du refus')),
                    ('drawn_count', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='pages dessinées')),
                    ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='homework.assignment', verbose_name='leçon')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.school', verbose_name='école')),
                    ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='joint par')),
                ],
                options={
                    'verbose_name': 'fichier joint à une leçon',
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(('ready_at', None), models.Q(('refused_at', None), ('cleared_at__isnull', False)), _connector='OR'), name='assignmentfile_ready_was_cleared'), models.CheckConstraint(condition=models.Q(models.Q(('refusal', ''), ('refused_at', None)), models.Q(('refused_at__isnull', False), models.Q(('refusal', ''), _negated=True)), _connector='OR'), name='assignmentfile_refused_says_why')],
                },
            ), migrations.CreateModel(
                name='DueDay',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('space_id', models.UUIDField(verbose_name='lieu où c’est dit')),
                    ('day', models.DateField(verbose_name='pour le')),
                    ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='annulé le')),
                    ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='due_days', to='homework.assignment', verbose_name='leçon')),
                ],
                options={
                    'verbose_name': 'jour d’une leçon',
                    'indexes': [models.Index(fields=['space_id', 'day'], name='due_day_of_a_week')],
                    'constraints': [models.UniqueConstraint(fields=('assignment', 'day'), name='due_day_once_in_an_assignment')],
                },
            ), migrations.CreateModel(
                name='Done',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('done_at', models.DateTimeField(verbose_name='fait le')),
                    ('pupil', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='homework_done', to='people.person', verbose_name='élève')),
                    ('due_day', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='done', to='homework.dueday', verbose_name='jour d’une leçon')),
                ],
                options={
                    'verbose_name': 'leçon faite',
                    'constraints': [models.UniqueConstraint(fields=('due_day', 'pupil'), name='done_once_by_a_pupil')],
                },
            )],
        ),
    ]
