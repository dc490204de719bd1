import django.db.models.deletion
import preau.kit.ids
import preau.kit.names
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('rollouts', '0001_initial'), ('rollouts', '0002_rollout_reason'), ('rollouts', '0003_settled_kit'), ('rollouts', '0004_settled_kit_filled'), ('rollouts', '0005_why_beside_a_programme')]

    initial = True

    dependencies = [
        ('equipment', '0001_squashed_0013_lines_left_out'),
        ('people', '0001_squashed_0018_text_segments'),
        ('places', '0001_squashed_0008_network'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='Reception',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('held_on', models.DateField(verbose_name='tenue le')),
                    ('number', models.CharField(blank=True, max_length=12, verbose_name='numéro')),
                    ('quality', models.CharField(choices=[('deck', 'diaporama 2018'), ('measured', 'mesuré'), ('declared', 'déclaré'), ('estimated', 'estimé'), ('fictitious', 'fictif')], default='measured', max_length=10, verbose_name='qualité')),
                    ('signed_at', models.DateTimeField(blank=True, null=True, verbose_name='signée par la Ville le')),
                    ('receipt_at', models.DateTimeField(blank=True, null=True, verbose_name='signée par l’école le')),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='retirée le')),
                    ('withdrawn_reason', models.CharField(blank=True, max_length=300, verbose_name='raison du retrait')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receptions', to='places.city', verbose_name='ville')),
                    ('receipt_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='receipts', to='people.person', verbose_name='signée pour l’école par')),
                    ('rollout', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receptions', to='rollouts.rollout', verbose_name='déploiement')),
                ],
                options={
                    'verbose_name': 'procès-verbal de réception',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('city', 'number'), name='reception_number_once'), models.UniqueConstraint(condition=models.Q(('signed_at', None), ('withdrawn_at', None)), fields=('rollout',), name='one_reception_being_written'), models.CheckConstraint(condition=models.Q(models.Q(('number', ''), ('signed_at', None)), models.Q(models.Q(('number', ''), _negated=True), ('signed_at__isnull', False)), _connector='OR'), name='reception_numbered_when_signed'), models.CheckConstraint(condition=models.Q(models.Q(('receipt_at', None), ('receipt_by', None)), ('receipt_at__gte', models.F('signed_at')), _connector='OR'), name='school_signs_after_the_city'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_reason', '')), ('withdrawn_at__isnull', False), _connector='OR'), name='reception_withdrawn_with_its_day')],
                },
            ), migrations.CreateModel(
                name='ReceptionLine',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('scope', models.CharField(choices=[('class', 'classe'), ('common', 'parties communes')], default='class', max_length=6, verbose_name='portée')),
                    ('label', models.CharField(max_length=120, verbose_name='classe ou salle')),
                    ('label_key', preau.kit.names.SortKeyField(editable=False, max_length=200, source=('label',))),
                    ('accepted_on', models.DateField(blank=True, null=True, verbose_name='reçue le')),
                    ('acceptance', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reception_line', to='equipment.acceptance', verbose_name='réception')),
                    ('reception', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='rollouts.reception', verbose_name='procès-verbal')),
                ],
                options={
                    'verbose_name': 'ligne de procès-verbal',
                    'constraints': [models.UniqueConstraint(fields=('reception', 'scope', 'label_key'), name='reception_line_once'), models.CheckConstraint(condition=models.Q(models.Q(('acceptance', None), ('accepted_on', None)), models.Q(('acceptance__isnull', False), ('accepted_on__isnull', False), ('scope', 'class')), models.Q(('acceptance', None), ('accepted_on__isnull', False), ('scope', 'common')), _connector='OR'), name='class_accepted_counts_in_the_plan')],
                },
            ), migrations.CreateModel(
                name='Reservation',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('text', models.CharField(max_length=300, verbose_name='réserve')),
                    ('due_on', models.DateField(verbose_name='à lever avant le')),
                    ('lifted_on', models.DateField(blank=True, null=True, verbose_name='levée le')),
                    ('lifted_note', models.CharField(blank=True, max_length=300, verbose_name='ce qui a été fait')),
                    ('kit_line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reservations', to='equipment.kitline', verbose_name='élément')),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reservations', to='rollouts.receptionline', verbose_name='ligne')),
                ],
                options={
                    'verbose_name': 'réserve',
                    'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='reservation_says_what'), models.CheckConstraint(condition=models.Q(models.Q(('lifted_note', ''), ('lifted_on', None)), models.Q(('lifted_on__isnull', False), models.Q(('lifted_note', ''), _negated=True)), _connector='OR'), name='reservation_lifted_with_its_note')],
                },
            ), migrations.CreateModel(
                name='Rollout',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('classes_count', models.PositiveSmallIntegerField(verbose_name='classes à équiper')),
                    ('programme_entry_id', models.UUIDField(blank=True, null=True, unique=True, verbose_name='ligne du programme')),
                    ('opened_on', models.DateField(verbose_name='ouvert le')),
                    ('service_on', models.DateField(blank=True, null=True, verbose_name='en service le')),
                    ('abandoned_on', models.DateField(blank=True, null=True, verbose_name='abandonné le')),
                    ('abandoned_reason', models.CharField(blank=True, max_length=300, verbose_name='raison de l’abandon')),
                    ('reason', models.CharField(blank=True, max_length=300, verbose_name='raison')),
                    ('kit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rollouts', to='equipment.standardkit', verbose_name='équipement type')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rollouts', to='places.school', verbose_name='école')),
                    ('settled_kit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='equipment.standardkit', verbose_name='équipement type arrêté')),
                ],
                options={
                    'verbose_name': 'déploiement',
                    'indexes': [models.Index(fields=['opened_on'], name='rollouts_ro_opened__bdbc24_idx')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('abandoned_on', None), ('service_on', None)), fields=('school',), name='one_rollout_under_way'), models.CheckConstraint(condition=models.Q(('service_on', None), ('service_on__gte', models.F('opened_on')), _connector='OR'), name='rollout_serves_after_it_opens'), models.CheckConstraint(condition=models.Q(models.Q(('abandoned_on', None), ('abandoned_reason', '')), models.Q(('abandoned_on__gte', models.F('opened_on')), ('service_on', None), models.Q(('abandoned_reason', ''), _negated=True)), _connector='OR'), name='rollout_abandoned_with_its_reason'), models.CheckConstraint(condition=models.Q(('classes_count__gte', 1), ('classes_count__lte', 60)), name='rollout_has_its_classes'), models.CheckConstraint(condition=models.Q(models.Q(('programme_entry_id', None), ('settled_kit', None)), models.Q(('programme_entry_id__isnull', False), ('settled_kit__isnull', False)), _connector='OR'), name='rollout_of_a_programme_knows_its_kit'), models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('settled_kit', models.F('kit')), ('settled_kit__isnull', False)), models.Q(('settled_kit', None), models.Q(('reason', ''), _negated=True)), models.Q(('settled_kit__isnull', False), models.Q(('settled_kit', models.F('kit')), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='rollout_says_why_without_or_beside_its_programme')],
                },
            ), migrations.CreateModel(
                name='RolloutStep',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('site_survey', 'visite technique'), ('council_informed', 'conseil d’école informé du Wi-Fi'), ('cabling', 'câblage'), ('link_ready', 'liaison Internet'), ('ordered', 'commande'), ('delivered', 'livraison'), ('installed', 'installation'), ('configured', 'paramétrage'), ('accepted', 'réception'), ('trained', 'formation de l’équipe'), ('in_service', 'mise en service')], max_length=16, verbose_name='étape')),
                    ('owner', models.CharField(choices=[('city_it', 'informatique des écoles'), ('city_education', 'Direction Éducation'), ('buildings', 'bâtiments de la Ville'), ('supplier', 'fournisseur'), ('dsden', 'DSDEN'), ('school', 'école')], max_length=14, verbose_name='chez qui')),
                    ('planned_on', models.DateField(blank=True, null=True, verbose_name='prévue le')),
                    ('done_on', models.DateField(blank=True, null=True, verbose_name='faite le')),
                    ('blocked_on', models.DateField(blank=True, null=True, verbose_name='bloquée depuis le')),
                    ('blocked_cause', models.CharField(blank=True, max_length=300, verbose_name='cause du blocage')),
                    ('proof', models.CharField(blank=True, max_length=300, verbose_name='preuve')),
                    ('version', models.PositiveIntegerField(default=0, verbose_name='version')),
                    ('rollout', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='rollouts.rollout', verbose_name='déploiement')),
                ],
                options={
                    'verbose_name': 'étape d’un déploiement',
                    'constraints': [models.UniqueConstraint(fields=('rollout', 'kind'), name='rollout_step_once'), models.CheckConstraint(condition=models.Q(models.Q(('blocked_cause', ''), ('blocked_on', None)), models.Q(('blocked_on__isnull', False), models.Q(('blocked_cause', ''), _negated=True)), _connector='OR'), name='step_blocked_with_its_cause'), models.CheckConstraint(condition=models.Q(('done_on', None), ('blocked_on', None), _connector='OR'), name='step_done_is_not_blocked'), models.CheckConstraint(condition=models.Q(('done_on', None), models.Q(('kind__in', ['accepted', 'in_service']), _negated=True), _connector='OR'), name='derived_step_not_ticked'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'trained'), _negated=True), ('done_on', None), models.Q(('proof', ''), _negated=True), _connector='OR'), name='training_has_its_proof')],
                },
            )],
        ),
    ]
