import django.db.models.deletion
import preau.kit.ids
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('agenda', '0001_initial'), ('agenda', '0002_appointments'), ('agenda', '0003_calendar_feed'), ('agenda', '0004_council')]

    initial = True

    dependencies = [
        ('people', '0001_squashed_0018_text_segments'),
        ('places', '0001_squashed_0008_network'),
        ('spaces', '0001_squashed_0010_network'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='CalendarFeed',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('token_hash', models.CharField(max_length=64, unique=True, verbose_name='empreinte de l’adresse')),
                    ('made_at', models.DateTimeField(verbose_name='faite le')),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feed', to='people.person', verbose_name='personne')),
                ],
                options={
                    'verbose_name': 'adresse d’abonnement à l’agenda',
                },
            ), migrations.CreateModel(
                name='Event',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('space_id', models.UUIDField(verbose_name='lieu où c’est dit')),
                    ('scope', models.CharField(choices=[('all', 'les familles, les élèves et les adultes'), ('families', 'les familles et les adultes, sans les élèves'), ('staff', 'les adultes de l’école'), ('public', 'tout le monde, et sur le site de l’école')], max_length=8, verbose_name='pour')),
                    ('title', models.CharField(max_length=80, verbose_name='titre')),
                    ('first_on', models.DateField(verbose_name='premier jour')),
                    ('last_on', models.DateField(verbose_name='dernier jour')),
                    ('begins_at', models.TimeField(blank=True, null=True, verbose_name='à partir de')),
                    ('ends_at', models.TimeField(blank=True, null=True, verbose_name='jusqu’à')),
                    ('where', models.CharField(blank=True, max_length=80, verbose_name='où')),
                    ('text', models.CharField(blank=True, max_length=300, verbose_name='à savoir')),
                    ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                    ('edited_at', models.DateTimeField(blank=True, null=True, verbose_name='changé le')),
                    ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='annulé le')),
                    ('publication', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='event', to='spaces.publication', verbose_name='publication')),
                ],
                options={
                    'verbose_name': 'événement de l’agenda',
                    'indexes': [models.Index(fields=['space_id', 'last_on'], name='event_to_come')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='event_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('ends_at', None), models.Q(('begins_at__isnull', False), models.Q(('last_on__gt', models.F('first_on')), ('ends_at__gt', models.F('begins_at')), _connector='OR')), _connector='OR'), name='event_hours_in_order')],
                },
            ), migrations.CreateModel(
                name='Council',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('items', models.TextField(max_length=3000, verbose_name='ordre du jour')),
                    ('members', models.TextField(max_length=3000, verbose_name='composition')),
                    ('convened_at', models.DateTimeField(verbose_name='convoqué le')),
                    ('minutes', models.TextField(blank=True, max_length=20000, verbose_name='procès-verbal')),
                    ('final_at', models.DateTimeField(blank=True, null=True, verbose_name='définitif le')),
                    ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                    ('convened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='convoqué par')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='councils', to='places.school', verbose_name='école')),
                    ('event', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='council', to='agenda.event', verbose_name='événement')),
                ],
                options={
                    'verbose_name': 'conseil d’école',
                    'constraints': [models.CheckConstraint(condition=models.Q(('final_at', None), models.Q(('minutes', ''), _negated=True), _connector='OR'), name='final_minutes_say_something')],
                },
            ), migrations.CreateModel(
                name='Round',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('event', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='round', to='agenda.event', verbose_name='événement')),
                ],
                options={
                    'verbose_name': 'série de rendez-vous',
                },
            ), migrations.CreateModel(
                name='Slot',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('starts_at', models.DateTimeField(verbose_name='à partir de')),
                    ('ends_at', models.DateTimeField(verbose_name='jusqu’à')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='agenda.round', verbose_name='série')),
                ],
                options={
                    'verbose_name': 'créneau de rendez-vous',
                    'constraints': [models.UniqueConstraint(fields=('round', 'starts_at'), name='slot_once_per_round'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='slot_ends_after_it_starts')],
                },
            ), migrations.CreateModel(
                name='Appointment',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('wish', models.CharField(blank=True, max_length=80, verbose_name='comment')),
                    ('taken_at', models.DateTimeField(verbose_name='pris le')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person', verbose_name='enfant')),
                    ('guardian', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appointments', to='people.person', verbose_name='responsable')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appointments', to='agenda.round', verbose_name='série')),
                    ('slot', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='appointment', to='agenda.slot', verbose_name='créneau')),
                ],
                options={
                    'verbose_name': 'rendez-vous',
                    'constraints': [models.UniqueConstraint(fields=('round', 'child', 'guardian'), name='appointment_once_per_guardian_and_child')],
                },
            )],
        ),
    ]
