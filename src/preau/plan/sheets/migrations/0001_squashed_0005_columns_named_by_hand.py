import django.db.models.deletion
import preau.kit.ids
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('sheets', '0001_moved_from_equipment'), ('sheets', '0002_moved_from_inventory'), ('sheets', '0003_tables_held'), ('sheets', '0004_what_is_read'), ('sheets', '0005_columns_named_by_hand')]

    initial = True

    dependencies = [
        ('kit', '0001_squashed_0005_worker_lease'),
        ('places', '0001_squashed_0008_network'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='AssetDraft',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('file_name', models.CharField(max_length=200, verbose_name='fichier')),
                    ('file_digest', models.CharField(max_length=64, verbose_name='empreinte')),
                    ('lines', models.JSONField(default=list, verbose_name='lignes')),
                    ('problems', models.JSONField(default=list, verbose_name='lignes à revoir')),
                    ('created_at', models.DateTimeField(verbose_name='lu le')),
                    ('reading', models.JSONField(default=dict, verbose_name='ce qui est lu du fichier')),
                    ('answers', models.JSONField(default=dict, verbose_name='réponses données')),
                    ('columns', models.JSONField(default=dict, verbose_name='colonnes lues')),
                    ('service', models.CharField(blank=True, max_length=20, verbose_name='lu par')),
                    ('table', models.JSONField(default=dict, verbose_name='le tableau, tant qu’il attend')),
                    ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='asset_drafts', to='kit.batch', verbose_name='lot appliqué')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asset_drafts', to='places.city', verbose_name='ville')),
                ],
                options={
                    'verbose_name': 'tableau de l’inventaire, lu',
                    'db_table': 'inventory_assetdraft',
                },
            ), migrations.CreateModel(
                name='PlanDraft',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('file_name', models.CharField(max_length=200, verbose_name='fichier')),
                    ('file_digest', models.CharField(max_length=64, verbose_name='empreinte')),
                    ('lines', models.JSONField(default=list, verbose_name='lignes')),
                    ('problems', models.JSONField(default=list, verbose_name='lignes à revoir')),
                    ('created_at', models.DateTimeField(verbose_name='lu le')),
                    ('held_at', models.DateTimeField(blank=True, null=True, verbose_name='remis à l’informatique des écoles le')),
                    ('reading', models.JSONField(default=dict, verbose_name='ce qui est lu du fichier')),
                    ('answers', models.JSONField(default=dict, verbose_name='réponses données')),
                    ('columns', models.JSONField(default=dict, verbose_name='colonnes lues')),
                    ('service', models.CharField(blank=True, max_length=20, verbose_name='lu par')),
                    ('table', models.JSONField(default=dict, verbose_name='le tableau, tant qu’il attend')),
                    ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='plan_drafts', to='kit.batch', verbose_name='lot appliqué')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_drafts', to='places.city', verbose_name='ville')),
                ],
                options={
                    'verbose_name': 'tableau de la ville, lu',
                    'db_table': 'equipment_plandraft',
                },
            ), migrations.CreateModel(
                name='ColumnTitle',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('plan', 'tableau du plan'), ('inventory', 'tableau de l’inventaire')], max_length=10, verbose_name='tableau')),
                    ('title_key', models.CharField(max_length=200, verbose_name='titre, sans casse ni accent')),
                    ('title', models.CharField(max_length=200, verbose_name='titre')),
                    ('field', models.CharField(max_length=20, verbose_name='ce qu’elle dit')),
                    ('named_at', models.DateTimeField(verbose_name='dit le')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='column_titles', to='places.city', verbose_name='ville')),
                ],
                options={
                    'verbose_name': 'titre de colonne d’une ville',
                    'constraints': [models.UniqueConstraint(fields=('city', 'kind', 'title_key'), name='column_title_once_per_city_and_kind'), models.CheckConstraint(condition=models.Q(models.Q(('title_key', ''), _negated=True), models.Q(('field', ''), _negated=True)), name='column_title_says_something')],
                },
            )],
        ),
    ]
