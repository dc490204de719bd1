import django.db.models.deletion
import preau.kit.ids
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('media', '0001_initial'), ('media', '0002_accords'), ('media', '0003_taken_back'), ('media', '0004_withheld'), ('media', '0005_taken_back_of_child')]

    initial = True

    dependencies = [
        ('people', '0021_entry_badge'),
        ('spaces', '0012_unpublished'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='Picture',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=40, unique=True, verbose_name='nom du fichier')),
                    ('width', models.PositiveIntegerField(verbose_name='largeur')),
                    ('height', models.PositiveIntegerField(verbose_name='hauteur')),
                    ('weight', models.PositiveIntegerField(verbose_name='poids en octets')),
                    ('alt', models.CharField(blank=True, max_length=200, verbose_name='ce que l’on voit')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='rang')),
                    ('added_at', models.DateTimeField(verbose_name='ajoutée le')),
                    ('perimeter', models.PositiveSmallIntegerField(choices=[(1, 'La classe'), (2, 'L’école'), (3, 'Le site public')], default=1, verbose_name='montrée à')),
                    ('withheld_at', models.DateTimeField(blank=True, null=True, verbose_name='à déclarer de nouveau depuis le')),
                    ('publication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='spaces.publication', verbose_name='publication')),
                ],
                options={
                    'verbose_name': 'photo',
                    'indexes': [models.Index(fields=['publication', 'position'], name='media_pictu_publica_f2f070_idx'), models.Index(condition=models.Q(('withheld_at__isnull', False)), fields=['publication'], name='picture_to_declare')],
                },
            ), migrations.CreateModel(
                name='Marking',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('marked_at', models.DateTimeField(verbose_name='dit le')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person', verbose_name='enfant')),
                    ('marked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='dit par')),
                    ('picture', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='markings', to='media.picture', verbose_name='photo')),
                ],
                options={
                    'verbose_name': 'enfant sur une photo',
                    'constraints': [models.UniqueConstraint(fields=('picture', 'child'), name='marking_once')],
                },
            ), migrations.CreateModel(
                name='Accord',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('image', 'Son visage'), ('voice', 'Sa voix'), ('work', 'Ses travaux signés')], max_length=5, verbose_name='pour')),
                    ('perimeter', models.PositiveSmallIntegerField(choices=[(1, 'La classe'), (2, 'L’école'), (3, 'Le site public')], verbose_name='périmètre')),
                    ('answer', models.CharField(choices=[('yes', 'oui'), ('no', 'non')], max_length=3, verbose_name='réponse')),
                    ('at', models.DateTimeField(verbose_name='donnée le')),
                    ('replaced_at', models.DateTimeField(blank=True, null=True, verbose_name='remplacée le')),
                    ('way', models.CharField(choices=[('screen', 'à l’écran'), ('paper', 'sur un papier signé')], default='screen', max_length=6, verbose_name='donnée')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='accords', to='people.person', verbose_name='enfant')),
                    ('guardian', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person', verbose_name='responsable')),
                    ('noted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='recopiée du papier par')),
                ],
                options={
                    'verbose_name': 'accord de diffusion',
                    'indexes': [models.Index(condition=models.Q(('replaced_at__isnull', False)), fields=['kind', 'replaced_at'], name='accord_taken_back'), models.Index(condition=models.Q(('replaced_at__isnull', False)), fields=['child'], name='accord_of_child_taken_back')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('child', 'guardian', 'kind', 'perimeter'), name='accord_one_current_answer'), models.CheckConstraint(condition=models.Q(('replaced_at', None), ('replaced_at__gte', models.F('at')), _connector='OR'), name='accord_replaced_after_given'), models.CheckConstraint(condition=models.Q(('noted_by', None), ('way', 'paper'), _connector='OR'), name='accord_noted_from_paper_alone')],
                },
            )],
        ),
    ]
