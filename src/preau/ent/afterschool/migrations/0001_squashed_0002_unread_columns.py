import django.db.models.deletion
import preau.kit.ids
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('afterschool', '0001_initial'), ('afterschool', '0002_unread_columns')]

    initial = True

    dependencies = [
        ('people', '0001_squashed_0018_text_segments'),
        ('places', '0001_squashed_0008_network'),
        ('schools', '0001_squashed_0009_said_by_the_site'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='ServiceFile',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('file_name', models.CharField(max_length=200, verbose_name='fichier')),
                    ('file_digest', models.CharField(max_length=64, verbose_name='empreinte')),
                    ('person_id', models.UUIDField(null=True, verbose_name='déposé par')),
                    ('received_at', models.DateTimeField(verbose_name='déposé le')),
                    ('problems', models.JSONField(default=list, verbose_name='lignes à revoir')),
                    ('applied_at', models.DateTimeField(blank=True, null=True, verbose_name='appliqué le')),
                    ('batch_id', models.UUIDField(blank=True, null=True, verbose_name='lot')),
                    ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='annulé le')),
                    ('unread', models.JSONField(default=list, verbose_name='colonnes non lues')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='service_files', to='places.city', verbose_name='ville')),
                ],
                options={
                    'verbose_name': 'fichier des services périscolaires',
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('applied_at', None), ('batch_id', None)), models.Q(('applied_at__isnull', False), ('batch_id__isnull', False)), _connector='OR'), name='service_file_applied_with_its_batch'), models.CheckConstraint(condition=models.Q(('undone_at', None), ('applied_at__isnull', False), _connector='OR'), name='service_file_undone_once_applied')],
                },
            ), migrations.CreateModel(
                name='ServiceLine',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('number', models.PositiveIntegerField(verbose_name='ligne')),
                    ('last_name', models.CharField(max_length=80, verbose_name='nom')),
                    ('first_name', models.CharField(max_length=80, verbose_name='prénom')),
                    ('birth_date', models.DateField(blank=True, null=True, verbose_name='date de naissance')),
                    ('days', models.CharField(max_length=7, verbose_name='jours')),
                    ('starts_on', models.DateField(blank=True, null=True, verbose_name='du')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                    ('fetched_by', models.CharField(blank=True, max_length=200, verbose_name='repart avec')),
                    ('name_key', models.CharField(max_length=200, verbose_name='clé de comparaison')),
                    ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='décidé par l’école le')),
                    ('set_aside_at', models.DateTimeField(blank=True, null=True, verbose_name='laissé de côté le')),
                    ('enrolment_id', models.UUIDField(blank=True, null=True, verbose_name='inscription faite par l’école')),
                    ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.activity', verbose_name='service')),
                    ('child', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='service_lines', to='people.person', verbose_name='enfant')),
                    ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='afterschool.servicefile', verbose_name='fichier')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'ligne du fichier des services',
                    'indexes': [models.Index(fields=['school', 'name_key'], name='afterschool_school__7e798b_idx')],
                    'constraints': [models.UniqueConstraint(fields=('file', 'number'), name='service_line_once_in_its_file'), models.CheckConstraint(condition=models.Q(('set_aside_at', None), ('child', None), _connector='OR'), name='service_line_set_aside_is_nobody')],
                },
            )],
        ),
    ]
