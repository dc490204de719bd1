import django.db.models.deletion
import django.db.models.lookups
import preau.kit.ids
import preau.kit.upgrades
import preau.plan.applications.models.opinions
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('applications', '0001_initial'), ('applications', '0002_page_of_a_section'), ('applications', '0003_taken_from'), ('applications', '0004_served_ambition'), ('applications', '0005_ambition_of_what_was_filed'), ('applications', '0006_filed_serves_an_ambition'), ('applications', '0007_ambitions_as_filed'), ('applications', '0008_attachments'), ('applications', '0009_opinions_awaited_by_day'), ('applications', '0010_known_words'), ('applications', '0011_due_once_asked'), ('applications', '0012_levels_of_a_question')]

    initial = True

    dependencies = [
        ('ambitions', '0001_squashed_0002_axis_of_any_city'),
        ('people', '0001_squashed_0018_text_segments'),
        ('places', '0001_squashed_0008_network'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='Call',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('school_year', models.CharField(max_length=9, verbose_name='année scolaire')),
                    ('title', models.CharField(max_length=120, verbose_name='titre')),
                    ('opens_at', models.DateTimeField(verbose_name='ouvre le')),
                    ('closes_at', models.DateTimeField(verbose_name='ferme le')),
                    ('criteria', models.TextField(max_length=5000, verbose_name='critères')),
                    ('envelope_cents', models.BigIntegerField(blank=True, null=True, verbose_name='enveloppe')),
                    ('opinion_days_count', models.PositiveSmallIntegerField(default=21, verbose_name='jours pour rendre un avis')),
                    ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='places.city', verbose_name='ville')),
                    ('schools', models.ManyToManyField(blank=True, related_name='calls', to='places.school', verbose_name='écoles concernées')),
                    ('form_revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='applications.formrevision', verbose_name='formulaire')),
                ],
                options={
                    'verbose_name': 'appel à candidatures',
                    'indexes': [models.Index(fields=['city', '-opens_at'], name='application_city_id_e0f8d0_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='call_closes_after_it_opens'), models.CheckConstraint(condition=models.Q(('envelope_cents', None), ('envelope_cents__gte', 0), _connector='OR'), name='call_envelope_is_not_negative'), models.CheckConstraint(condition=models.Q(('opinion_days_count__gte', 1)), name='call_gives_time_for_opinions')],
                },
            ), migrations.CreateModel(
                name='Application',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('state', models.CharField(choices=[('draft', 'brouillon'), ('submitted', 'déposée'), ('inspector_review', 'à l’avis de l’IEN'), ('changes_requested', 'modifications demandées'), ('state_review', 'à l’avis de la DSDEN, de la DAN et de la Ville'), ('ranked', 'sur la liste priorisée'), ('selected', 'retenue'), ('waiting_list', 'en liste d’attente'), ('not_selected', 'non retenue'), ('converted', 'déploiement ouvert'), ('withdrawn', 'retirée par l’école'), ('no_follow_up', 'sans suite'), ('reopened', 'rouverte')], default='draft', max_length=18, verbose_name='état')),
                    ('state_at', models.DateTimeField(verbose_name='dans cet état depuis le')),
                    ('started_at', models.DateTimeField(verbose_name='commencée le')),
                    ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='déposée le')),
                    ('copies_count', models.PositiveSmallIntegerField(default=0, verbose_name='copies déposées')),
                    ('closing_reason', models.TextField(blank=True, max_length=2000, verbose_name='motif')),
                    ('title', models.CharField(blank=True, max_length=120, verbose_name='titre du projet')),
                    ('project', models.TextField(blank=True, max_length=8000, verbose_name='projet pédagogique')),
                    ('committed_count', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='enseignants engagés')),
                    ('posts_count', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='postes d’enseignants')),
                    ('teachers_council_on', models.DateField(blank=True, null=True, verbose_name='avis du conseil des maîtres')),
                    ('school_council_on', models.DateField(blank=True, null=True, verbose_name='information du conseil d’école')),
                    ('reminded_on', models.DateField(blank=True, null=True, verbose_name='rappel du')),
                    ('decision_id', models.UUIDField(blank=True, null=True, verbose_name='décision')),
                    ('decision_number', models.CharField(blank=True, max_length=20, verbose_name='numéro de la décision')),
                    ('decided_on', models.DateField(blank=True, null=True, verbose_name='décidée le')),
                    ('decision_reason', models.TextField(blank=True, max_length=2000, verbose_name='motif de la décision')),
                    ('ambitions', models.ManyToManyField(blank=True, related_name='applications', to='ambitions.ambition', verbose_name='ambitions')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='places.school', verbose_name='école')),
                    ('served_ambition', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ambitions.ambition', verbose_name='ambition servie au dépôt')),
                    ('taken_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taken_up', to='applications.application', verbose_name='reprise du dossier')),
                    ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='applications.call', verbose_name='appel')),
                ],
                options={
                    'verbose_name': 'candidature d’une école',
                    'indexes': [models.Index(fields=['call', 'state'], name='application_call_id_7f2f89_idx'), models.Index(fields=['school', '-started_at'], name='application_school__f0be0c_idx')],
                    'constraints': [models.UniqueConstraint(fields=('call', 'school'), name='application_once_per_call'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'inspector_review', 'changes_requested', 'state_review', 'ranked', 'selected', 'waiting_list', 'not_selected', 'converted', 'withdrawn', 'no_follow_up', 'reopened'])), name='application_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('submitted', 'inspector_review', 'changes_requested', 'state_review', 'ranked', 'selected', 'waiting_list', 'not_selected', 'converted', 'no_follow_up')), _negated=True), models.Q(('copies_count__gte', 1), ('submitted_at__isnull', False)), _connector='OR'), name='application_filed_has_its_copy'), models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'changes_requested', 'reopened', 'withdrawn')), models.Q(('project', ''), _negated=True), _connector='OR'), name='application_filed_has_its_project'), models.CheckConstraint(condition=models.Q(models.Q(('decided_on__isnull', False), ('decision_id__isnull', False), ('state__in', ('selected', 'waiting_list', 'not_selected', 'converted'))), models.Q(models.Q(('state__in', ('selected', 'waiting_list', 'not_selected', 'converted')), _negated=True), ('decided_on', None), ('decision_id', None)), _connector='OR'), name='application_outcome_has_its_decision'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'no_follow_up'), _negated=True), models.Q(('closing_reason', ''), _negated=True), _connector='OR'), name='application_closed_with_reason'), models.CheckConstraint(condition=models.Q(('committed_count', None), ('posts_count', None), ('committed_count__lte', models.F('posts_count')), _connector='OR'), name='application_committed_within_posts'), models.CheckConstraint(condition=models.Q(('taken_from', None), models.Q(('taken_from', models.F('id')), _negated=True), _connector='OR'), name='application_is_not_taken_from_itself'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('submitted', 'inspector_review', 'changes_requested', 'state_review', 'ranked', 'selected', 'waiting_list', 'not_selected', 'converted', 'no_follow_up')), _negated=True), ('served_ambition__isnull', False), _connector='OR'), name='application_filed_serves_an_ambition')],
                },
            ), migrations.CreateModel(
                name='FormRevision',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                    ('created_at', models.DateTimeField(verbose_name='commencée le')),
                    ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='publiée le')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='form_revisions', to='places.city', verbose_name='ville')),
                ],
                options={
                    'verbose_name': 'version du formulaire',
                    'constraints': [models.UniqueConstraint(fields=('city', 'number'), name='form_revision_number_once'), models.UniqueConstraint(condition=models.Q(('published_at', None)), fields=('city',), name='form_revision_one_draft')],
                },
            ), migrations.CreateModel(
                name='FormField',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('key', models.SlugField(max_length=60, verbose_name='clé')),
                    ('section', models.CharField(choices=[('ecole', 'L’école'), ('existant', 'Ce qui est déjà là'), ('projet', 'Le projet pédagogique'), ('usages', 'Les usages prévus'), ('equipe', 'L’équipe'), ('familles', 'Les familles'), ('inclusion', 'L’inclusion'), ('equipement', 'L’équipement souhaité'), ('organisation', 'L’organisation'), ('suivi', 'Ce que l’école accepte de suivre'), ('conseils', 'Le conseil des maîtres et le conseil d’école')], max_length=14, verbose_name='rubrique')),
                    ('position', models.PositiveSmallIntegerField(verbose_name='rang')),
                    ('label', models.CharField(max_length=200, verbose_name='question')),
                    ('hint', models.CharField(blank=True, max_length=300, verbose_name='aide')),
                    ('kind', models.CharField(choices=[('text', 'une ligne'), ('long_text', 'un texte'), ('number', 'un nombre'), ('yes_no', 'oui ou non'), ('choices', 'un ou plusieurs choix')], default='long_text', max_length=10, verbose_name='réponse')),
                    ('choices', models.JSONField(blank=True, default=list, verbose_name='choix')),
                    ('is_required', models.BooleanField(default=False, verbose_name='obligatoire au dépôt')),
                    ('audience', models.CharField(choices=[('public', 'rempli par l’école, lu de tous ceux qui lisent le dossier'), ('annotation', 'note interne, chaque service a la sienne')], default='public', max_length=10, verbose_name='lu par')),
                    ('levels', models.CharField(choices=[('every', 'toutes les écoles'), ('nursery', 'les écoles qui ont des classes de maternelle'), ('elementary', 'les écoles qui ont des classes élémentaires')], default='every', max_length=10, verbose_name='posée à')),
                    ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fields', to='applications.formrevision', verbose_name='version')),
                ],
                options={
                    'verbose_name': 'question du formulaire',
                    'constraints': [models.UniqueConstraint(fields=('revision', 'key'), name='form_field_key_once'), models.CheckConstraint(condition=models.Q(('audience', 'public'), ('is_required', False), _connector='OR'), name='form_field_annotation_never_required'), models.CheckConstraint(condition=models.Q(('levels__in', ('every', 'nursery', 'elementary'))), name='form_field_levels_are_known')],
                },
            ), migrations.CreateModel(
                name='Message',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('message', 'message'), ('change_request', 'modifications demandées')], default='message', max_length=14, verbose_name='nature')),
                    ('text', models.TextField(max_length=4000, verbose_name='texte')),
                    ('sent_at', models.DateTimeField(verbose_name='envoyé le')),
                    ('voice', models.CharField(max_length=40, verbose_name='au titre de')),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='applications.application', verbose_name='candidature')),
                    ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='auteur')),
                ],
                options={
                    'verbose_name': 'message sur une candidature',
                    'indexes': [models.Index(fields=['application', 'sent_at'], name='application_applica_6b02b5_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ('message', 'change_request'))), name='message_kind_is_known')],
                },
            ), migrations.CreateModel(
                name='Note',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('authority', models.CharField(choices=[('ien', 'IEN'), ('dsden', 'DSDEN'), ('dan', 'DAN'), ('city_it', 'Ville, informatique'), ('buildings', 'Ville, bâtiments')], max_length=10, verbose_name='autorité')),
                    ('question', models.SlugField(max_length=60, verbose_name='question')),
                    ('text', models.TextField(blank=True, max_length=4000, verbose_name='note')),
                    ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                    ('saved_at', models.DateTimeField(verbose_name='enregistrée le')),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='applications.application', verbose_name='candidature')),
                    ('saved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='enregistrée par')),
                ],
                options={
                    'verbose_name': 'note interne sur une candidature',
                    'constraints': [models.UniqueConstraint(fields=('application', 'authority', 'question'), name='note_once_per_authority'), models.CheckConstraint(condition=models.Q(('authority__in', ['ien', 'dsden', 'dan', 'city_it', 'buildings'])), name='note_authority_is_known')],
                },
            ), migrations.CreateModel(
                name='SectionVersion',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('section', models.CharField(choices=[('ecole', 'L’école'), ('existant', 'Ce qui est déjà là'), ('projet', 'Le projet pédagogique'), ('usages', 'Les usages prévus'), ('equipe', 'L’équipe'), ('familles', 'Les familles'), ('inclusion', 'L’inclusion'), ('equipement', 'L’équipement souhaité'), ('organisation', 'L’organisation'), ('suivi', 'Ce que l’école accepte de suivre'), ('conseils', 'Le conseil des maîtres et le conseil d’école')], max_length=14, verbose_name='rubrique')),
                    ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                    ('answers', models.JSONField(default=dict, verbose_name='réponses')),
                    ('saved_at', models.DateTimeField(verbose_name='enregistrée le')),
                    ('page', models.UUIDField(blank=True, null=True, verbose_name='page ouverte')),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='applications.application', verbose_name='candidature')),
                    ('saved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='enregistrée par')),
                ],
                options={
                    'verbose_name': 'rubrique d’une candidature',
                    'constraints': [models.UniqueConstraint(fields=('application', 'section'), name='section_once_per_application')],
                },
            ), migrations.CreateModel(
                name='Submission',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('number', models.PositiveSmallIntegerField(verbose_name='numéro')),
                    ('title', models.CharField(max_length=120, verbose_name='titre du projet')),
                    ('content', models.JSONField(verbose_name='contenu')),
                    ('digest', models.CharField(max_length=64, verbose_name='empreinte')),
                    ('submitted_at', models.DateTimeField(verbose_name='déposée le')),
                    ('ambitions', models.ManyToManyField(blank=True, related_name='submissions', to='ambitions.ambition', verbose_name='ambitions')),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='applications.application', verbose_name='candidature')),
                    ('form_revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='applications.formrevision', verbose_name='formulaire')),
                    ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='déposée par')),
                ],
                options={
                    'verbose_name': 'copie déposée',
                    'constraints': [models.UniqueConstraint(fields=('application', 'number'), name='submission_number_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='submission_counts_from_one')],
                },
            ), migrations.CreateModel(
                name='Opinion',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('authority', models.CharField(choices=[('ien', 'IEN'), ('dsden', 'DSDEN'), ('dan', 'DAN'), ('city_it', 'Ville, informatique'), ('buildings', 'Ville, bâtiments')], max_length=10, verbose_name='autorité')),
                    ('asked_at', models.DateTimeField(verbose_name='demandé le')),
                    ('due_on', models.DateField(verbose_name='à rendre au plus tard le')),
                    ('reminded_on', models.DateField(blank=True, null=True, verbose_name='rappel du')),
                    ('verdict', models.CharField(blank=True, choices=[('favourable', 'favorable'), ('with_reservations', 'favorable avec réserves'), ('unfavourable', 'défavorable')], max_length=18, verbose_name='avis')),
                    ('motivation', models.TextField(blank=True, max_length=4000, verbose_name='motivation')),
                    ('given_at', models.DateTimeField(blank=True, null=True, verbose_name='rendu le')),
                    ('is_confidential', models.BooleanField(default=False, verbose_name='confidentiel')),
                    ('released_at', models.DateTimeField(blank=True, null=True, verbose_name='communiqué à l’école le')),
                    ('lifted_at', models.DateTimeField(blank=True, null=True, verbose_name='réserves levées le')),
                    ('lifting_reason', models.CharField(blank=True, max_length=500, verbose_name='ce qui lève les réserves')),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='applications.application', verbose_name='candidature')),
                    ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='rendu par')),
                    ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='applications.submission', verbose_name='copie')),
                ],
                options={
                    'verbose_name': 'avis sur une candidature',
                    'indexes': [models.Index(condition=models.Q(('given_at', None)), fields=['due_on'], name='opinion_awaited_by_day')],
                    'constraints': [models.UniqueConstraint(fields=('submission', 'authority'), name='opinion_once_per_copy'), models.CheckConstraint(condition=models.Q(models.Q(('given_at', None), ('verdict', '')), models.Q(models.Q(('verdict', ''), _negated=True), ('given_at__isnull', False)), _connector='OR'), name='opinion_given_has_its_day'), models.CheckConstraint(condition=models.Q(('verdict__in', ('', 'favourable')), models.Q(('motivation', ''), _negated=True), _connector='OR'), name='opinion_is_motivated'), models.CheckConstraint(condition=models.Q(('released_at', None), models.Q(('given_at__isnull', False), ('is_confidential', False)), _connector='OR'), name='opinion_confidential_is_never_released'), models.CheckConstraint(condition=models.Q(models.Q(('lifted_at', None), ('lifting_reason', '')), models.Q(('lifted_at__isnull', False), ('verdict', 'with_reservations'), models.Q(('lifting_reason', ''), _negated=True)), _connector='OR'), name='opinion_lifting_has_its_reason'), models.CheckConstraint(condition=models.Q(('authority__in', ['ien', 'dsden', 'dan', 'city_it', 'buildings'])), name='opinion_authority_is_known'), models.CheckConstraint(condition=models.Q(('verdict__in', ('', 'favourable', 'with_reservations', 'unfavourable'))), name='opinion_verdict_is_known'), models.CheckConstraint(condition=django.db.models.lookups.GreaterThanOrEqual(models.F('due_on'), preau.plan.applications.models.opinions.UtcDay('asked_at')), name='opinion_due_once_it_is_asked')],
                },
            ), migrations.CreateModel(
                name='Attachment',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('label', models.CharField(max_length=80, verbose_name='ce que c’est')),
                    ('name', models.CharField(max_length=40, unique=True, verbose_name='nom du fichier')),
                    ('kind', models.CharField(choices=[('pdf', 'PDF'), ('webp', 'image')], max_length=4, verbose_name='nature')),
                    ('weight', models.PositiveIntegerField(verbose_name='poids en octets')),
                    ('pages_count', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='pages')),
                    ('digest', models.CharField(max_length=64, verbose_name='empreinte')),
                    ('added_at', models.DateTimeField(verbose_name='jointe le')),
                    ('filed_at', models.DateTimeField(blank=True, null=True, verbose_name='déposée le')),
                    ('removed_at', models.DateTimeField(blank=True, null=True, verbose_name='retirée de ce qui s’écrit le')),
                    ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='jointe par')),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='applications.application', verbose_name='candidature')),
                ],
                options={
                    'verbose_name': 'pièce jointe d’une candidature',
                    'constraints': [models.CheckConstraint(condition=models.Q(('removed_at', None), ('filed_at__isnull', False), _connector='OR'), name='attachment_removed_was_filed'), models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('application', 'digest'), name='attachment_once_per_file')],
                },
            )],
        ),
    ]
