import datetime
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.lookups
import preau.kit.ids
import preau.kit.upgrades
import preau.plan.wifi.models
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('wifi', '0001_initial'), ('wifi', '0002_three_hours_at_most'), ('wifi', '0003_on_outside_read_alone'), ('wifi', '0004_years_of_wifi'), ('wifi', '0005_years_counted')]

    initial = True

    dependencies = [
        ('inventory', '0001_squashed_0009_asset_list_of_what_is_here'),
        ('people', '0001_squashed_0018_text_segments'),
        ('places', '0001_squashed_0008_network'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='WifiWindow',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('activity', models.CharField(choices=[('search', 'chercher et lire'), ('create', 'écrire ou créer'), ('practise', 's’exercer'), ('watch', 'écouter ou regarder'), ('exchange', 'échanger à distance'), ('other', 'autre activité de classe')], max_length=8, verbose_name='activité')),
                    ('opened_at', models.DateTimeField(verbose_name='allumé à')),
                    ('ends_at', models.DateTimeField(verbose_name='jusqu’à')),
                    ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='éteint à')),
                    ('ending', models.CharField(blank=True, choices=[('hand', 'éteint par l’école'), ('switch', 'éteint à la borne'), ('time', 'fin de la durée'), ('day', 'fin de la journée')], max_length=6, verbose_name='fin')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wifi_windows', to='places.city', verbose_name='ville')),
                    ('opened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='wifi_windows', to='people.person', verbose_name='allumé par')),
                    ('point', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='wifi_windows', to='inventory.asset', verbose_name='borne')),
                    ('room', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wifi_windows', to='places.room', verbose_name='local')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wifi_windows', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'séance de wi-fi',
                    'indexes': [models.Index(fields=['school', 'opened_at'], name='wifi_wifiwi_school__7b1393_idx'), models.Index(fields=['point', 'opened_at'], name='wifi_wifiwi_point_i_b9035c_idx'), models.Index(condition=models.Q(('ended_at', None)), fields=['school', 'ends_at'], name='wifi_on_in_school')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('room',), name='wifi_on_once_per_room'), models.UniqueConstraint(condition=models.Q(('ended_at', None), ('point__isnull', False)), fields=('point',), name='wifi_point_serves_one_room'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('opened_at'))), name='wifi_is_on_for_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ending', '')), models.Q(('ended_at__gte', models.F('opened_at')), ('ended_at__lte', models.F('ends_at')), models.Q(('ending', ''), _negated=True)), _connector='OR'), name='wifi_end_is_within_and_says_why'), models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(django.db.models.expressions.CombinedExpression(preau.plan.wifi.models.Epoch('ends_at'), '-', preau.plan.wifi.models.Epoch('opened_at')), 10800), name='wifi_is_on_three_hours_at_most')],
                },
            ), migrations.CreateModel(
                name='PointSignal',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('state', models.CharField(choices=[('on', 'allumée'), ('off', 'éteinte')], max_length=3, verbose_name='état')),
                    ('at', models.DateTimeField(verbose_name='depuis')),
                    ('received_at', models.DateTimeField(verbose_name='reçu à')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='point_signals', to='places.city', verbose_name='ville')),
                    ('point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='point_signals', to='inventory.asset', verbose_name='borne')),
                    ('window', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='signals', to='wifi.wifiwindow', verbose_name='séance de wi-fi')),
                ],
                options={
                    'verbose_name': 'relevé d’une borne',
                    'indexes': [models.Index(condition=models.Q(('state', 'on'), ('window', None)), fields=['point', 'at'], name='point_on_outside')],
                    'constraints': [models.UniqueConstraint(fields=('point', 'at'), name='point_says_one_thing_at_a_time')],
                },
            ), migrations.CreateModel(
                name='WifiYear',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('school_year', models.CharField(max_length=9, verbose_name='année scolaire')),
                    ('windows_count', models.PositiveIntegerField(default=0, verbose_name='séances')),
                    ('length', models.DurationField(default=datetime.timedelta, verbose_name='durée')),
                    ('measured_length', models.DurationField(default=datetime.timedelta, verbose_name='durée mesurée')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wifi_years', to='places.city', verbose_name='ville')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wifi_years', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'année de wi-fi',
                    'constraints': [models.UniqueConstraint(fields=('school', 'school_year'), name='wifi_year_once_per_school'), models.CheckConstraint(condition=models.Q(('measured_length__gte', datetime.timedelta(0)), ('measured_length__lte', models.F('length'))), name='wifi_year_measured_within_its_length')],
                },
            ), migrations.CreateModel(
                name='HookKey',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('digest', models.CharField(max_length=64, unique=True, verbose_name='empreinte')),
                    ('made_at', models.DateTimeField(verbose_name='faite le')),
                    ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='retirée le')),
                    ('minute', models.DateTimeField(blank=True, null=True, verbose_name='minute comptée')),
                    ('calls_count', models.PositiveSmallIntegerField(default=0, verbose_name='appels de cette minute')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hook_keys', to='places.city', verbose_name='ville')),
                ],
                options={
                    'verbose_name': 'clé des relevés de bornes',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('city',), name='hook_key_once_per_city')],
                },
            )],
        ),
    ]
