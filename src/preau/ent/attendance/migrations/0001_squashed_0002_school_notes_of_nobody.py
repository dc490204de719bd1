import django.db.models.deletion
import preau.kit.ids
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('attendance', '0001_initial'), ('attendance', '0002_school_notes_of_nobody')]

    initial = True

    dependencies = [
        ('people', '0001_squashed_0018_text_segments'),
        ('places', '0001_squashed_0008_network'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='RollCall',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('day', models.DateField(verbose_name='jour')),
                    ('half', models.CharField(choices=[('am', 'matin'), ('pm', 'après-midi')], max_length=2, verbose_name='demi-journée')),
                    ('pupils_count', models.PositiveIntegerField(verbose_name='élèves inscrits')),
                    ('taken_at', models.DateTimeField(verbose_name='appel fait le')),
                    ('changed_at', models.DateTimeField(blank=True, null=True, verbose_name='corrigé le')),
                    ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                    ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='corrigé par')),
                    ('classroom', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roll_calls', to='places.classroom', verbose_name='classe')),
                    ('taken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='appel fait par')),
                ],
                options={
                    'verbose_name': 'appel',
                    'indexes': [models.Index(fields=['day', 'half'], name='attendance__day_397bd6_idx')],
                    'constraints': [models.UniqueConstraint(fields=('classroom', 'day', 'half'), name='roll_call_once_a_half_day')],
                },
            ), migrations.CreateModel(
                name='Missing',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('absent', 'absent'), ('late', 'en retard')], max_length=6, verbose_name='constat')),
                    ('marked_at', models.DateTimeField(verbose_name='noté le')),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='corrigé le')),
                    ('called_count', models.PositiveIntegerField(blank=True, null=True, verbose_name='responsables appelés')),
                    ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='premier envoi parti le')),
                    ('pupil', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='missed', to='people.person', verbose_name='élève')),
                    ('roll_call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='missing', to='attendance.rollcall', verbose_name='appel')),
                ],
                options={
                    'verbose_name': 'absence relevée',
                    'constraints': [models.UniqueConstraint(fields=('roll_call', 'pupil'), name='missing_once_a_roll_call'), models.CheckConstraint(condition=models.Q(('withdrawn_at', None), ('withdrawn_at__gte', models.F('marked_at')), _connector='OR'), name='missing_put_right_after_marked')],
                },
            ), migrations.CreateModel(
                name='Absence',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('starts_on', models.DateField(verbose_name='du')),
                    ('first_half', models.CharField(choices=[('am', 'matin'), ('pm', 'après-midi')], default='am', max_length=2, verbose_name='dès le')),
                    ('ends_on', models.DateField(verbose_name='au')),
                    ('last_half', models.CharField(choices=[('am', 'matin'), ('pm', 'après-midi')], default='pm', max_length=2, verbose_name='jusqu’au')),
                    ('reason', models.CharField(blank=True, choices=[('illness', 'enfant malade'), ('contagion', 'maladie contagieuse dans la famille'), ('gathering', 'réunion de famille importante'), ('transport', 'trajet empêché'), ('following', 'parents en déplacement, l’enfant les suit'), ('other', 'autre raison')], max_length=9, verbose_name='raison')),
                    ('way', models.CharField(choices=[('family', 'dit par la famille'), ('school', 'noté par l’école')], default='family', max_length=6, verbose_name='su par')),
                    ('told_at', models.DateTimeField(verbose_name='dit le')),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='retiré le')),
                    ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to='people.person', verbose_name='élève')),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='told_absences', to='people.person', verbose_name='écrit par')),
                ],
                options={
                    'verbose_name': 'absence dite',
                    'indexes': [models.Index(fields=['child', 'ends_on'], name='attendance__child_i_1209d8_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on')), models.Q(('ends_on', models.F('starts_on')), ('last_half__gte', models.F('first_half'))), _connector='OR'), name='absence_ends_after_it_starts')],
                },
            ), migrations.CreateModel(
                name='FollowUp',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('month', models.DateField(verbose_name='mois')),
                    ('halves_count', models.PositiveIntegerField(verbose_name='demi-journées sans raison')),
                    ('outcome', models.CharField(choices=[('met', 'famille rencontrée'), ('called', 'famille jointe au téléphone'), ('written', 'courrier à la famille'), ('reported', 'dossier transmis à l’IEN'), ('excused', 'raison reçue et acceptée')], max_length=8, verbose_name='suite')),
                    ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                    ('closed_at', models.DateTimeField(verbose_name='noté le')),
                    ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='noté par')),
                    ('pupil', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absence_follow_ups', to='people.person', verbose_name='élève')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absence_follow_ups', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'suite d’absences',
                    'constraints': [models.UniqueConstraint(fields=('pupil', 'school', 'month'), name='absences_followed_once_a_month')],
                },
            )],
        ),
    ]
