import django.db.models.deletion
import preau.kit.ids
import preau.kit.names
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('equipment', '0001_initial'), ('equipment', '0002_plan_draft'), ('equipment', '0003_kinds_of_kit_lines'), ('equipment', '0004_drafts_leave_for_sheets'), ('equipment', '0005_acceptances_of_a_school'), ('equipment', '0006_acceptances_withdrawn_with_a_reason'), ('equipment', '0007_acceptances_named'), ('equipment', '0008_facts_lent'), ('equipment', '0009_expenses_have_a_kind'), ('equipment', '0010_contents_not_detailed'), ('equipment', '0011_figures_of_a_school'), ('equipment', '0012_subscriptions_withdrawn'), ('equipment', '0013_lines_left_out')]

    initial = True

    dependencies = [
        ('kit', '0001_squashed_0005_worker_lease'),
        ('places', '0001_squashed_0008_network'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='PlanGeneration',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('number', models.PositiveIntegerField(default=0, verbose_name='numéro')),
                    ('city', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='plan_generation', to='places.city', verbose_name='ville')),
                ],
                options={
                    'verbose_name': 'génération des chiffres du plan',
                },
            ), migrations.CreateModel(
                name='StandardKit',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('school_kind', models.CharField(choices=[('nursery', 'école maternelle'), ('elementary', 'école élémentaire'), ('primary', 'école primaire'), ('creche', 'crèche ou halte-garderie')], max_length=12, verbose_name='pour')),
                    ('version', models.PositiveSmallIntegerField(verbose_name='version')),
                    ('published_on', models.DateField(verbose_name='publié le')),
                    ('source', models.CharField(max_length=300, verbose_name='source')),
                    ('quality', models.CharField(choices=[('deck', 'diaporama 2018'), ('measured', 'mesuré'), ('declared', 'déclaré'), ('estimated', 'estimé'), ('fictitious', 'fictif')], max_length=10, verbose_name='qualité')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='standard_kits', to='places.city', verbose_name='ville')),
                ],
                options={
                    'verbose_name': 'équipement type',
                    'constraints': [models.UniqueConstraint(fields=('city', 'school_kind', 'version'), name='kit_version_once_per_kind')],
                },
            ), migrations.CreateModel(
                name='KitLine',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('position', models.PositiveSmallIntegerField(verbose_name='rang')),
                    ('item', models.CharField(max_length=160, verbose_name='élément')),
                    ('rule', models.CharField(choices=[('per_school', 'par école'), ('per_class', 'par classe'), ('per_floor', 'par étage'), ('per_n_pupils', 'par groupe d’élèves')], max_length=12, verbose_name='règle')),
                    ('quantity_min', models.PositiveSmallIntegerField(default=1, verbose_name='au moins')),
                    ('quantity_max', models.PositiveSmallIntegerField(default=1, verbose_name='au plus')),
                    ('pupils_per_group', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='élèves par groupe')),
                    ('is_wifi', models.BooleanField(default=False, verbose_name='utilise le Wi-Fi')),
                    ('kind', models.CharField(choices=[('link', 'liaison Internet'), ('cabling', 'câblage'), ('store', 'réserve sécurisée'), ('board', 'tableau'), ('projector', 'vidéoprojecteur'), ('pc', 'poste'), ('cart', 'classe mobile'), ('terminal', 'tablettes ou portables'), ('access_point', 'borne Wi-Fi'), ('other', 'autre')], default='other', max_length=12, verbose_name='nature')),
                    ('option', models.CharField(choices=[('always', 'toutes les écoles'), ('ulis', 'écoles avec un dispositif ULIS'), ('hearing', 'écoles qui accueillent des élèves sourds ou malentendants')], default='always', max_length=8, verbose_name='pour')),
                    ('kit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='equipment.standardkit', verbose_name='équipement type')),
                ],
                options={
                    'verbose_name': 'ligne d’équipement type',
                    'constraints': [models.UniqueConstraint(fields=('kit', 'position'), name='kit_line_position_once'), models.CheckConstraint(condition=models.Q(('quantity_max__gte', models.F('quantity_min'))), name='kit_line_max_above_min'), models.CheckConstraint(condition=models.Q(models.Q(('rule', 'per_n_pupils'), _negated=True), ('pupils_per_group__gt', 0), _connector='OR'), name='kit_line_per_pupils_has_its_group'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('access_point', 'cart')), _negated=True), ('is_wifi', True), _connector='OR'), name='kit_line_access_point_is_wifi'), models.CheckConstraint(condition=models.Q(('option', 'always'), models.Q(('rule', 'per_class'), _negated=True), _connector='OR'), name='kit_line_extra_is_not_per_class')],
                },
            ), migrations.CreateModel(
                name='Acceptance',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('label', models.CharField(max_length=120, verbose_name='classe ou salle')),
                    ('label_key', preau.kit.names.SortKeyField(editable=False, max_length=200, source=('label',))),
                    ('accepted_on', models.DateField(verbose_name='reçue le')),
                    ('day_is_known', models.BooleanField(default=True, verbose_name='jour connu')),
                    ('source', models.CharField(max_length=300, verbose_name='source')),
                    ('quality', models.CharField(choices=[('deck', 'diaporama 2018'), ('measured', 'mesuré'), ('declared', 'déclaré'), ('estimated', 'estimé'), ('fictitious', 'fictif')], max_length=10, verbose_name='qualité')),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='retirée le')),
                    ('withdrawn_reason', models.CharField(blank=True, max_length=400, verbose_name='raison du retrait')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acceptances', to='places.school', verbose_name='école')),
                    ('kit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='acceptances', to='equipment.standardkit', verbose_name='équipement type')),
                ],
                options={
                    'verbose_name': 'réception d’une classe',
                    'indexes': [models.Index(fields=['school', 'accepted_on'], name='equipment_a_school__f55b61_idx'), models.Index(fields=['school', 'kit'], name='equipment_a_school__47c888_idx')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('school', 'label_key', 'kit'), name='class_accepted_once_per_kit'), models.CheckConstraint(condition=models.Q(('withdrawn_reason', ''), ('withdrawn_at__isnull', False), _connector='OR'), name='acceptance_withdrawn_with_its_day'), models.CheckConstraint(condition=models.Q(models.Q(('label', ''), _negated=True), models.Q(('source', ''), _negated=True)), name='acceptance_names_its_class_and_its_source'), models.UniqueConstraint(condition=models.Q(('kit', None), ('withdrawn_at', None)), fields=('school', 'label_key'), name='class_accepted_once_without_a_kit')],
                },
            ), migrations.CreateModel(
                name='Subscription',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('starts_on', models.DateField(verbose_name='à partir du')),
                    ('years_count', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='années')),
                    ('payer', models.CharField(choices=[('city', 'Ville'), ('state', 'État')], max_length=5, verbose_name='payeur')),
                    ('source', models.CharField(max_length=300, verbose_name='source')),
                    ('quality', models.CharField(choices=[('deck', 'diaporama 2018'), ('measured', 'mesuré'), ('declared', 'déclaré'), ('estimated', 'estimé'), ('fictitious', 'fictif')], max_length=10, verbose_name='qualité')),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='retiré le')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subscriptions', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'abonnement d’une école',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('school', 'starts_on'), name='subscription_once_per_start'), models.CheckConstraint(condition=models.Q(('years_count', None), ('years_count__gte', 1), _connector='OR'), name='subscription_lasts_a_year_or_unknown')],
                },
            ), migrations.CreateModel(
                name='Expense',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('fiscal_year', models.PositiveSmallIntegerField(verbose_name='exercice')),
                    ('amount_cents', models.BigIntegerField(verbose_name='montant en centimes')),
                    ('regime', models.CharField(choices=[('unknown', 'régime fiscal non précisé'), ('ht', 'HT'), ('ttc', 'TTC')], default='unknown', max_length=8, verbose_name='régime')),
                    ('source', models.CharField(max_length=300, verbose_name='source')),
                    ('quality', models.CharField(choices=[('deck', 'diaporama 2018'), ('measured', 'mesuré'), ('declared', 'déclaré'), ('estimated', 'estimé'), ('fictitious', 'fictif')], max_length=10, verbose_name='qualité')),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='retirée le')),
                    ('ht_cents', models.BigIntegerField(blank=True, null=True, verbose_name='montant HT en centimes')),
                    ('kind', models.CharField(choices=[('paid', 'dépense'), ('credit', 'avoir')], default='paid', max_length=6, verbose_name='nature')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expenses', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'dépense d’équipement',
                    'indexes': [models.Index(fields=['school', 'fiscal_year'], name='equipment_e_school__3a307d_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amount_cents__gte', 0), ('kind', 'paid')), models.Q(('amount_cents__lt', 0), ('kind', 'credit')), _connector='OR'), name='expense_sign_is_that_of_its_kind'), models.CheckConstraint(condition=models.Q(('ht_cents', None), models.Q(('ht_cents__gte', 0), ('kind', 'paid'), ('regime', 'ttc')), models.Q(('ht_cents__lt', 0), ('kind', 'credit'), ('regime', 'ttc')), _connector='OR'), name='expense_ht_stands_beside_ttc')],
                },
            ), migrations.CreateModel(
                name='Fact',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('measure', models.CharField(choices=[('schools', 'écoles maternelles et élémentaires publiques'), ('pupils', 'élèves des écoles publiques'), ('equipped_schools', 'écoles équipées'), ('equipped_nurseries', 'maternelles équipées'), ('equipped_elementaries', 'élémentaires équipées'), ('equipped_classes', 'classes équipées'), ('invested_cents', 'investi pour les écoles équipées'), ('classes', 'classes de l’école'), ('school_pupils', 'élèves de l’école'), ('priority_education', 'éducation prioritaire'), ('floors', 'étages avec des classes'), ('social_index_tenths', 'indice de position sociale'), ('pilot_pupils', 'élèves des écoles abonnées par la Ville'), ('unit_price_ht_cents', 'abonnement par élève et par an, HT'), ('subscription_ttc_cents', 'coût publié de l’abonnement, TTC')], max_length=24, verbose_name='mesure')),
                    ('value', models.BigIntegerField(verbose_name='valeur')),
                    ('as_of', models.DateField(verbose_name='au')),
                    ('period', models.CharField(blank=True, max_length=20, verbose_name='période')),
                    ('is_approximate', models.BooleanField(default=False, verbose_name='environ')),
                    ('source', models.CharField(max_length=300, verbose_name='source')),
                    ('quality', models.CharField(choices=[('deck', 'diaporama 2018'), ('measured', 'mesuré'), ('declared', 'déclaré'), ('estimated', 'estimé'), ('fictitious', 'fictif')], max_length=10, verbose_name='qualité')),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='retiré le')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='places.city', verbose_name='ville')),
                    ('proxy_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='estimates', to='places.school', verbose_name='estimé d’après')),
                    ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'chiffre du plan',
                    'indexes': [models.Index(fields=['city', 'measure', 'as_of'], name='equipment_f_city_id_f40f3d_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='fact_is_not_negative'), models.CheckConstraint(condition=models.Q(('proxy_of', None), models.Q(('measure', 'social_index_tenths'), ('quality__in', ('estimated', 'fictitious')), ('school__isnull', False), models.Q(('proxy_of', models.F('school')), _negated=True)), _connector='OR'), name='fact_lent_is_the_estimated_index_of_another'), models.UniqueConstraint(condition=models.Q(('proxy_of__isnull', False), ('withdrawn_at', None)), fields=('school',), name='fact_lent_one_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('measure', 'priority_education'), _negated=True), ('value__in', (0, 1, 2)), _connector='OR'), name='fact_of_priority_education_is_a_code')],
                },
            ), migrations.CreateModel(
                name='LeftOut',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('file_name', models.CharField(max_length=200, verbose_name='fichier')),
                    ('line', models.PositiveIntegerField(blank=True, null=True, verbose_name='ligne')),
                    ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='année')),
                    ('subject', models.CharField(max_length=200, verbose_name='école, telle que le tableau l’écrit')),
                    ('reason', models.CharField(max_length=1000, verbose_name='raison')),
                    ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='réglée le')),
                    ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='left_out', to='kit.batch', verbose_name='lot appliqué')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='left_out', to='places.city', verbose_name='ville')),
                    ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='left_out', to='places.school', verbose_name='école')),
                    ('settled_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='kit.batch', verbose_name='lot qui l’a prise')),
                ],
                options={
                    'verbose_name': 'ligne de tableau non reprise',
                    'indexes': [models.Index(fields=['school', 'settled_at'], name='equipment_l_school__0a43a6_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('subject', ''), _negated=True), models.Q(('reason', ''), _negated=True)), name='left_out_says_of_what_and_why'), models.CheckConstraint(condition=models.Q(('settled_in', None), ('settled_at__isnull', False), _connector='OR'), name='left_out_taken_is_settled')],
                },
            )],
        ),
    ]
