import django.core.serializers.json
import django.db.models.deletion
import preau.kit.ids
import preau.kit.upgrades
from django.core.management import call_command
from django.db import migrations, models


def make_cache_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias)


class Migration(migrations.Migration):

    replaces = [('kit', '0001_initial'), ('kit', '0002_scheduled_job'), ('kit', '0003_cache_table'), ('kit', '0004_outbox'), ('kit', '0005_worker_lease')]

    initial = True

    dependencies = [
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='ScheduledJob',
                fields=[
                    ('name', models.CharField(max_length=120, primary_key=True, serialize=False, verbose_name='travail')),
                    ('due_at', models.DateTimeField(verbose_name='prévu le')),
                ],
                options={
                    'verbose_name': 'travail régulier',
                },
            ), migrations.CreateModel(
                name='WorkerLease',
                fields=[
                    ('name', models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name='travailleur')),
                    ('renewed_at', models.DateTimeField(verbose_name='dit le')),
                ],
                options={
                    'verbose_name': 'bail d’un travailleur',
                },
            ), migrations.CreateModel(
                name='Batch',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(max_length=20, verbose_name='nature')),
                    ('scope', models.CharField(db_index=True, max_length=60, verbose_name='périmètre')),
                    ('person_id', models.UUIDField(null=True, verbose_name='appliqué par')),
                    ('applied_at', models.DateTimeField(verbose_name='appliqué le')),
                    ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='annulé le')),
                    ('undone_by_id', models.UUIDField(blank=True, null=True, verbose_name='annulé par')),
                    ('files', models.JSONField(default=list, verbose_name='fichiers')),
                    ('counts', models.JSONField(default=dict, verbose_name='comptes')),
                ],
                options={
                    'verbose_name': 'lot de changements',
                    'indexes': [models.Index(fields=['scope', '-applied_at'], name='kit_batch_scope_def211_idx')],
                },
            ), migrations.CreateModel(
                name='Outgoing',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(max_length=40, verbose_name='nature')),
                    ('key', models.CharField(max_length=120, unique=True, verbose_name='clé')),
                    ('ids', models.JSONField(default=list, verbose_name='de quoi')),
                    ('state', models.CharField(choices=[('waiting', 'attend'), ('claimed', 'part'), ('sent', 'parti'), ('refused', 'refusé par l’adresse'), ('dropped', 'sans objet'), ('given_up', 'abandonné')], default='waiting', max_length=10, verbose_name='état')),
                    ('queued_at', models.DateTimeField(verbose_name='demandé le')),
                    ('due_at', models.DateTimeField(verbose_name='pas avant')),
                    ('claimed_at', models.DateTimeField(blank=True, null=True, verbose_name='commencé le')),
                    ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='fini le')),
                    ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='essais')),
                    ('doubts', models.PositiveSmallIntegerField(default=0, verbose_name='doutes')),
                ],
                options={
                    'verbose_name': 'courriel à envoyer',
                    'indexes': [models.Index(fields=['state', 'due_at'], name='kit_outgoin_state_7940f2_idx')],
                },
            ), migrations.CreateModel(
                name='Change',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveIntegerField(verbose_name='rang')),
                    ('model', models.CharField(max_length=60, verbose_name='table')),
                    ('row_id', models.UUIDField(db_index=True, verbose_name='ligne')),
                    ('verb', models.CharField(choices=[('create', 'créé'), ('update', 'changé')], max_length=10, verbose_name='changement')),
                    ('before', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='valeurs d’avant')),
                    ('after', models.CharField(max_length=32, verbose_name='empreinte')),
                    ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='kit.batch')),
                ],
                options={
                    'verbose_name': 'changement d’un lot',
                    'indexes': [models.Index(fields=['batch', 'position'], name='kit_change_batch_i_fa490b_idx')],
                },
            )],
        ),
        migrations.RunPython(make_cache_table, migrations.RunPython.noop),
    ]
