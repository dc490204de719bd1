import django.db.models.deletion
import preau.kit.ids
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('studies', '0001_initial'), ('studies', '0002_known_words')]

    initial = True

    dependencies = [
        ('people', '0001_squashed_0018_text_segments'),
        ('places', '0001_squashed_0008_network'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='Cohort',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('opinion_id', models.UUIDField(blank=True, null=True, verbose_name='avis du COTECH')),
                    ('opinion_number', models.CharField(blank=True, max_length=12, verbose_name='numéro de l’avis')),
                    ('opinion_on', models.DateField(blank=True, null=True, verbose_name='avis rendu le')),
                    ('opinion_text', models.TextField(blank=True, verbose_name='texte de l’avis')),
                    ('decision_id', models.UUIDField(blank=True, null=True, verbose_name='décision du COPIL')),
                    ('decision_number', models.CharField(blank=True, max_length=12, verbose_name='numéro de la décision')),
                    ('decided_on', models.DateField(blank=True, null=True, verbose_name='décidé le')),
                    ('decision_reason', models.TextField(blank=True, verbose_name='motif de la décision')),
                    ('name', models.CharField(max_length=120, verbose_name='nom')),
                    ('aim', models.TextField(verbose_name='ce qui est essayé')),
                    ('starts_on', models.DateField(verbose_name='du')),
                    ('ends_on', models.DateField(verbose_name='au')),
                    ('state', models.CharField(choices=[('running', 'en cours'), ('reviewed', 'bilan signé par les deux autorités'), ('heard', 'avis du COTECH rendu'), ('decided', 'décision du COPIL')], default='running', max_length=8, verbose_name='état')),
                    ('outcome', models.CharField(blank=True, choices=[('extend', 'étendre'), ('adjust', 'ajuster'), ('stop', 'arrêter')], max_length=6, verbose_name='décision')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cohorts', to='places.city', verbose_name='ville')),
                    ('schools', models.ManyToManyField(related_name='cohorts', to='places.school', verbose_name='écoles')),
                ],
                options={
                    'verbose_name': 'laboratoire d’écoles',
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='cohort_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('state__in', ('running', 'reviewed')), ('decided_on', None), ('decision_id', None), ('opinion_id', None), ('opinion_on', None)), models.Q(('outcome', ''), ('state', 'heard'), ('decided_on', None), ('decision_id', None), ('opinion_id__isnull', False), ('opinion_on__isnull', False)), models.Q(('state', 'decided'), models.Q(('outcome', ''), _negated=True), ('decided_on__isnull', False), ('decision_id__isnull', False), ('opinion_id__isnull', False), ('opinion_on__isnull', False), models.Q(('decision_reason', ''), _negated=True)), _connector='OR'), name='cohort_state_has_its_acts')],
                },
            ), migrations.CreateModel(
                name='CohortQuestion',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('position', models.PositiveSmallIntegerField(verbose_name='rang')),
                    ('text', models.CharField(max_length=300, verbose_name='question')),
                    ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='studies.cohort', verbose_name='laboratoire')),
                ],
                options={
                    'verbose_name': 'question d’un laboratoire',
                    'ordering': [models.OrderBy(models.F('position'))],
                    'constraints': [models.UniqueConstraint(fields=('cohort', 'position'), name='cohort_question_position_once')],
                },
            ), migrations.CreateModel(
                name='CohortReview',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('authority', models.CharField(choices=[('city', 'Ville'), ('state', 'Éducation nationale')], max_length=5, verbose_name='autorité')),
                    ('text', models.TextField(verbose_name='bilan')),
                    ('answers', models.JSONField(default=dict, verbose_name='réponses')),
                    ('written_at', models.DateTimeField(verbose_name='écrit le')),
                    ('signed_at', models.DateTimeField(blank=True, null=True, verbose_name='signé le')),
                    ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='studies.cohort', verbose_name='laboratoire')),
                    ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='cohort_reviews', to='people.person')),
                ],
                options={
                    'verbose_name': 'bilan d’un laboratoire',
                    'constraints': [models.UniqueConstraint(fields=('cohort', 'authority'), name='cohort_review_once_per_side'), models.CheckConstraint(condition=models.Q(('authority__in', ['city', 'state'])), name='review_authority_is_known')],
                },
            ), migrations.CreateModel(
                name='Comparison',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('opinion_id', models.UUIDField(blank=True, null=True, verbose_name='avis du COTECH')),
                    ('opinion_number', models.CharField(blank=True, max_length=12, verbose_name='numéro de l’avis')),
                    ('opinion_on', models.DateField(blank=True, null=True, verbose_name='avis rendu le')),
                    ('opinion_text', models.TextField(blank=True, verbose_name='texte de l’avis')),
                    ('decision_id', models.UUIDField(blank=True, null=True, verbose_name='décision du COPIL')),
                    ('decision_number', models.CharField(blank=True, max_length=12, verbose_name='numéro de la décision')),
                    ('decided_on', models.DateField(blank=True, null=True, verbose_name='décidé le')),
                    ('decision_reason', models.TextField(blank=True, verbose_name='motif de la décision')),
                    ('title', models.CharField(max_length=160, verbose_name='question')),
                    ('need', models.TextField(verbose_name='besoin')),
                    ('opened_on', models.DateField(verbose_name='ouverte le')),
                    ('state', models.CharField(choices=[('open', 'à l’étude'), ('heard', 'avis du COTECH rendu'), ('chosen', 'choix du COPIL')], default='open', max_length=6, verbose_name='état')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comparisons', to='places.city', verbose_name='ville')),
                    ('choice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='chosen_in', to='studies.option', verbose_name='choix')),
                ],
                options={
                    'verbose_name': 'comparaison d’options',
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('choice', None), ('state', 'open'), ('decided_on', None), ('decision_id', None), ('opinion_id', None), ('opinion_on', None)), models.Q(('choice', None), ('state', 'heard'), ('decided_on', None), ('decision_id', None), ('opinion_id__isnull', False), ('opinion_on__isnull', False)), models.Q(('choice__isnull', False), ('state', 'chosen'), ('decided_on__isnull', False), ('decision_id__isnull', False), ('opinion_id__isnull', False), ('opinion_on__isnull', False), models.Q(('decision_reason', ''), _negated=True)), _connector='OR'), name='comparison_state_has_its_acts')],
                },
            ), migrations.CreateModel(
                name='Criterion',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('position', models.PositiveSmallIntegerField(verbose_name='rang')),
                    ('label', models.CharField(max_length=120, verbose_name='critère')),
                    ('weight', models.PositiveSmallIntegerField(verbose_name='poids')),
                    ('comparison', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='studies.comparison', verbose_name='comparaison')),
                ],
                options={
                    'verbose_name': 'critère',
                    'ordering': [models.OrderBy(models.F('position'))],
                    'constraints': [models.UniqueConstraint(fields=('comparison', 'position'), name='criterion_position_once'), models.CheckConstraint(condition=models.Q(('weight__gte', 1), ('weight__lte', 10)), name='criterion_weighs_1_to_10')],
                },
            ), migrations.CreateModel(
                name='Option',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('position', models.PositiveSmallIntegerField(verbose_name='rang')),
                    ('name', models.CharField(max_length=120, verbose_name='option')),
                    ('vendor', models.CharField(blank=True, max_length=120, verbose_name='proposée par')),
                    ('presented_on', models.DateField(blank=True, null=True, verbose_name='présentée le')),
                    ('note', models.TextField(blank=True, verbose_name='à savoir')),
                    ('comparison', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='studies.comparison', verbose_name='comparaison')),
                ],
                options={
                    'verbose_name': 'option',
                    'ordering': [models.OrderBy(models.F('position'))],
                    'constraints': [models.UniqueConstraint(fields=('comparison', 'position'), name='option_position_once')],
                },
            ), migrations.CreateModel(
                name='Mark',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('authority', models.CharField(choices=[('city', 'Ville'), ('state', 'Éducation nationale')], max_length=5, verbose_name='autorité')),
                    ('value', models.PositiveSmallIntegerField(verbose_name='note')),
                    ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='studies.criterion', verbose_name='critère')),
                    ('option', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='studies.option', verbose_name='option')),
                ],
                options={
                    'verbose_name': 'note d’une option',
                    'constraints': [models.UniqueConstraint(fields=('option', 'criterion', 'authority'), name='mark_once_per_authority'), models.CheckConstraint(condition=models.Q(('value__gte', 0), ('value__lte', 5)), name='mark_from_0_to_5'), models.CheckConstraint(condition=models.Q(('authority__in', ['city', 'state'])), name='mark_authority_is_known')],
                },
            )],
        ),
    ]
