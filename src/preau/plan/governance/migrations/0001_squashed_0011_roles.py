import django.db.models.deletion
import django.db.models.functions.comparison
import preau.kit.ids
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('governance', '0001_committees'), ('governance', '0002_studies_apart'), ('governance', '0003_what_the_plan_asks'), ('governance', '0004_invitations'), ('governance', '0005_follow_up_owner'), ('governance', '0006_agenda_told'), ('governance', '0007_known_words'), ('governance', '0008_session_dates_in_order'), ('governance', '0009_votes_told_apart'), ('governance', '0010_outbox'), ('governance', '0011_roles')]

    initial = True

    dependencies = [
        ('ambitions', '0001_squashed_0002_axis_of_any_city'),
        ('people', '0001_squashed_0018_text_segments'),
        ('places', '0001_squashed_0008_network'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='AgendaItem',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('position', models.PositiveSmallIntegerField(verbose_name='rang')),
                    ('title', models.CharField(max_length=200, verbose_name='intitulé')),
                    ('text', models.TextField(blank=True, verbose_name='exposé')),
                    ('aim', models.CharField(choices=[('information', 'pour information'), ('opinion', 'pour avis'), ('decision', 'pour décision')], default='information', max_length=12, verbose_name='objet')),
                    ('presented_by', models.CharField(choices=[('city', 'Ville'), ('state', 'Éducation nationale')], max_length=5, verbose_name='présenté par')),
                    ('is_reserved', models.BooleanField(default=False, verbose_name='réservé aux membres')),
                    ('object_kind', models.CharField(blank=True, choices=[('comparison', 'options comparées'), ('cohort', 'laboratoire'), ('list', 'liste priorisée'), ('programme', 'programme annuel'), ('application', 'candidature')], max_length=12, verbose_name='nature de l’objet')),
                    ('object_id', models.UUIDField(blank=True, null=True, verbose_name='objet')),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='governance.session', verbose_name='séance')),
                ],
                options={
                    'verbose_name': 'point de l’ordre du jour',
                    'constraints': [models.UniqueConstraint(fields=('session', 'position'), name='agenda_position_once'), models.CheckConstraint(condition=models.Q(models.Q(('object_id', None), ('object_kind', '')), models.Q(models.Q(('object_kind', ''), _negated=True), ('object_id__isnull', False)), _connector='OR'), name='agenda_object_is_whole')],
                },
            ), migrations.CreateModel(
                name='Committee',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('copil', 'COPIL'), ('cotech', 'COTECH')], max_length=6, verbose_name='nature')),
                    ('opened_on', models.DateField(verbose_name='installé le')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='committees', to='places.city', verbose_name='ville')),
                ],
                options={
                    'verbose_name': 'comité',
                    'constraints': [models.UniqueConstraint(fields=('city', 'kind'), name='committee_once_per_city')],
                },
            ), migrations.CreateModel(
                name='Decision',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('year', models.PositiveSmallIntegerField(verbose_name='année')),
                    ('sequence', models.PositiveSmallIntegerField(verbose_name='rang dans l’année')),
                    ('decided_on', models.DateField(verbose_name='prise le')),
                    ('text', models.TextField(verbose_name='décision')),
                    ('result', models.CharField(choices=[('noted', 'prend acte'), ('adopted', 'adopte'), ('changed', 'adopte avec changements'), ('sent_back', 'renvoie'), ('rejected', 'n’adopte pas')], max_length=9, verbose_name='résultat')),
                    ('reason', models.TextField(blank=True, verbose_name='motif')),
                    ('votes_for', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='pour')),
                    ('votes_against', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='contre')),
                    ('abstentions', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='abstentions')),
                    ('dissent', models.TextField(blank=True, verbose_name='réserves exprimées')),
                    ('object_kind', models.CharField(blank=True, choices=[('comparison', 'options comparées'), ('cohort', 'laboratoire'), ('list', 'liste priorisée'), ('programme', 'programme annuel'), ('application', 'candidature')], max_length=12, verbose_name='nature de l’objet')),
                    ('object_id', models.UUIDField(blank=True, db_index=True, null=True, verbose_name='objet')),
                    ('choice', models.CharField(blank=True, max_length=36, verbose_name='choix')),
                    ('order', models.JSONField(blank=True, default=list, verbose_name='ordre décidé')),
                    ('ambitions', models.ManyToManyField(related_name='decisions', to='ambitions.ambition', verbose_name='ambitions')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='places.city', verbose_name='ville')),
                    ('item', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='governance.agendaitem', verbose_name='point')),
                    ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replacements', to='governance.decision', verbose_name='remplace')),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='governance.session', verbose_name='séance')),
                ],
                options={
                    'verbose_name': 'décision d’un comité',
                    'indexes': [models.Index(fields=['city', '-decided_on'], name='governance__city_id_cff2fd_idx')],
                    'constraints': [models.UniqueConstraint(fields=('city', 'year', 'sequence'), name='decision_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('result__in', ('changed', 'sent_back', 'rejected')), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='decision_that_changes_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('object_id', None), ('object_kind', '')), models.Q(models.Q(('object_kind', ''), _negated=True), ('object_id__isnull', False)), _connector='OR'), name='decision_object_is_whole'), models.CheckConstraint(condition=models.Q(('order', []), models.Q(('object_kind', 'list'), ('result', 'changed')), _connector='OR'), name='decision_orders_a_changed_list'), models.CheckConstraint(condition=models.Q(('result__in', ['noted', 'adopted', 'changed', 'sent_back', 'rejected'])), name='decision_result_is_known')],
                },
            ), migrations.CreateModel(
                name='FollowUp',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('text', models.CharField(max_length=300, verbose_name='action')),
                    ('owner', models.CharField(max_length=120, verbose_name='qui s’en charge')),
                    ('due_on', models.DateField(verbose_name='pour le')),
                    ('done_on', models.DateField(blank=True, null=True, verbose_name='faite le')),
                    ('done_note', models.CharField(blank=True, max_length=300, verbose_name='ce qui a été fait')),
                    ('owner_role', models.CharField(blank=True, choices=[('teacher', 'enseignante ou enseignant'), ('supply_teacher', 'remplaçante ou remplaçant'), ('school_head', 'directrice ou directeur d’école'), ('aesh', 'AESH'), ('atsem', 'ATSEM'), ('site_manager', 'responsable de site périscolaire'), ('animator', 'animatrice ou animateur périscolaire'), ('catering', 'agente ou agent de restauration'), ('city_education', 'Direction Éducation'), ('city_it', 'informatique des écoles'), ('city_finance', 'finances de la Ville'), ('elected', 'élue ou élu'), ('ia_dasen', 'IA-DASEN'), ('ia_dasen_deputy', 'adjointe ou adjoint de l’IA-DASEN'), ('ien', 'IEN'), ('pedagogical_adviser', 'conseillère ou conseiller pédagogique'), ('erun', 'ERUN'), ('dsden', 'DSDEN'), ('dan', 'DAN'), ('trainer', 'formatrice ou formateur'), ('parents_federation', 'fédération de parents'), ('operator', 'opératrice ou opérateur de la base')], max_length=20, verbose_name='fonction prévenue')),
                    ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='governance.decision', verbose_name='décision')),
                ],
                options={
                    'verbose_name': 'suite d’une décision',
                    'ordering': [models.OrderBy(models.F('due_on')), 'id'],
                    'indexes': [models.Index(fields=['done_on', 'due_on'], name='governance__done_on_18a172_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('done_note', ''), ('done_on', None)), models.Q(('done_on__isnull', False), models.Q(('done_note', ''), _negated=True)), _connector='OR'), name='follow_up_done_says_what')],
                },
            ), migrations.CreateModel(
                name='Seat',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('college', models.CharField(choices=[('majority', 'Élus, majorité'), ('opposition', 'Élus, opposition'), ('education', 'Éducation nationale'), ('canope', 'Canopé'), ('city', 'Services de la Ville'), ('parents', 'Parents d’élèves'), ('dasen_deputy', 'Adjointe ou adjoint de l’IA-DASEN'), ('ien', 'IEN'), ('tice', 'Équipes TICE'), ('city_education', 'Direction Éducation'), ('city_it', 'Informatique de la Ville')], max_length=14, verbose_name='collège')),
                    ('title', models.CharField(max_length=120, verbose_name='qualité')),
                    ('starts_on', models.DateField(verbose_name='du')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                    ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='governance.committee', verbose_name='comité')),
                    ('holder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='seats', to='people.person', verbose_name='tenu par')),
                ],
                options={
                    'verbose_name': 'siège',
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='seat_ends_after_it_starts')],
                },
            ), migrations.CreateModel(
                name='Session',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('year', models.PositiveSmallIntegerField(verbose_name='année')),
                    ('sequence', models.PositiveSmallIntegerField(verbose_name='rang dans l’année')),
                    ('planned_on', models.DateField(verbose_name='prévue le')),
                    ('starts_at', models.TimeField(blank=True, null=True, verbose_name='heure')),
                    ('place', models.CharField(blank=True, max_length=160, verbose_name='lieu')),
                    ('state', models.CharField(choices=[('planned', 'prévue'), ('convened', 'convoquée'), ('pack_frozen', 'dossier figé'), ('held', 'tenue'), ('minutes_draft', 'relevé en projet'), ('minutes_approved', 'relevé approuvé'), ('published', 'relevé publié'), ('cancelled', 'annulée')], default='planned', max_length=16, verbose_name='état')),
                    ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                    ('convened_at', models.DateTimeField(blank=True, null=True, verbose_name='convoquée le')),
                    ('frozen_at', models.DateTimeField(blank=True, null=True, verbose_name='dossier figé le')),
                    ('held_on', models.DateField(blank=True, null=True, verbose_name='tenue le')),
                    ('minutes', models.TextField(blank=True, verbose_name='relevé')),
                    ('drafted_at', models.DateTimeField(blank=True, null=True, verbose_name='relevé écrit le')),
                    ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='relevé approuvé le')),
                    ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='relevé publié le')),
                    ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='annulée le')),
                    ('cancel_reason', models.CharField(blank=True, max_length=300, verbose_name='motif de l’annulation')),
                    ('agenda_changed_at', models.DateTimeField(blank=True, null=True, verbose_name='ordre du jour changé le')),
                    ('agenda_told_at', models.DateTimeField(blank=True, null=True, verbose_name='changement annoncé le')),
                    ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='governance.committee', verbose_name='comité')),
                ],
                options={
                    'verbose_name': 'séance',
                    'indexes': [models.Index(fields=['committee', '-planned_on'], name='governance__committ_75e3fb_idx')],
                    'constraints': [models.UniqueConstraint(fields=('committee', 'year', 'sequence'), name='session_number_once'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(models.Q(('convened_at__isnull', False), ('state__in', ['convened', 'pack_frozen', 'held', 'minutes_draft', 'minutes_approved', 'published'])), models.Q(('convened_at__isnull', True), ('state__in', ['planned'])), _connector='OR'), models.Q(models.Q(('frozen_at__isnull', False), ('state__in', ['pack_frozen', 'held', 'minutes_draft', 'minutes_approved', 'published'])), models.Q(('frozen_at__isnull', True), ('state__in', ['planned', 'convened'])), _connector='OR'), models.Q(models.Q(('held_on__isnull', False), ('state__in', ['held', 'minutes_draft', 'minutes_approved', 'published'])), models.Q(('held_on__isnull', True), ('state__in', ['planned', 'convened', 'pack_frozen'])), _connector='OR'), models.Q(models.Q(('drafted_at__isnull', False), ('state__in', ['minutes_draft', 'minutes_approved', 'published'])), models.Q(('drafted_at__isnull', True), ('state__in', ['planned', 'convened', 'pack_frozen', 'held'])), _connector='OR'), models.Q(models.Q(('approved_at__isnull', False), ('state__in', ['minutes_approved', 'published'])), models.Q(('approved_at__isnull', True), ('state__in', ['planned', 'convened', 'pack_frozen', 'held', 'minutes_draft'])), _connector='OR'), models.Q(models.Q(('published_at__isnull', False), ('state__in', ['published'])), models.Q(('published_at__isnull', True), ('state__in', ['planned', 'convened', 'pack_frozen', 'held', 'minutes_draft', 'minutes_approved'])), _connector='OR'), models.Q(('state', 'cancelled'), _negated=True), ('cancelled_at', None)), models.Q(('cancelled_at__isnull', False), ('held_on', None), ('published_at', None), ('state', 'cancelled'), models.Q(('cancel_reason', ''), _negated=True)), _connector='OR'), name='session_stamps_follow_its_state'), models.CheckConstraint(condition=models.Q(models.Q(('agenda_changed_at', None), ('agenda_told_at', None)), models.Q(('agenda_changed_at__isnull', False), ('convened_at__isnull', False)), _connector='OR'), name='session_agenda_changes_once_convened'), models.CheckConstraint(condition=models.Q(models.Q(('frozen_at__isnull', True), ('frozen_at__gte', models.F('convened_at')), _connector='OR'), models.Q(('drafted_at__isnull', True), ('drafted_at__gte', models.F('frozen_at')), _connector='OR'), models.Q(('approved_at__isnull', True), ('approved_at__gte', models.F('drafted_at')), _connector='OR'), models.Q(('published_at__isnull', True), ('published_at__gte', models.F('approved_at')), _connector='OR'), models.Q(('cancelled_at__isnull', True), ('cancelled_at__gte', models.F('convened_at')), _connector='OR'), models.Q(('cancelled_at__isnull', True), ('cancelled_at__gte', models.F('frozen_at')), _connector='OR')), name='session_instants_in_order'), models.CheckConstraint(condition=models.Q(('held_on', None), ('held_on__gte', models.F('planned_on')), ('held_on__gte', django.db.models.functions.comparison.Cast('convened_at', models.DateField())), _connector='OR'), name='session_held_once_planned_or_convened')],
                },
            ), migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('way', models.CharField(choices=[('mail', 'courriel'), ('paper', 'lettre')], max_length=5, verbose_name='moyen')),
                    ('called_at', models.DateTimeField(verbose_name='convoqué le')),
                    ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='prévenu le')),
                    ('called_off_at', models.DateTimeField(blank=True, null=True, verbose_name='annulation dite le')),
                    ('change', models.PositiveSmallIntegerField(default=0, verbose_name='changement annoncé')),
                    ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='governance.seat', verbose_name='siège')),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='governance.session', verbose_name='séance')),
                ],
                options={
                    'verbose_name': 'convocation',
                    'constraints': [models.CheckConstraint(condition=models.Q(('told_at', None), ('told_at__gte', models.F('called_at')), _connector='OR'), name='invitation_told_after_it_is_called'), models.UniqueConstraint(fields=('session', 'seat', 'change'), name='invitation_once_per_change')],
                },
            ), migrations.CreateModel(
                name='Dossier',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('audience', models.CharField(choices=[('members', 'membres du comité'), ('federation', 'fédérations de parents')], max_length=10, verbose_name='pour')),
                    ('frozen_at', models.DateTimeField(verbose_name='figé le')),
                    ('data', models.BinaryField(verbose_name='données')),
                    ('digest', models.CharField(max_length=64, verbose_name='empreinte des données')),
                    ('pdf', models.BinaryField(verbose_name='PDF')),
                    ('pdf_digest', models.CharField(max_length=64, verbose_name='empreinte du PDF')),
                    ('pages_count', models.PositiveSmallIntegerField(verbose_name='pages')),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dossiers', to='governance.session', verbose_name='séance')),
                ],
                options={
                    'verbose_name': 'dossier de séance',
                    'constraints': [models.UniqueConstraint(fields=('session', 'audience'), name='dossier_once_per_audience'), models.CheckConstraint(condition=models.Q(models.Q(('digest', ''), _negated=True), models.Q(('pdf_digest', ''), _negated=True)), name='dossier_has_its_digests')],
                },
            ), migrations.CreateModel(
                name='Comment',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('written_as', models.CharField(max_length=80, verbose_name='qualité')),
                    ('text', models.TextField(verbose_name='remarque')),
                    ('written_at', models.DateTimeField(verbose_name='écrite le')),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='session_comments', to='people.person')),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='governance.session', verbose_name='séance')),
                ],
                options={
                    'verbose_name': 'remarque sur une séance',
                    'ordering': [models.OrderBy(models.F('written_at')), 'id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='comment_says_something')],
                },
            ), migrations.CreateModel(
                name='Attendance',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('presence', models.CharField(choices=[('present', 'présent'), ('represented', 'représenté'), ('excused', 'excusé'), ('absent', 'absent')], max_length=12, verbose_name='présence')),
                    ('attendee', models.CharField(blank=True, max_length=120, verbose_name='nom')),
                    ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='governance.seat', verbose_name='siège')),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='governance.session', verbose_name='séance')),
                ],
                options={
                    'verbose_name': 'émargement',
                    'constraints': [models.UniqueConstraint(fields=('session', 'seat'), name='attendance_once_per_seat'), models.CheckConstraint(condition=models.Q(('presence__in', ('present', 'represented', 'excused', 'absent'))), name='attendance_presence_is_known')],
                },
            ), migrations.CreateModel(
                name='Approval',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('authority', models.CharField(choices=[('city', 'Ville'), ('state', 'Éducation nationale')], max_length=5, verbose_name='autorité')),
                    ('approved_as', models.CharField(max_length=80, verbose_name='qualité')),
                    ('approved_at', models.DateTimeField(verbose_name='approuvé le')),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='minutes_approvals', to='people.person')),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='governance.session', verbose_name='séance')),
                ],
                options={
                    'verbose_name': 'approbation d’un relevé',
                    'constraints': [models.UniqueConstraint(fields=('session', 'authority'), name='approval_once_per_authority'), models.CheckConstraint(condition=models.Q(('authority__in', ['city', 'state'])), name='approval_authority_is_known')],
                },
            )],
        ),
    ]
