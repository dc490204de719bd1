import django.db.models.deletion
import preau.kit.ids
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('places', '0001_initial'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='ClosedWeek',
                fields=[
                    ('week', models.CharField(max_length=8, primary_key=True, serialize=False, verbose_name='semaine')),
                    ('closed_at', models.DateTimeField(verbose_name='close le')),
                ],
                options={
                    'verbose_name': 'semaine close',
                },
            ), migrations.CreateModel(
                name='SpoolFile',
                fields=[
                    ('name', models.CharField(max_length=80, primary_key=True, serialize=False, verbose_name='nom')),
                    ('flushed_at', models.DateTimeField(verbose_name='lu le')),
                ],
                options={
                    'verbose_name': 'fichier de visites lu',
                },
            ), migrations.CreateModel(
                name='RawHit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('week', models.CharField(max_length=8, verbose_name='semaine')),
                    ('at', models.DateTimeField(verbose_name='instant')),
                    ('pseudonym', models.CharField(max_length=32, verbose_name='pseudonyme')),
                    ('profile', models.CharField(choices=[('eleve', 'élèves'), ('parent', 'parents'), ('enseignant', 'enseignantes et enseignants'), ('admin_vie_scol_tech', 'direction et autres personnels')], max_length=20, verbose_name='profil')),
                    ('service', models.CharField(max_length=40, verbose_name='service')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.city', verbose_name='ville')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'page vue',
                    'indexes': [models.Index(fields=['week', 'city', 'pseudonym', 'at'], name='usage_rawhi_week_83c12f_idx')],
                },
            ), migrations.CreateModel(
                name='WeekUse',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('week', models.CharField(db_index=True, max_length=8, verbose_name='semaine')),
                    ('profile', models.CharField(blank=True, choices=[('eleve', 'élèves'), ('parent', 'parents'), ('enseignant', 'enseignantes et enseignants'), ('admin_vie_scol_tech', 'direction et autres personnels')], max_length=20, verbose_name='profil')),
                    ('service', models.CharField(blank=True, max_length=40, verbose_name='service')),
                    ('visits_count', models.PositiveIntegerField(null=True, verbose_name='visites')),
                    ('users_count', models.PositiveIntegerField(null=True, verbose_name='utilisateurs')),
                    ('duration_seconds', models.PositiveIntegerField(null=True, verbose_name='durée')),
                    ('is_masked', models.BooleanField(default=False, verbose_name='masqué')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.city', verbose_name='ville')),
                    ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'usage d’une semaine',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('school__isnull', False)), fields=('school', 'week', 'profile', 'service'), name='week_use_once_per_school'), models.UniqueConstraint(condition=models.Q(('school', None)), fields=('city', 'week', 'profile', 'service'), name='week_use_once_per_city'), models.CheckConstraint(condition=models.Q(models.Q(('duration_seconds', None), ('is_masked', True), ('users_count', None), ('visits_count', None)), models.Q(('duration_seconds__isnull', False), ('is_masked', False), ('users_count__isnull', False), ('visits_count__isnull', False)), _connector='OR'), name='masked_use_holds_no_number')],
                },
            )],
        ),
    ]
