import django.db.models.deletion
import preau.kit.ids
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('schools', '0001_initial'), ('schools', '0002_former_person'), ('schools', '0003_authority_unknown_feminine'), ('schools', '0004_record_number_label'), ('schools', '0005_no_headcount'), ('schools', '0006_families_opening'), ('schools', '0007_insurance'), ('schools', '0008_activities'), ('schools', '0009_said_by_the_site')]

    initial = True

    dependencies = [
        ('people', '0001_squashed_0018_text_segments'),
        ('places', '0001_squashed_0008_network'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='Activity',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('morning', 'accueil du matin'), ('canteen', 'cantine'), ('study', 'étude'), ('evening', 'accueil du soir'), ('wednesday', 'mercredi')], max_length=9, verbose_name='service')),
                    ('afterschool', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='places.afterschool', verbose_name='site périscolaire')),
                ],
                options={
                    'verbose_name': 'service périscolaire',
                    'constraints': [models.UniqueConstraint(fields=('afterschool', 'kind'), name='activity_once_per_site')],
                },
            ), migrations.CreateModel(
                name='ActivityChange',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('on', models.DateField(verbose_name='jour')),
                    ('comes', models.BooleanField(verbose_name='vient ce jour-là')),
                    ('said_at', models.DateTimeField(verbose_name='dit le')),
                    ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='schools.activity', verbose_name='service')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activity_changes', to='people.person', verbose_name='enfant')),
                ],
                options={
                    'verbose_name': 'changement d’un jour',
                    'constraints': [models.UniqueConstraint(fields=('activity', 'child', 'on'), name='activity_change_once_a_day')],
                },
            ), migrations.CreateModel(
                name='ActivityEnrolment',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('days', models.CharField(max_length=7, verbose_name='jours')),
                    ('fetched_by', models.CharField(blank=True, max_length=200, verbose_name='repart avec')),
                    ('starts_on', models.DateField(verbose_name='du')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                    ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='schools.activity', verbose_name='service')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activity_enrolments', to='people.person', verbose_name='enfant')),
                ],
                options={
                    'verbose_name': 'inscription à un service périscolaire',
                    'indexes': [models.Index(fields=['child', 'ends_on'], name='schools_act_child_i_7e2f40_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='activity_enrolment_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('days', ''), _negated=True), name='activity_enrolment_has_days'), models.UniqueConstraint(fields=('activity', 'child', 'starts_on'), name='activity_enrolment_once_from_a_day')],
                },
            ), migrations.CreateModel(
                name='Enrolment',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('level', models.CharField(blank=True, choices=[('TPS', 'Toute petite section'), ('PS', 'Petite section'), ('MS', 'Moyenne section'), ('GS', 'Grande section'), ('CP', 'CP'), ('CE1', 'CE1'), ('CE2', 'CE2'), ('CM1', 'CM1'), ('CM2', 'CM2')], max_length=3, verbose_name='niveau')),
                    ('starts_on', models.DateField(verbose_name='du')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                    ('classroom', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='places.classroom', verbose_name='classe')),
                    ('pupil', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enrolments', to='people.person', verbose_name='élève')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'inscription',
                    'indexes': [models.Index(fields=['classroom', 'ends_on'], name='schools_enr_classro_9c1a0f_idx'), models.Index(fields=['school', 'ends_on'], name='schools_enr_school__577c04_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='enrolment_ends_after_it_starts'), models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('pupil', 'school'), name='enrolment_open_once_per_school')],
                },
            ), migrations.CreateModel(
                name='FamiliesOpening',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('signed_on', models.DateField(verbose_name='signés le')),
                    ('signed_by', models.CharField(max_length=200, verbose_name='signés par')),
                    ('version', models.CharField(max_length=16, verbose_name='version des documents')),
                    ('recorded_at', models.DateTimeField(verbose_name='enregistré le')),
                    ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='enregistré par')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='openings', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'ouverture d’une école aux familles',
                },
            ), migrations.CreateModel(
                name='FormerPerson',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('former_id', models.UUIDField(unique=True, verbose_name='ancien identifiant technique')),
                    ('last_name', models.CharField(max_length=80, verbose_name='nom')),
                    ('usage_name', models.CharField(blank=True, max_length=80, verbose_name='nom d’usage')),
                    ('first_name', models.CharField(max_length=80, verbose_name='prénom')),
                    ('joined_at', models.DateTimeField(verbose_name='réunie le')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_selves', to='people.person', verbose_name='personne')),
                ],
                options={
                    'verbose_name': 'ancienne fiche',
                },
            ), migrations.CreateModel(
                name='GroupMember',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('starts_on', models.DateField(verbose_name='du')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='places.group', verbose_name='groupe')),
                    ('pupil', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='group_memberships', to='people.person', verbose_name='élève')),
                ],
                options={
                    'verbose_name': 'membre d’un groupe',
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='group_member_ends_after_it_starts'), models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('group', 'pupil'), name='group_member_open_once')],
                },
            ), migrations.CreateModel(
                name='Guardianship',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('parent', 'parent'), ('tutor', 'tuteur ou tutrice'), ('delegate', 'délégataire'), ('institution', 'ASE ou personne morale'), ('foster', 'assistante ou assistant familial'), ('other', 'autre')], default='parent', max_length=12, verbose_name='lien')),
                    ('authority', models.CharField(choices=[('yes', 'autorité parentale'), ('no', 'sans autorité parentale'), ('unknown', 'non indiquée')], default='unknown', max_length=8, verbose_name='autorité parentale')),
                    ('is_priority', models.BooleanField(default=False, verbose_name='à prévenir en premier')),
                    ('starts_on', models.DateField(verbose_name='du')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                    ('restricted_on', models.DateField(blank=True, null=True, verbose_name='restreint depuis le')),
                    ('restriction_reference', models.CharField(blank=True, max_length=120, verbose_name='référence de la décision')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='guardian_links', to='people.person', verbose_name='enfant')),
                    ('guardian', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='children_links', to='people.person', verbose_name='responsable')),
                ],
                options={
                    'verbose_name': 'responsabilité légale',
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='guardianship_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('guardian', models.F('child')), _negated=True), name='guardianship_of_another'), models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('guardian', 'child'), name='guardianship_open_once'), models.CheckConstraint(condition=models.Q(('restricted_on', None), models.Q(('restriction_reference', ''), _negated=True), _connector='OR'), name='restriction_has_its_reference')],
                },
            ), migrations.CreateModel(
                name='Insurance',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('school_year', models.CharField(max_length=9, verbose_name='année scolaire')),
                    ('noted_at', models.DateTimeField(verbose_name='notée le')),
                    ('pupil', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='insurances', to='people.person', verbose_name='élève')),
                ],
                options={
                    'verbose_name': 'attestation d’assurance remise',
                    'constraints': [models.UniqueConstraint(fields=('pupil', 'school_year'), name='insurance_once_a_year')],
                },
            ), migrations.CreateModel(
                name='PupilRecord',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('ine_sealed', models.TextField(blank=True, verbose_name='INE')),
                    ('ine_key', models.CharField(blank=True, db_index=True, max_length=64, verbose_name='clé de comparaison de l’INE')),
                    ('photo_hint', models.CharField(blank=True, choices=[('', 'non indiqué'), ('yes', 'oui'), ('no', 'non')], max_length=3, verbose_name='autorisation photo dans ONDE')),
                    ('association_hint', models.CharField(blank=True, choices=[('', 'non indiqué'), ('yes', 'oui'), ('no', 'non')], max_length=3, verbose_name='associations dans ONDE')),
                    ('pupil', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='record', to='people.person', verbose_name='élève')),
                ],
                options={
                    'verbose_name': 'dossier d’élève',
                },
            )],
        ),
    ]
