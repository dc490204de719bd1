import django.db.models.deletion
import preau.kit.upgrades
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('journal', '0001_initial'), ('journal', '0002_sealed_lines'), ('journal', '0003_bound_digest'), ('journal', '0004_acts_on_people')]

    initial = True

    dependencies = [
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='Chain',
                fields=[
                    ('key', models.UUIDField(primary_key=True, serialize=False, verbose_name='Ville')),
                    ('count', models.PositiveIntegerField(default=0, verbose_name='nombre de lignes')),
                    ('digest', models.CharField(blank=True, max_length=64, verbose_name='dernière empreinte')),
                    ('forgotten_count', models.PositiveIntegerField(default=0, verbose_name='lignes oubliées')),
                    ('forgotten_digest', models.CharField(blank=True, max_length=64, verbose_name='empreinte de la dernière oubliée')),
                ],
                options={
                    'verbose_name': 'chaîne du journal',
                },
            ), migrations.CreateModel(
                name='Entry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(db_index=True, verbose_name='instant')),
                    ('actor_id', models.UUIDField(db_index=True, null=True, verbose_name='personne')),
                    ('verb', models.CharField(max_length=60, verbose_name='verbe')),
                    ('object_kind', models.CharField(max_length=60, verbose_name='nature')),
                    ('object_id', models.UUIDField(db_index=True, null=True, verbose_name='objet')),
                    ('place_id', models.UUIDField(db_index=True, null=True, verbose_name='lieu')),
                    ('fields', models.JSONField(default=list, verbose_name='champs')),
                    ('detail_digest', models.CharField(blank=True, max_length=64, verbose_name='empreinte du détail')),
                    ('bound_digest', models.CharField(blank=True, max_length=64, verbose_name='empreinte de ce que l’acte fige')),
                ],
                options={
                    'verbose_name': 'ligne du journal',
                },
            ), migrations.CreateModel(
                name='Detail',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('salt', models.UUIDField(default=uuid.uuid4)),
                    ('values', models.JSONField(default=dict, verbose_name='valeurs')),
                    ('about_id', models.UUIDField(db_index=True, null=True, verbose_name='personne concernée')),
                    ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='detail', to='journal.entry')),
                ],
                options={
                    'verbose_name': 'détail d’une ligne du journal',
                },
            ), migrations.CreateModel(
                name='Seal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField(verbose_name='numéro')),
                    ('role', models.CharField(blank=True, max_length=40, verbose_name='au titre de')),
                    ('previous', models.CharField(blank=True, max_length=64, verbose_name='empreinte précédente')),
                    ('digest', models.CharField(max_length=64, verbose_name='empreinte')),
                    ('chain', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seals', to='journal.chain')),
                    ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='seal', to='journal.entry')),
                ],
                options={
                    'verbose_name': 'sceau d’une ligne du journal',
                    'constraints': [models.UniqueConstraint(fields=('chain', 'number'), name='seal_once_per_number'), models.CheckConstraint(condition=models.Q(models.Q(('number', 1), ('previous', '')), models.Q(('number__gt', 1), models.Q(('previous', ''), _negated=True)), _connector='OR'), name='seal_first_has_nothing_before')],
                },
            )],
        ),
    ]
