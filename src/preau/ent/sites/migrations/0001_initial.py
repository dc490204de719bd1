import django.db.models.deletion
import preau.kit.ids
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0002_sign_ins'),
        ('places', '0001_initial'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='CitySite',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('publisher', models.CharField(blank=True, max_length=300, verbose_name='éditeur\xa0: service, adresse, téléphone')),
                    ('director', models.CharField(blank=True, max_length=120, verbose_name='direction de la publication')),
                    ('host', models.CharField(blank=True, max_length=300, verbose_name='hébergeur\xa0: nom, adresse, téléphone')),
                    ('data_contact', models.CharField(blank=True, max_length=200, verbose_name='délégué à la protection des données')),
                    ('access_contact', models.CharField(blank=True, max_length=200, verbose_name='contact pour l’accessibilité')),
                    ('audited_on', models.DateField(blank=True, null=True, verbose_name='audit d’accessibilité le')),
                    ('audited_by', models.CharField(blank=True, max_length=120, verbose_name='audit fait par')),
                    ('audit_percent', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='critères respectés, en %')),
                    ('city', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='site', to='places.city', verbose_name='ville')),
                ],
                options={
                    'verbose_name': 'site de la ville',
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('audit_percent', None), ('audited_on', None)), models.Q(('audit_percent__gte', 0), ('audit_percent__lte', 100), ('audited_on__isnull', False)), _connector='OR'), name='audit_has_its_date_and_result')],
                },
            ), migrations.CreateModel(
                name='SchoolSite',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('days', models.CharField(blank=True, choices=[('four', '4 jours\xa0: lundi, mardi, jeudi et vendredi'), ('four_and_half', '4 jours et demi\xa0: mercredi matin aussi')], max_length=13, verbose_name='semaine')),
                    ('morning_from', models.TimeField(blank=True, null=True, verbose_name='matin, de')),
                    ('morning_to', models.TimeField(blank=True, null=True, verbose_name='matin, à')),
                    ('afternoon_from', models.TimeField(blank=True, null=True, verbose_name='après-midi, de')),
                    ('afternoon_to', models.TimeField(blank=True, null=True, verbose_name='après-midi, à')),
                    ('head_days', models.CharField(blank=True, max_length=120, verbose_name='jours de la direction')),
                    ('absence_words', models.CharField(blank=True, max_length=200, verbose_name='prévenir d’une absence')),
                    ('enrolment_words', models.TextField(blank=True, max_length=1500, verbose_name='inscrire son enfant')),
                    ('school', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='site', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'site d’école',
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('afternoon_from', None), ('afternoon_to', None), ('days', ''), ('morning_from', None), ('morning_to', None)), models.Q(models.Q(('days', ''), _negated=True), ('morning_from__lt', models.F('morning_to')), ('morning_to__lte', models.F('afternoon_from')), ('afternoon_from__lt', models.F('afternoon_to'))), _connector='OR'), name='site_hours_in_order_or_none')],
                },
            ), migrations.CreateModel(
                name='UrgentBanner',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('text', models.CharField(max_length=120, verbose_name='message')),
                    ('detail', models.CharField(blank=True, max_length=240, verbose_name='précision')),
                    ('starts_at', models.DateTimeField(verbose_name='affiché le')),
                    ('ends_at', models.DateTimeField(verbose_name='jusqu’à')),
                    ('removed_at', models.DateTimeField(blank=True, null=True, verbose_name='retiré le')),
                    ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='auteur')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='banners', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'message urgent',
                    'indexes': [models.Index(fields=['school', '-ends_at'], name='sites_urgen_school__5c9bad_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='banner_ends_after_it_starts')],
                },
            )],
        ),
    ]
