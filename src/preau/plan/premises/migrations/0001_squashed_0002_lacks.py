import django.db.models.deletion
import preau.kit.ids
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('premises', '0001_initial'), ('premises', '0002_lacks')]

    initial = True

    dependencies = [
        ('places', '0011_written_holidays'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='Cabling',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('scope', models.CharField(choices=[('school', 'école'), ('room', 'local')], max_length=6, verbose_name='portée')),
                    ('done_on', models.DateField(verbose_name='câblé le')),
                    ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cablings', to='places.room', verbose_name='local')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cablings', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'câblage',
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('room', None), ('scope', 'school')), models.Q(('room__isnull', False), ('scope', 'room')), _connector='OR'), name='cabling_scope_has_room'), models.UniqueConstraint(condition=models.Q(('scope', 'school')), fields=('school',), name='cabling_once_per_school'), models.UniqueConstraint(condition=models.Q(('scope', 'room')), fields=('room',), name='cabling_once_per_room')],
                },
            ), migrations.CreateModel(
                name='CouncilNotice',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('subject', models.CharField(choices=[('wifi', 'installation du Wi-Fi'), ('project', 'projet numérique de l’école')], max_length=7, verbose_name='objet')),
                    ('held_on', models.DateField(verbose_name='conseil d’école du')),
                    ('reference', models.CharField(blank=True, max_length=200, verbose_name='référence')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='council_notices', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'information du conseil d’école',
                    'constraints': [models.UniqueConstraint(fields=('school', 'subject', 'held_on'), name='council_told_once_a_day')],
                },
            ), migrations.CreateModel(
                name='InclusionSite',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('option', models.CharField(choices=[('ulis', 'dispositif ULIS'), ('hearing', 'élèves sourds ou malentendants')], max_length=8, verbose_name='accueil')),
                    ('starts_on', models.DateField(verbose_name='depuis le')),
                    ('ended_on', models.DateField(blank=True, null=True, verbose_name='jusqu’au')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inclusion_sites', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'accueil d’élèves à besoins particuliers',
                    'constraints': [models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('starts_on')), _connector='OR'), name='inclusion_ends_after_it_starts'), models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('school', 'option'), name='inclusion_once_at_a_time')],
                },
            ), migrations.CreateModel(
                name='InternetLink',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('technology', models.CharField(choices=[('sdsl', 'SDSL'), ('fibre', 'fibre'), ('other', 'autre')], max_length=5, verbose_name='technologie')),
                    ('contracted_kbps', models.PositiveIntegerField(verbose_name='débit du contrat')),
                    ('measured_kbps', models.PositiveIntegerField(blank=True, null=True, verbose_name='débit mesuré')),
                    ('measured_on', models.DateField(blank=True, null=True, verbose_name='mesuré le')),
                    ('in_service_on', models.DateField(verbose_name='en service depuis le')),
                    ('ended_on', models.DateField(blank=True, null=True, verbose_name='arrêtée le')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='internet_links', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'liaison internet',
                    'indexes': [models.Index(fields=['school', 'in_service_on'], name='premises_in_school__e22702_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('contracted_kbps__gt', 0)), name='link_has_a_rate'), models.CheckConstraint(condition=models.Q(models.Q(('measured_kbps', None), ('measured_on', None)), models.Q(('measured_kbps__isnull', False), ('measured_on__isnull', False)), _connector='OR'), name='link_measure_has_its_day'), models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('in_service_on')), _connector='OR'), name='link_ends_after_it_starts')],
                },
            ), migrations.CreateModel(
                name='Lack',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('what', models.CharField(choices=[('link', 'liaison Internet'), ('school_cabled', 'câblage de l’école jusqu’à la baie'), ('rooms_cabled', 'salle câblée'), ('store', 'réserve sécurisée')], max_length=13, verbose_name='ce qui manque')),
                    ('seen_on', models.DateField(verbose_name='constaté le')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lacks', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'constat d’absence',
                    'constraints': [models.UniqueConstraint(fields=('school', 'what'), name='lack_once_per_school')],
                },
            )],
        ),
    ]
