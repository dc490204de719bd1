import django.db.models.deletion
import preau.kit.ids
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('portfolio', '0001_initial'), ('portfolio', '0002_found_and_thanked'), ('portfolio', '0003_heard_voices')]

    initial = True

    dependencies = [
        ('people', '0001_squashed_0018_text_segments'),
        ('places', '0001_squashed_0008_network'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='Page',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('school_year', models.CharField(max_length=9, verbose_name='année scolaire')),
                    ('level', models.CharField(blank=True, choices=[('TPS', 'Toute petite section'), ('PS', 'Petite section'), ('MS', 'Moyenne section'), ('GS', 'Grande section'), ('CP', 'CP'), ('CE1', 'CE1'), ('CE2', 'CE2'), ('CM1', 'CM1'), ('CM2', 'CM2')], max_length=3, verbose_name='niveau')),
                    ('once', models.UUIDField(verbose_name='envoi')),
                    ('title', models.CharField(blank=True, max_length=120, verbose_name='titre')),
                    ('text', models.TextField(blank=True, max_length=3000, verbose_name='texte')),
                    ('html', models.TextField(blank=True, verbose_name='texte mis en forme')),
                    ('domains', models.JSONField(blank=True, default=list, verbose_name='domaines d’apprentissage')),
                    ('state', models.CharField(choices=[('draft', 'brouillon'), ('waiting', 'à relire'), ('returned', 'à reprendre'), ('approved', 'montrée à la famille'), ('withdrawn', 'retirée')], default='draft', max_length=9, verbose_name='état')),
                    ('remark', models.CharField(blank=True, max_length=300, verbose_name='remarque')),
                    ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                    ('created_at', models.DateTimeField(verbose_name='commencée le')),
                    ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='montrée le')),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='retirée le')),
                    ('observed', models.JSONField(blank=True, default=dict, verbose_name='réussites observées')),
                    ('text_key', models.TextField(blank=True, verbose_name='mots du titre et du texte')),
                    ('title_key', models.TextField(blank=True, verbose_name='mots du titre')),
                    ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='relue par')),
                    ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='écrite par')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notebook_pages', to='people.person', verbose_name='enfant')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.city', verbose_name='Ville')),
                    ('classroom', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.classroom', verbose_name='classe')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'page d’un cahier',
                    'indexes': [models.Index(fields=['child', 'state'], name='portfolio_p_child_i_7a02e6_idx'), models.Index(fields=['classroom', 'state'], name='portfolio_p_classro_e7b4ac_idx')],
                    'constraints': [models.UniqueConstraint(fields=('once', 'child'), name='notebook_page_written_once'), models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('state__in', ['draft', 'waiting', 'returned']), ('withdrawn_at', None)), models.Q(('approved_at__isnull', False), ('state', 'approved'), ('withdrawn_at', None)), models.Q(('approved_at__isnull', False), ('state', 'withdrawn'), ('withdrawn_at__isnull', False)), _connector='OR'), name='notebook_page_state_agrees_with_dates'), models.CheckConstraint(condition=models.Q(('remark', ''), ('state__in', ['returned', 'withdrawn']), _connector='OR'), name='notebook_page_remark_of_returned')],
                },
            ), migrations.CreateModel(
                name='PageThanks',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('at', models.DateTimeField(verbose_name='dit le')),
                    ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='thanks', to='portfolio.page', verbose_name='page')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='given_%(class)s', to='people.person', verbose_name='de la part de')),
                ],
                options={
                    'verbose_name': 'merci d’une page de cahier',
                    'constraints': [models.UniqueConstraint(fields=('page', 'person'), name='page_thanks_once_per_person')],
                },
            ), migrations.CreateModel(
                name='Piece',
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
                    ('sort', models.CharField(choices=[('photo', 'photo'), ('drawing', 'dessin'), ('voice', 'voix')], max_length=7, verbose_name='sorte')),
                    ('alt', models.CharField(blank=True, max_length=200, verbose_name='ce que l’on voit')),
                    ('width', models.PositiveIntegerField(blank=True, null=True, verbose_name='largeur')),
                    ('height', models.PositiveIntegerField(blank=True, null=True, verbose_name='hauteur')),
                    ('heard', models.TextField(blank=True, max_length=3000, verbose_name='ce que l’on y entend')),
                    ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='portfolio.page', verbose_name='page')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'image ou voix d’un cahier',
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(('ready_at', None), models.Q(('refused_at', None), ('cleared_at__isnull', False)), _connector='OR'), name='piece_ready_was_cleared'), models.CheckConstraint(condition=models.Q(models.Q(('refusal', ''), ('refused_at', None)), models.Q(('refused_at__isnull', False), models.Q(('refusal', ''), _negated=True)), _connector='OR'), name='piece_refused_says_why')],
                },
            ), migrations.CreateModel(
                name='Takeaway',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=40, unique=True, verbose_name='nom du fichier')),
                    ('pages_count', models.PositiveIntegerField(default=0, verbose_name='pages')),
                    ('pdf_weight', models.PositiveBigIntegerField(default=0, verbose_name='poids du PDF en octets')),
                    ('zip_weight', models.PositiveBigIntegerField(default=0, verbose_name='poids de l’archive en octets')),
                    ('asked_at', models.DateTimeField(verbose_name='demandé le')),
                    ('ready_at', models.DateTimeField(blank=True, null=True, verbose_name='prêt le')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person', verbose_name='enfant')),
                    ('guardian', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person', verbose_name='responsable')),
                ],
                options={
                    'verbose_name': 'cahier à emporter',
                    'indexes': [models.Index(fields=['child', 'guardian'], name='portfolio_t_child_i_bc4e97_idx')],
                },
            )],
        ),
    ]
