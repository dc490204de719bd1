import django.db.models.deletion
import preau.kit.ids
import preau.kit.names
import preau.kit.upgrades
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('inventory', '0001_initial'), ('inventory', '0002_asset_list'), ('inventory', '0003_retirement_of_that_day'), ('inventory', '0004_school_of_those_in_force'), ('inventory', '0005_drafts_leave_for_sheets'), ('inventory', '0006_off_switch_of_an_access_point'), ('inventory', '0007_what_a_class_shares'), ('inventory', '0008_what_a_school_has'), ('inventory', '0009_asset_list_of_what_is_here')]

    initial = True

    dependencies = [
        ('places', '0001_squashed_0008_network'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='Asset',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('slot', models.CharField(blank=True, max_length=3, verbose_name='place du chariot')),
                    ('slots_count', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='places d’élèves')),
                    ('kind', models.CharField(choices=[('board', 'tableau triptyque'), ('projector', 'vidéoprojecteur interactif'), ('pc', 'poste fixe'), ('laptop', 'ordinateur portable'), ('tablet', 'tablette'), ('cart', 'classe mobile (chariot)'), ('access_point', 'borne Wi-Fi'), ('printer', 'imprimante'), ('sound', 'enceinte'), ('camera', 'appareil de prise d’images'), ('microphone', 'micro'), ('visualiser', 'visualiseur'), ('object', 'objet connecté'), ('other', 'autre matériel')], max_length=12, verbose_name='nature')),
                    ('label', models.CharField(max_length=120, verbose_name='désignation')),
                    ('label_key', preau.kit.names.SortKeyField(editable=False, max_length=200, source=('label',))),
                    ('serial', models.CharField(blank=True, max_length=80, verbose_name='numéro de série')),
                    ('serial_key', preau.kit.names.SortKeyField(editable=False, max_length=80, source=('plain_serial',))),
                    ('tag', models.CharField(max_length=6, verbose_name='étiquette')),
                    ('state', models.CharField(choices=[('expected', 'attendu'), ('in_stock', 'en réserve'), ('deployed', 'en service'), ('in_repair', 'en réparation'), ('loaned', 'prêté'), ('missing', 'manquant'), ('retired', 'réformé'), ('disposed', 'sorti de l’inventaire')], max_length=9, verbose_name='état')),
                    ('state_on', models.DateField(verbose_name='dans cet état depuis le')),
                    ('placed_at', models.DateTimeField(verbose_name='placé le')),
                    ('note', models.CharField(blank=True, max_length=200, verbose_name='précision')),
                    ('due_on', models.DateField(blank=True, null=True, verbose_name='retour prévu le')),
                    ('received_on', models.DateField(blank=True, null=True, verbose_name='livré le')),
                    ('delivery_ref', models.CharField(blank=True, max_length=80, verbose_name='bon de livraison')),
                    ('funding', models.CharField(choices=[('unknown', 'financement non précisé'), ('city', 'Ville'), ('state', 'État'), ('other', 'autre financeur')], default='unknown', max_length=7, verbose_name='financement')),
                    ('price_cents', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='prix en centimes')),
                    ('regime', models.CharField(choices=[('unknown', 'régime fiscal non précisé'), ('ht', 'HT'), ('ttc', 'TTC')], default='unknown', max_length=8, verbose_name='régime')),
                    ('retired_on', models.DateField(blank=True, null=True, verbose_name='réformé le')),
                    ('disposed_on', models.DateField(blank=True, null=True, verbose_name='sorti le')),
                    ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                    ('off_switch', models.CharField(blank=True, choices=[('button', 'son interrupteur'), ('cart', 'l’interrupteur du chariot'), ('timer', 'une minuterie'), ('controller', 'le contrôleur de la Ville')], max_length=10, verbose_name='s’éteint par')),
                    ('cart', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contents', to='inventory.asset', verbose_name='chariot')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assets', to='places.city', verbose_name='ville')),
                    ('loaned_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assets_borrowed', to='places.school', verbose_name='prêté à')),
                    ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assets', to='places.room', verbose_name='local')),
                    ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assets', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'bien',
                    'indexes': [models.Index(fields=['city', 'state'], name='inventory_a_city_id_fb4b5d_idx'), models.Index(fields=['school', 'room'], name='inventory_a_school__0cd626_idx'), models.Index(fields=['school', 'kind', 'state'], name='inventory_a_school__f06833_idx'), models.Index(fields=['city', 'retired_on', 'school', 'funding', 'price_cents', 'state'], name='asset_list')],
                    'constraints': [models.UniqueConstraint(fields=('city', 'tag'), name='asset_tag_once_per_city'), models.UniqueConstraint(condition=models.Q(('serial_key', ''), _negated=True), fields=('city', 'kind', 'serial_key'), name='asset_serial_once_per_kind'), models.UniqueConstraint(condition=models.Q(('slot', ''), _negated=True), fields=('cart', 'slot'), name='cart_slot_holds_one'), models.CheckConstraint(condition=models.Q(models.Q(('cart', None), ('slot', '')), models.Q(('cart__isnull', False), models.Q(('slot', ''), _negated=True), models.Q(('kind', 'cart'), _negated=True)), _connector='OR'), name='asset_in_a_cart_has_its_slot'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'cart'), ('slots_count__gt', 0)), models.Q(models.Q(('kind', 'cart'), _negated=True), ('slots_count', None)), _connector='OR'), name='carts_alone_have_slots'), models.CheckConstraint(condition=models.Q(('room', None), ('school__isnull', False), _connector='OR'), name='asset_room_is_of_a_school'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'deployed'), _negated=True), ('school__isnull', False), _connector='OR'), name='asset_in_use_is_in_a_school'), models.CheckConstraint(condition=models.Q(models.Q(('loaned_to__isnull', False), ('state', 'loaned')), models.Q(models.Q(('state', 'loaned'), _negated=True), ('loaned_to', None)), _connector='OR'), name='asset_on_loan_says_to_whom'), models.CheckConstraint(condition=models.Q(('due_on', None), ('state__in', ['loaned', 'in_repair', 'expected']), _connector='OR'), name='asset_due_only_when_away'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'expected'), _negated=True), ('received_on', None), _connector='OR'), name='asset_expected_is_not_received'), models.CheckConstraint(condition=models.Q(models.Q(('disposed_on__gte', models.F('retired_on')), ('disposed_on__isnull', False), ('retired_on__isnull', False), ('state', 'disposed')), models.Q(('disposed_on', None), ('retired_on__isnull', False), ('state', 'retired')), models.Q(models.Q(('state__in', ['retired', 'disposed']), _negated=True), ('disposed_on', None), ('retired_on', None)), _connector='OR'), name='asset_end_has_its_dates'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['retired', 'disposed']), _negated=True), ('cart', None), _connector='OR'), name='retired_asset_left_its_cart'), models.CheckConstraint(condition=models.Q(('off_switch', ''), models.Q(('kind', 'access_point'), models.Q(models.Q(('off_switch', 'cart'), _negated=True), ('cart__isnull', False), _connector='OR')), _connector='OR'), name='off_switch_is_of_an_access_point')],
                },
            ), migrations.CreateModel(
                name='CountSession',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('client_id', models.UUIDField(unique=True, verbose_name='identifiant de l’envoi')),
                    ('source', models.CharField(choices=[('screen', 'sur place'), ('paper', 'feuille')], max_length=6, verbose_name='relevé')),
                    ('counted_at', models.DateTimeField(verbose_name='compté le')),
                    ('posted_at', models.DateTimeField(verbose_name='reçu le')),
                    ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='places.room', verbose_name='local')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'comptage',
                    'indexes': [models.Index(fields=['school', '-posted_at'], name='inventory_c_school__92c6c2_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('counted_at__lte', models.F('posted_at'))), name='count_is_sent_after_it_is_made')],
                },
            ), migrations.CreateModel(
                name='Observation',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('tag', models.CharField(max_length=6, verbose_name='étiquette')),
                    ('outcome', models.CharField(choices=[('seen', 'vu à sa place'), ('elsewhere', 'vu, noté ailleurs'), ('not_seen', 'non vu'), ('unknown', 'étiquette inconnue')], max_length=9, verbose_name='constat')),
                    ('resolution', models.CharField(blank=True, choices=[('placed', 'placé ici'), ('missing', 'noté manquant'), ('created', 'ajouté à l’inventaire'), ('left', 'laissé tel quel')], max_length=7, verbose_name='suite')),
                    ('resolved_at', models.DateTimeField(blank=True, null=True, verbose_name='réglé le')),
                    ('asset', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='inventory.asset', verbose_name='bien')),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='observations', to='inventory.countsession', verbose_name='comptage')),
                ],
                options={
                    'verbose_name': 'constat d’un comptage',
                    'constraints': [models.UniqueConstraint(fields=('session', 'tag'), name='tag_once_per_count'), models.CheckConstraint(condition=models.Q(models.Q(('asset', None), ('outcome', 'unknown')), models.Q(('outcome', 'unknown'), ('resolution', 'created')), models.Q(models.Q(('outcome', 'unknown'), _negated=True), ('asset__isnull', False)), _connector='OR'), name='known_tag_has_its_asset'), models.CheckConstraint(condition=models.Q(models.Q(('resolution', ''), ('resolved_at', None)), models.Q(models.Q(('resolution', ''), _negated=True), ('resolved_at__isnull', False)), _connector='OR'), name='resolution_has_its_instant')],
                },
            ), migrations.CreateModel(
                name='Retirement',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('reason', models.CharField(choices=[('obsolete', 'trop ancien'), ('broken', 'hors d’usage'), ('lost', 'perdu'), ('stolen', 'volé')], max_length=8, verbose_name='motif')),
                    ('retired_on', models.DateField(verbose_name='réformé le')),
                    ('report_ref', models.CharField(blank=True, max_length=80, verbose_name='déclaration de perte ou de vol')),
                    ('needs_erasure', models.BooleanField(verbose_name='mémoire à effacer')),
                    ('erased_on', models.DateField(blank=True, null=True, verbose_name='effacé le')),
                    ('erased_by', models.CharField(blank=True, max_length=120, verbose_name='effacé par')),
                    ('erasure_method', models.CharField(blank=True, choices=[('overwrite', 'écrasement complet'), ('crypto', 'effacement cryptographique ou remise à zéro du fabricant'), ('destroy', 'destruction du support'), ('nothing_held', 'support absent ou déjà vide, vérifié')], max_length=12, verbose_name='procédé')),
                    ('erasure_ref', models.CharField(blank=True, max_length=80, verbose_name='référence du certificat')),
                    ('way', models.CharField(blank=True, choices=[('reuse', 'réemploi'), ('donation', 'don'), ('return', 'reprise par le fournisseur'), ('waste', 'déchet électronique (DEEE)'), ('never_found', 'jamais retrouvé')], max_length=11, verbose_name='destination')),
                    ('beneficiary', models.CharField(blank=True, max_length=120, verbose_name='remis à')),
                    ('disposed_on', models.DateField(blank=True, null=True, verbose_name='sorti le')),
                    ('disposal_ref', models.CharField(blank=True, max_length=80, verbose_name='pièce')),
                    ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='annulée le')),
                    ('funding', models.CharField(choices=[('unknown', 'financement non précisé'), ('city', 'Ville'), ('state', 'État'), ('other', 'autre financeur')], default='unknown', max_length=7, verbose_name='financement')),
                    ('salt', models.UUIDField(default=uuid.uuid4, editable=False, null=True, verbose_name='sel des empreintes')),
                    ('asset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='retirements', to='inventory.asset', verbose_name='bien')),
                    ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='retirements', to='places.school', verbose_name='école de ce jour-là')),
                ],
                options={
                    'verbose_name': 'réforme d’un bien',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled_at', None)), fields=('asset',), name='asset_retired_once'), models.CheckConstraint(condition=models.Q(('needs_erasure', False), models.Q(('erased_on__isnull', False), ('erased_on__lte', models.F('retired_on')), models.Q(('erased_by', ''), _negated=True), models.Q(('erasure_method', ''), _negated=True)), _connector='OR'), name='retirement_with_its_erasure'), models.CheckConstraint(condition=models.Q(models.Q(('reason__in', ['lost', 'stolen']), _negated=True), models.Q(('report_ref', ''), _negated=True), _connector='OR'), name='loss_has_its_report'), models.CheckConstraint(condition=models.Q(models.Q(('disposed_on', None), ('way', '')), models.Q(models.Q(('way', ''), _negated=True), ('disposed_on__gte', models.F('retired_on')), ('disposed_on__isnull', False)), _connector='OR'), name='disposal_has_its_way_and_day'), models.CheckConstraint(condition=models.Q(('way', ''), models.Q(('reason__in', ['lost', 'stolen']), ('way', 'never_found')), models.Q(models.Q(('way', 'never_found'), _negated=True), ('reason__in', ['obsolete', 'broken'])), _connector='OR'), name='what_is_lost_goes_nowhere'), models.CheckConstraint(condition=models.Q(models.Q(('way__in', ['reuse', 'donation', 'return', 'waste']), _negated=True), models.Q(('beneficiary', ''), _negated=True), _connector='OR'), name='disposal_says_to_whom')],
                },
            )],
        ),
    ]
