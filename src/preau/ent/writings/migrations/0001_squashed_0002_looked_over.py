import django.db.models.deletion
import preau.kit.ids
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('writings', '0001_initial'), ('writings', '0002_looked_over')]

    initial = True

    dependencies = [
        ('people', '0001_squashed_0018_text_segments'),
        ('spaces', '0001_squashed_0010_network'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='Writing',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('purpose', models.CharField(choices=[('life', 'pour la vie de la classe'), ('council', 'pour le conseil d’élèves')], default='life', max_length=7, verbose_name='pour')),
                    ('title', models.CharField(max_length=80, verbose_name='titre')),
                    ('text', models.TextField(blank=True, max_length=5000, verbose_name='texte')),
                    ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                    ('changed_at', models.DateTimeField(verbose_name='changé le')),
                    ('given_at', models.DateTimeField(blank=True, null=True, verbose_name='donné à relire le')),
                    ('returned_at', models.DateTimeField(blank=True, null=True, verbose_name='rendu le')),
                    ('given_text', models.TextField(blank=True, max_length=5000, verbose_name='texte donné par l’élève')),
                    ('corrected_at', models.DateTimeField(blank=True, null=True, verbose_name='corrigé le')),
                    ('signature', models.CharField(blank=True, max_length=90, verbose_name='signature')),
                    ('in_journal_at', models.DateTimeField(blank=True, null=True, verbose_name='mis dans le journal le')),
                    ('answer', models.TextField(blank=True, max_length=1000, verbose_name='réponse au conseil d’élèves')),
                    ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='répondu le')),
                    ('no_child_declared_at', models.DateTimeField(blank=True, null=True, verbose_name='images regardées de nouveau le')),
                    ('publication', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='writing', to='spaces.publication', verbose_name='publication')),
                ],
                options={
                    'verbose_name': 'texte d’un élève',
                    'indexes': [models.Index(condition=models.Q(('in_journal_at__isnull', False)), fields=['-in_journal_at'], name='writing_in_journal')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(('answered_at__isnull', False), ('purpose', 'council')), _connector='OR'), name='writing_answered_for_the_council'), models.CheckConstraint(condition=models.Q(('returned_at', None), ('given_at__isnull', False), _connector='OR'), name='writing_returned_once_given'), models.CheckConstraint(condition=models.Q(models.Q(('corrected_at', None), ('given_text', '')), ('corrected_at__isnull', False), _connector='OR'), name='writing_keeps_what_was_corrected')],
                },
            ), migrations.CreateModel(
                name='Remark',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('text', models.TextField(max_length=1000, verbose_name='remarque')),
                    ('at', models.DateTimeField(verbose_name='écrite le')),
                    ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='writing_remarks', to='people.person', verbose_name='de la part de')),
                    ('writing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='writings.writing', verbose_name='texte')),
                ],
                options={
                    'verbose_name': 'remarque sur un texte d’élève',
                },
            )],
        ),
    ]
