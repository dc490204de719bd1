import django.db.models.deletion
import preau.kit.ids
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('notify', '0001_evenings'), ('notify', '0002_notices'), ('notify', '0003_telling'), ('notify', '0004_push_device'), ('notify', '0005_level'), ('notify', '0006_texting'), ('notify', '0007_expects_adults')]

    initial = True

    dependencies = [
        ('people', '0001_squashed_0018_text_segments'),
        ('places', '0001_squashed_0008_network'),
        ('spaces', '0001_squashed_0010_network'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='Evening',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('asked_at', models.DateTimeField(verbose_name='demandé le')),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='evening_digest', to='people.person', verbose_name='personne')),
                ],
                options={
                    'verbose_name': 'courriel du soir',
                },
            ), migrations.CreateModel(
                name='Notice',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('published_at', models.DateTimeField(verbose_name='publié le')),
                    ('frozen_at', models.DateTimeField(blank=True, null=True, verbose_name='liste arrêtée le')),
                    ('reason', models.CharField(blank=True, max_length=200, verbose_name='raison de l’urgence')),
                    ('leaves_at', models.DateTimeField(verbose_name='envois à partir du')),
                    ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='envois préparés le')),
                    ('level', models.CharField(choices=[('info', 'à lire'), ('sign', 'à signer'), ('urgent', 'urgent')], default='sign', max_length=6, verbose_name='niveau')),
                    ('expects_adults', models.BooleanField(default=False, verbose_name='adultes attendus aussi')),
                    ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='annoncé par')),
                    ('publication', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='notice', to='spaces.publication', verbose_name='publication annoncée')),
                ],
                options={
                    'verbose_name': 'annonce',
                    'indexes': [models.Index(condition=models.Q(('told_at', None)), fields=['published_at'], name='notice_still_to_tell')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('frozen_at', None), ('frozen_at__gte', models.F('published_at')), _connector='OR'), name='notice_frozen_after_published'), models.CheckConstraint(condition=models.Q(('told_at', None), ('frozen_at__isnull', False), _connector='OR'), name='notice_told_once_frozen'), models.CheckConstraint(condition=models.Q(models.Q(('level', 'urgent'), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('level', 'urgent'), _negated=True), ('reason', '')), _connector='OR'), name='urgent_notice_says_why')],
                },
            ), migrations.CreateModel(
                name='Expected',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('added_at', models.DateTimeField(verbose_name='attendu depuis')),
                    ('seen_at', models.DateTimeField(blank=True, null=True, verbose_name='vu le')),
                    ('paper_out_at', models.DateTimeField(blank=True, null=True, verbose_name='coupon imprimé le')),
                    ('paper_back_at', models.DateTimeField(blank=True, null=True, verbose_name='papier rendu le')),
                    ('texted_at', models.DateTimeField(blank=True, null=True, verbose_name='SMS remis le')),
                    ('child', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person', verbose_name='pour l’enfant')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='expected_in', to='people.person', verbose_name='personne attendue')),
                    ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='expected', to='notify.notice', verbose_name='annonce')),
                ],
                options={
                    'verbose_name': 'personne attendue',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('child__isnull', False)), fields=('notice', 'person', 'child'), name='expected_once_per_child'), models.UniqueConstraint(condition=models.Q(('child', None)), fields=('notice', 'person'), name='expected_once_for_oneself'), models.CheckConstraint(condition=models.Q(('paper_back_at', None), models.Q(('paper_back_at__gte', models.F('paper_out_at')), ('paper_out_at__isnull', False)), _connector='OR'), name='expected_paper_back_after_out')],
                },
            ), migrations.CreateModel(
                name='Pause',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('begins_at', models.TimeField(verbose_name='à partir de')),
                    ('ends_at', models.TimeField(verbose_name='jusqu’à')),
                    ('spares_weekends', models.BooleanField(default=True, verbose_name='samedi et dimanche aussi')),
                    ('city', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pause', to='places.city', verbose_name='Ville')),
                    ('school', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pause', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'pause numérique',
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('city__isnull', False), ('school', None)), models.Q(('city', None), ('school__isnull', False)), _connector='OR'), name='pause_of_a_city_or_a_school'), models.CheckConstraint(condition=models.Q(('ends_at__lt', models.F('begins_at'))), name='pause_goes_through_the_night')],
                },
            ), migrations.CreateModel(
                name='PushDevice',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(blank=True, max_length=80, verbose_name='appareil')),
                    ('endpoint', models.TextField(verbose_name='adresse chez le service du navigateur')),
                    ('endpoint_digest', models.CharField(max_length=64, unique=True, verbose_name='empreinte de l’adresse')),
                    ('p256dh', models.CharField(max_length=100, verbose_name='clé publique du navigateur')),
                    ('auth', models.CharField(max_length=40, verbose_name='secret partagé avec le navigateur')),
                    ('asked_at', models.DateTimeField(verbose_name='demandé le')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='push_devices', to='people.person', verbose_name='personne')),
                ],
                options={
                    'verbose_name': 'appareil à prévenir',
                },
            ), migrations.CreateModel(
                name='Telling',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('way', models.CharField(choices=[('mail', 'courriel'), ('push', 'notification'), ('sms', 'SMS')], max_length=4, verbose_name='par')),
                    ('asked_on', models.DateField(verbose_name='demandé le')),
                    ('end', models.CharField(choices=[('left', 'parti'), ('refused', 'refusé par l’adresse'), ('given_up', 'abandonné'), ('unpaid', 'budget de SMS épuisé')], max_length=8, verbose_name='fin')),
                    ('ended_at', models.DateTimeField(verbose_name='fini le')),
                    ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tellings', to='notify.notice', verbose_name='annonce')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person', verbose_name='personne prévenue')),
                    ('text', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='tellings', to='people.textmessage', verbose_name='SMS envoyé')),
                ],
                options={
                    'verbose_name': 'envoi d’une annonce',
                    'constraints': [models.UniqueConstraint(fields=('notice', 'person', 'way', 'asked_on'), name='told_once_a_day_by_each_way')],
                },
            )],
        ),
    ]
