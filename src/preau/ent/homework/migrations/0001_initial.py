import django.db.models.deletion
import preau.kit.ids
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0018_text_segments'),
        ('spaces', '0010_network'),
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
