import django.db.models.deletion
import django.db.models.expressions
import preau.kit.ids
import preau.kit.names
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('loans', '0001_initial'), ('loans', '0002_count_when_it_leaves_the_school'), ('loans', '0003_one_school_at_a_time'), ('loans', '0004_kits_in_repair'), ('loans', '0005_a_part_once_in_a_kit'), ('loans', '0006_kits_named'), ('loans', '0007_stops_of_a_year_at_most'), ('loans', '0008_kits_with_wifi')]

    initial = True

    dependencies = [
        ('people', '0001_squashed_0018_text_segments'),
        ('places', '0001_squashed_0008_network'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='KitPart',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('position', models.PositiveSmallIntegerField(verbose_name='rang')),
                    ('label', models.CharField(max_length=80, verbose_name='pièce')),
                    ('quantity', models.PositiveSmallIntegerField(default=1, verbose_name='nombre')),
                    ('removed_at', models.DateTimeField(blank=True, null=True, verbose_name='ôtée le')),
                    ('kit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='loans.sharedkit', verbose_name='malle')),
                ],
                options={
                    'verbose_name': 'pièce d’une malle',
                    'constraints': [models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='kit_part_has_a_number'), models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('kit', 'label'), name='kit_holds_a_part_once')],
                },
            ), migrations.CreateModel(
                name='Booking',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('connected_objects', 'malle d’objets connectés'), ('ulis', 'chariot pour les dispositifs ULIS'), ('hearing', 'chariot pour les élèves malentendants'), ('other', 'autre malle')], max_length=20, verbose_name='nature')),
                    ('asked_at', models.DateTimeField(verbose_name='demandée le')),
                    ('first_half_day', models.PositiveIntegerField(verbose_name='première demi-journée')),
                    ('last_half_day', models.PositiveIntegerField(verbose_name='dernière demi-journée')),
                    ('activity', models.CharField(max_length=300, verbose_name='activité prévue')),
                    ('state', models.CharField(choices=[('requested', 'demandée'), ('waiting', 'sur liste d’attente'), ('confirmed', 'confirmée'), ('refused', 'refusée'), ('cancelled', 'annulée'), ('prepared', 'prête à partir'), ('out', 'en route'), ('in_use', 'à l’école'), ('returned', 'revenue'), ('checked', 'vérifiée'), ('closed', 'close')], max_length=10, verbose_name='état')),
                    ('reason', models.CharField(blank=True, max_length=300, verbose_name='motif')),
                    ('transport', models.CharField(blank=True, max_length=200, verbose_name='transport')),
                    ('changed_at', models.DateTimeField(verbose_name='changée le')),
                    ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='bookings', to='people.person', verbose_name='demandée par')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='places.city', verbose_name='ville')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='places.school', verbose_name='école')),
                    ('kit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='loans.sharedkit', verbose_name='malle')),
                    ('wanted', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='loans.sharedkit', verbose_name='malle demandée')),
                ],
                options={
                    'verbose_name': 'réservation d’une malle',
                    'indexes': [models.Index(fields=['city', 'state', 'first_half_day'], name='loans_booki_city_id_81d023_idx'), models.Index(fields=['school', 'first_half_day'], name='loans_booki_school__b4eb5c_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('last_half_day__gte', models.F('first_half_day'))), name='booking_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('kit__isnull', False), models.Q(('state__in', ('requested', 'confirmed', 'prepared', 'out', 'in_use', 'returned', 'checked', 'closed')), _negated=True), _connector='OR'), name='booking_holds_a_kit_or_waits'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='booking_refusal_has_a_reason'), models.UniqueConstraint(condition=models.Q(('state__in', ('out', 'in_use'))), fields=('kit',), name='kit_away_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'other'), ('wanted__isnull', False)), models.Q(models.Q(('kind', 'other'), _negated=True), ('wanted', None)), _connector='OR'), name='booking_names_a_kit_of_no_nature'), models.CheckConstraint(condition=models.Q(('wanted', None), ('kit', None), ('kit', models.F('wanted')), _connector='OR'), name='booking_gets_the_kit_it_named')],
                },
            ), migrations.CreateModel(
                name='HandOver',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('moment', models.CharField(choices=[('prepared', 'préparation'), ('arrived', 'arrivée à l’école'), ('returned', 'départ de l’école'), ('checked', 'contrôle au retour')], max_length=8, verbose_name='moment')),
                    ('at', models.DateTimeField(verbose_name='fait le')),
                    ('note', models.CharField(blank=True, max_length=300, verbose_name='remarque')),
                    ('photo_name', models.CharField(blank=True, max_length=40, verbose_name='photo')),
                    ('booking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hand_overs', to='loans.booking', verbose_name='réservation')),
                    ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='hand_overs', to='people.person', verbose_name='fait par')),
                ],
                options={
                    'verbose_name': 'état des lieux d’une malle',
                    'constraints': [models.UniqueConstraint(fields=('booking', 'moment'), name='hand_over_once_per_moment')],
                },
            ), migrations.CreateModel(
                name='PartCount',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('expected_count', models.PositiveSmallIntegerField(verbose_name='attendues')),
                    ('found_count', models.PositiveSmallIntegerField(verbose_name='trouvées')),
                    ('hand_over', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='loans.handover', verbose_name='état des lieux')),
                    ('part', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='loans.kitpart', verbose_name='pièce')),
                ],
                options={
                    'verbose_name': 'pièces comptées',
                    'constraints': [models.UniqueConstraint(fields=('hand_over', 'part'), name='part_counted_once')],
                },
            ), migrations.CreateModel(
                name='SharedKit',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('connected_objects', 'malle d’objets connectés'), ('ulis', 'chariot pour les dispositifs ULIS'), ('hearing', 'chariot pour les élèves malentendants'), ('other', 'autre malle')], max_length=20, verbose_name='nature')),
                    ('name', models.CharField(max_length=80, verbose_name='nom')),
                    ('sort_key', preau.kit.names.SortKeyField(editable=False, max_length=200, source=('name',))),
                    ('description', models.TextField(blank=True, max_length=600, verbose_name='à quoi elle sert')),
                    ('transport_half_days', models.PositiveSmallIntegerField(default=1, verbose_name='demi-journées de transport')),
                    ('longest_half_days', models.PositiveSmallIntegerField(default=20, verbose_name='durée la plus longue, en demi-journées')),
                    ('retired_on', models.DateField(blank=True, null=True, verbose_name='retirée le')),
                    ('has_access_point', models.BooleanField(default=False, verbose_name='contient une borne Wi-Fi')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shared_kits', to='places.city', verbose_name='ville')),
                ],
                options={
                    'verbose_name': 'malle mutualisée',
                    'constraints': [models.UniqueConstraint(fields=('city', 'sort_key'), name='shared_kit_name_once_per_city'), models.CheckConstraint(condition=models.Q(('longest_half_days__gt', 0)), name='shared_kit_is_lent_for_a_time')],
                },
            ), migrations.CreateModel(
                name='Unavailability',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('first_half_day', models.PositiveIntegerField(verbose_name='première demi-journée')),
                    ('last_half_day', models.PositiveIntegerField(verbose_name='dernière demi-journée')),
                    ('reason', models.CharField(max_length=100, verbose_name='raison')),
                    ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='finie le')),
                    ('kit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unavailabilities', to='loans.sharedkit', verbose_name='malle')),
                ],
                options={
                    'verbose_name': 'indisponibilité d’une malle',
                    'constraints': [models.CheckConstraint(condition=models.Q(('last_half_day__gte', models.F('first_half_day'))), name='unavailability_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='unavailability_has_a_reason'), models.CheckConstraint(condition=models.Q(('last_half_day__lte', django.db.models.expressions.CombinedExpression(models.F('first_half_day'), '+', models.Value(732)))), name='unavailability_is_a_year_at_most')],
                },
            ), migrations.CreateModel(
                name='BookingSlot',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('half_day', models.PositiveIntegerField(verbose_name='demi-journée')),
                    ('is_transport', models.BooleanField(default=False, verbose_name='transport')),
                    ('booking', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='loans.booking', verbose_name='réservation')),
                    ('kit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='loans.sharedkit', verbose_name='malle')),
                    ('unavailability', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='loans.unavailability', verbose_name='indisponibilité')),
                ],
                options={
                    'verbose_name': 'demi-journée d’une malle',
                    'constraints': [models.UniqueConstraint(fields=('kit', 'half_day'), name='half_day_lent_once'), models.CheckConstraint(condition=models.Q(models.Q(('booking__isnull', False), ('unavailability__isnull', True)), models.Q(('booking__isnull', True), ('is_transport', False), ('unavailability__isnull', False)), _connector='OR'), name='half_day_kept_for_one_thing')],
                },
            )],
        ),
    ]
