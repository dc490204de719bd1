import django.db.models.deletion
import preau.kit.ids
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('priorities', '0001_initial'), ('priorities', '0002_one_adopted_one_decided'), ('priorities', '0003_answers_kept'), ('priorities', '0004_copil_ranks_of_a_decision'), ('priorities', '0005_why_a_programme_is_decided'), ('priorities', '0006_outside_a_candidature_says_why')]

    initial = True

    dependencies = [
        ('applications', '0001_squashed_0012_levels_of_a_question'),
        ('equipment', '0001_squashed_0013_lines_left_out'),
        ('people', '0001_squashed_0018_text_segments'),
        ('places', '0001_squashed_0008_network'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='PriorityList',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('version', models.PositiveSmallIntegerField(verbose_name='version')),
                    ('state', models.CharField(choices=[('draft', 'en préparation'), ('proposed', 'proposée par la DSDEN'), ('cosigned', 'signée par la DSDEN et la DAN'), ('before_copil', 'devant le COPIL'), ('adopted', 'adoptée'), ('adopted_with_changes', 'adoptée avec changements'), ('sent_back', 'renvoyée')], default='draft', max_length=20, verbose_name='état')),
                    ('edition', models.PositiveIntegerField(default=1, verbose_name='édition')),
                    ('opened_at', models.DateTimeField(verbose_name='ouverte le')),
                    ('dsden_signed_at', models.DateTimeField(blank=True, null=True, verbose_name='signée par la DSDEN le')),
                    ('dan_signed_at', models.DateTimeField(blank=True, null=True, verbose_name='signée par la DAN le')),
                    ('decision_id', models.UUIDField(blank=True, null=True, verbose_name='décision')),
                    ('decision_number', models.CharField(blank=True, max_length=20, verbose_name='numéro de la décision')),
                    ('decided_on', models.DateField(blank=True, null=True, verbose_name='décidée le')),
                    ('decision_reason', models.TextField(blank=True, max_length=2000, verbose_name='motif de la décision')),
                    ('base', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='next_versions', to='priorities.prioritylist', verbose_name='version d’avant')),
                    ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='priority_lists', to='applications.call', verbose_name='appel')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='priority_lists', to='places.city', verbose_name='ville')),
                    ('dan_signed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='signée pour la DAN par')),
                    ('dsden_signed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='signée pour la DSDEN par')),
                ],
                options={
                    'verbose_name': 'liste priorisée',
                    'constraints': [models.UniqueConstraint(fields=('call', 'version'), name='priority_list_version_once'), models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'proposed'))), fields=('call',), name='priority_list_one_open_per_call'), models.CheckConstraint(condition=models.Q(models.Q(('dan_signed_at', None), ('dsden_signed_at', None), ('state', 'draft')), models.Q(('dan_signed_at', None), ('dsden_signed_at__isnull', False), ('state', 'proposed')), models.Q(('dan_signed_at__isnull', False), ('dsden_signed_at__isnull', False), ('state__in', ('cosigned', 'before_copil', 'adopted', 'adopted_with_changes', 'sent_back'))), _connector='OR'), name='priority_list_state_has_its_signatures'), models.CheckConstraint(condition=models.Q(models.Q(('decided_on__isnull', False), ('decision_id__isnull', False), ('state__in', ('adopted', 'adopted_with_changes', 'sent_back'))), models.Q(models.Q(('state__in', ('adopted', 'adopted_with_changes', 'sent_back')), _negated=True), ('decided_on', None), ('decision_id', None)), _connector='OR'), name='priority_list_outcome_has_its_decision'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('adopted_with_changes', 'sent_back')), _negated=True), models.Q(('decision_reason', ''), _negated=True), _connector='OR'), name='priority_list_change_has_its_reason'), models.UniqueConstraint(condition=models.Q(('state__in', ('before_copil', 'adopted', 'adopted_with_changes'))), fields=('call',), name='priority_list_one_before_copil_or_adopted')],
                },
            ), migrations.CreateModel(
                name='PriorityEntry',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('rank', models.PositiveSmallIntegerField(verbose_name='rang')),
                    ('reason', models.CharField(blank=True, max_length=500, verbose_name='raison')),
                    ('lacks', models.JSONField(default=list, verbose_name='ce qui manque')),
                    ('lacks_on', models.DateField(blank=True, null=True, verbose_name='vu le')),
                    ('unready_reason', models.CharField(blank=True, max_length=500, verbose_name='malgré ce qui manque')),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ranks', to='applications.application', verbose_name='candidature')),
                    ('priority_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='priorities.prioritylist', verbose_name='liste')),
                ],
                options={
                    'verbose_name': 'rang d’une candidature',
                    'constraints': [models.UniqueConstraint(fields=('priority_list', 'application'), name='application_ranked_once'), models.UniqueConstraint(fields=('priority_list', 'rank'), name='priority_rank_without_tie'), models.CheckConstraint(condition=models.Q(('rank__gte', 1)), name='priority_rank_counts_from_one')],
                },
            ), migrations.CreateModel(
                name='ListMove',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('from_rank', models.PositiveSmallIntegerField(verbose_name='de')),
                    ('to_rank', models.PositiveSmallIntegerField(verbose_name='à')),
                    ('reason', models.CharField(max_length=500, verbose_name='raison')),
                    ('moved_at', models.DateTimeField(verbose_name='le')),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='applications.application', verbose_name='candidature')),
                    ('moved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='déplacée par')),
                    ('priority_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='priorities.prioritylist', verbose_name='liste')),
                ],
                options={
                    'verbose_name': 'déplacement dans la liste',
                    'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='list_move_has_its_reason')],
                },
            ), migrations.CreateModel(
                name='Programme',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('school_year', models.CharField(max_length=9, verbose_name='année scolaire')),
                    ('version', models.PositiveSmallIntegerField(default=1, verbose_name='version')),
                    ('state', models.CharField(choices=[('simulated', 'simulé'), ('arbitrated', 'arbitré'), ('submitted_copil', 'soumis au COPIL'), ('decided', 'arrêté par le COPIL'), ('voted', 'voté'), ('running', 'en cours'), ('closed', 'clos')], default='simulated', max_length=16, verbose_name='état')),
                    ('edition', models.PositiveIntegerField(default=1, verbose_name='édition')),
                    ('envelope_cents', models.BigIntegerField(blank=True, null=True, verbose_name='enveloppe')),
                    ('regime', models.CharField(choices=[('unknown', 'régime fiscal non précisé'), ('ht', 'HT'), ('ttc', 'TTC')], default='ttc', max_length=8, verbose_name='régime')),
                    ('opened_at', models.DateTimeField(verbose_name='ouvert le')),
                    ('vote_reference', models.CharField(blank=True, max_length=120, verbose_name='délibération')),
                    ('voted_on', models.DateField(blank=True, null=True, verbose_name='voté le')),
                    ('review', models.TextField(blank=True, max_length=4000, verbose_name='bilan')),
                    ('decision_id', models.UUIDField(blank=True, null=True, verbose_name='décision')),
                    ('decision_number', models.CharField(blank=True, max_length=20, verbose_name='numéro de la décision')),
                    ('decided_on', models.DateField(blank=True, null=True, verbose_name='décidé le')),
                    ('decision_reason', models.TextField(blank=True, max_length=2000, verbose_name='motif de la décision')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programmes', to='places.city', verbose_name='ville')),
                    ('priority_list', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='programmes', to='priorities.prioritylist', verbose_name='liste suivie')),
                ],
                options={
                    'verbose_name': 'programme annuel',
                    'constraints': [models.UniqueConstraint(fields=('city', 'school_year', 'version'), name='programme_version_once'), models.CheckConstraint(condition=models.Q(models.Q(('decision_id__isnull', False), ('state__in', ('decided', 'voted', 'running', 'closed'))), models.Q(models.Q(('state__in', ('decided', 'voted', 'running', 'closed')), _negated=True), ('decision_id', None)), _connector='OR'), name='programme_decided_has_its_decision'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'voted'), _negated=True), models.Q(('voted_on__isnull', False), models.Q(('vote_reference', ''), _negated=True)), _connector='OR'), name='programme_voted_has_its_vote'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), models.Q(('review', ''), _negated=True), _connector='OR'), name='programme_closed_has_its_review'), models.UniqueConstraint(condition=models.Q(('state__in', ['decided', 'voted', 'running', 'closed'])), fields=('city', 'school_year'), name='programme_one_decided_per_year')],
                },
            ), migrations.CreateModel(
                name='ProgrammeEntry',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('position', models.PositiveSmallIntegerField(verbose_name='rang')),
                    ('cost_cents', models.BigIntegerField(verbose_name='coût estimé en centimes')),
                    ('reason', models.CharField(blank=True, max_length=500, verbose_name='raison')),
                    ('application', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='programme_entries', to='applications.application', verbose_name='candidature')),
                    ('kit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programme_entries', to='equipment.standardkit', verbose_name='équipement type')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='priorities.programme', verbose_name='programme')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programme_entries', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'école au programme',
                    'constraints': [models.UniqueConstraint(fields=('programme', 'school'), name='school_once_per_programme'), models.UniqueConstraint(fields=('programme', 'position'), name='programme_position_once'), models.CheckConstraint(condition=models.Q(('cost_cents__gte', 0)), name='programme_cost_is_not_negative'), models.CheckConstraint(condition=models.Q(('application__isnull', False), models.Q(('reason', ''), _negated=True), _connector='OR'), name='programme_without_candidature_says_why')],
                },
            ), migrations.CreateModel(
                name='Recommendation',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('school_kind', models.CharField(choices=[('nursery', 'maternelle'), ('elementary', 'élémentaire'), ('primary', 'primaire')], max_length=12, verbose_name='nature d’école')),
                    ('version', models.PositiveSmallIntegerField(verbose_name='version')),
                    ('reasons', models.TextField(max_length=2000, verbose_name='pourquoi')),
                    ('written_at', models.DateTimeField(verbose_name='écrite le')),
                    ('dsden_signed_at', models.DateTimeField(blank=True, null=True, verbose_name='signée par la DSDEN le')),
                    ('dan_signed_at', models.DateTimeField(blank=True, null=True, verbose_name='signée par la DAN le')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='places.city', verbose_name='ville')),
                    ('dan_signed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='signée pour la DAN par')),
                    ('dsden_signed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='signée pour la DSDEN par')),
                ],
                options={
                    'verbose_name': 'préconisation',
                    'constraints': [models.UniqueConstraint(fields=('city', 'school_kind', 'version'), name='recommendation_version_once')],
                },
            ), migrations.CreateModel(
                name='RecommendationLine',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('position', models.PositiveSmallIntegerField(verbose_name='rang')),
                    ('item', models.CharField(max_length=160, verbose_name='élément')),
                    ('rule', models.CharField(choices=[('per_school', 'par école'), ('per_class', 'par classe'), ('per_floor', 'par étage'), ('per_n_pupils', 'par groupe d’élèves')], max_length=12, verbose_name='règle')),
                    ('quantity_min', models.PositiveSmallIntegerField(default=1, verbose_name='au moins')),
                    ('quantity_max', models.PositiveSmallIntegerField(default=1, verbose_name='au plus')),
                    ('recommendation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='priorities.recommendation', verbose_name='préconisation')),
                ],
                options={
                    'verbose_name': 'ligne de préconisation',
                    'constraints': [models.UniqueConstraint(fields=('recommendation', 'position'), name='recommendation_line_position_once'), models.CheckConstraint(condition=models.Q(('quantity_max__gte', models.F('quantity_min'))), name='recommendation_line_max_above_min')],
                },
            ), migrations.CreateModel(
                name='RecommendationAnswer',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('choice', models.CharField(choices=[('followed', 'suivie'), ('departed', 'non suivie')], max_length=8, verbose_name='choix')),
                    ('reason', models.CharField(blank=True, max_length=500, verbose_name='raison')),
                    ('answered_at', models.DateTimeField(verbose_name='répondu le')),
                    ('replaced_at', models.DateTimeField(blank=True, null=True, verbose_name='remplacée le')),
                    ('kit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='equipment.standardkit', verbose_name='équipement type')),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='priorities.recommendationline', verbose_name='ligne')),
                ],
                options={
                    'verbose_name': 'réponse à une préconisation',
                    'constraints': [models.CheckConstraint(condition=models.Q(('choice', 'followed'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='recommendation_departure_has_its_reason'), models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('line', 'kit'), name='recommendation_answered_once_at_a_time'), models.CheckConstraint(condition=models.Q(('replaced_at', None), ('replaced_at__gte', models.F('answered_at')), _connector='OR'), name='recommendation_replaced_after_it_is_answered')],
                },
            ), migrations.CreateModel(
                name='CopilRank',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('rank', models.PositiveSmallIntegerField(verbose_name='rang décidé')),
                    ('reason', models.CharField(max_length=500, verbose_name='raison')),
                    ('decision_id', models.UUIDField(verbose_name='décision')),
                    ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='copil_rank', to='priorities.priorityentry', verbose_name='rang signé')),
                ],
                options={
                    'verbose_name': 'rang changé par le comité',
                    'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='copil_rank_has_its_reason')],
                },
            )],
        ),
    ]
