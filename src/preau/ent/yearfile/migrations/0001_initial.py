import django.db.models.deletion
import preau.kit.ids
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0015_notice_shown'),
        ('places', '0006_schools_numbered'),
        ('spaces', '0008_question'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='Opening',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('school_year', models.CharField(max_length=9, verbose_name='année scolaire')),
                    ('due_on', models.DateField(verbose_name='à rendre avant le')),
                    ('publication', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='year_file_opening', to='spaces.publication', verbose_name='annonce aux familles')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='year_file_openings', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'dossier de rentrée ouvert',
                    'constraints': [models.UniqueConstraint(fields=('school', 'school_year'), name='year_file_opened_once_a_year')],
                },
            ), migrations.CreateModel(
                name='Pickup',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=120, verbose_name='prénom et nom')),
                    ('tie', models.CharField(max_length=60, verbose_name='lien avec l’enfant')),
                    ('phone', models.CharField(blank=True, max_length=40, verbose_name='téléphone')),
                    ('named_at', models.DateTimeField(verbose_name='nommée le')),
                    ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='retirée le')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pickups', to='people.person', verbose_name='enfant')),
                    ('named_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='named_pickups', to='people.person', verbose_name='nommée par')),
                ],
                options={
                    'verbose_name': 'personne autorisée à venir chercher un enfant',
                    'constraints': [models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('named_at')), _connector='OR'), name='pickup_ended_after_named')],
                },
            ), migrations.CreateModel(
                name='YearFile',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('contacts_at', models.DateTimeField(blank=True, null=True, verbose_name='coordonnées vérifiées le')),
                    ('pickups_at', models.DateTimeField(blank=True, null=True, verbose_name='personnes autorisées vérifiées le')),
                    ('sharing', models.CharField(blank=True, choices=[('', 'pas encore dit'), ('yes', 'oui'), ('no', 'non')], max_length=3, verbose_name='aux associations de parents')),
                    ('sharing_at', models.DateTimeField(blank=True, null=True, verbose_name='dit le')),
                    ('charter_at', models.DateTimeField(blank=True, null=True, verbose_name='charte lue le')),
                    ('paper_out_at', models.DateTimeField(blank=True, null=True, verbose_name='fiche imprimée le')),
                    ('paper_back_at', models.DateTimeField(blank=True, null=True, verbose_name='fiche rendue le')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person', verbose_name='enfant')),
                    ('guardian', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='year_files', to='people.person', verbose_name='responsable')),
                    ('opening', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='yearfile.opening', verbose_name='dossier ouvert')),
                ],
                options={
                    'verbose_name': 'dossier de rentrée d’un responsable',
                    'constraints': [models.UniqueConstraint(fields=('opening', 'guardian', 'child'), name='year_file_once_per_guardian_child'), models.CheckConstraint(condition=models.Q(models.Q(('sharing', ''), ('sharing_at', None)), models.Q(models.Q(('sharing', ''), _negated=True), ('sharing_at__isnull', False)), _connector='OR'), name='year_file_sharing_has_its_date'), models.CheckConstraint(condition=models.Q(('paper_back_at', None), models.Q(('paper_back_at__gte', models.F('paper_out_at')), ('paper_out_at__isnull', False)), _connector='OR'), name='year_file_paper_back_after_out')],
                },
            ), migrations.CreateModel(
                name='Certificate',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=40, unique=True, verbose_name='nom du fichier')),
                    ('label', models.CharField(max_length=80, verbose_name='nom montré')),
                    ('kind', models.CharField(choices=[('pdf', 'PDF'), ('webp', 'image'), ('mp3', 'message vocal')], max_length=4, verbose_name='nature')),
                    ('weight', models.PositiveIntegerField(verbose_name='poids en octets')),
                    ('pages_count', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='pages')),
                    ('seconds_count', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='durée en secondes')),
                    ('sent_at', models.DateTimeField(verbose_name='envoyé le')),
                    ('cleared_at', models.DateTimeField(blank=True, null=True, verbose_name='admis le')),
                    ('ready_at', models.DateTimeField(blank=True, null=True, verbose_name='lisible depuis le')),
                    ('looks_count', models.PositiveSmallIntegerField(default=0, verbose_name='examens sans réponse')),
                    ('refused_at', models.DateTimeField(blank=True, null=True, verbose_name='refusé le')),
                    ('refusal', models.CharField(blank=True, max_length=200, verbose_name='raison du refus')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.school', verbose_name='école')),
                    ('year_file', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='certificate', to='yearfile.yearfile', verbose_name='dossier de rentrée')),
                ],
                options={
                    'verbose_name': 'attestation d’assurance envoyée',
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(('ready_at', None), models.Q(('refused_at', None), ('cleared_at__isnull', False)), _connector='OR'), name='certificate_ready_was_cleared'), models.CheckConstraint(condition=models.Q(models.Q(('refusal', ''), ('refused_at', None)), models.Q(('refused_at__isnull', False), models.Q(('refusal', ''), _negated=True)), _connector='OR'), name='certificate_refused_says_why')],
                },
            ), migrations.CreateModel(
                name='ContactChange',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('email', 'courriel'), ('mobile', 'téléphone portable'), ('home', 'téléphone du domicile'), ('work', 'téléphone du travail'), ('address', 'adresse')], max_length=8, verbose_name='nature')),
                    ('before', models.CharField(blank=True, max_length=255, verbose_name='avant')),
                    ('after', models.CharField(blank=True, max_length=255, verbose_name='après')),
                    ('changed_at', models.DateTimeField(verbose_name='changée le')),
                    ('reported_at', models.DateTimeField(blank=True, null=True, verbose_name='reportée dans ONDE le')),
                    ('guardian', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contact_changes', to='people.person', verbose_name='responsable')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contact_changes', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'coordonnée à reporter dans ONDE',
                    'indexes': [models.Index(condition=models.Q(('reported_at', None)), fields=['school', 'changed_at'], name='contact_change_to_report')],
                },
            )],
        ),
    ]
