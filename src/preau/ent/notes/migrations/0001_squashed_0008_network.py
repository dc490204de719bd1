import django.db.models.deletion
import preau.kit.ids
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('notes', '0001_initial'), ('notes', '0002_asked_on_paper'), ('notes', '0003_sending'), ('notes', '0004_files'), ('notes', '0005_translations'), ('notes', '0006_looks'), ('notes', '0007_afterschool'), ('notes', '0008_network')]

    initial = True

    dependencies = [
        ('people', '0001_squashed_0018_text_segments'),
        ('places', '0001_squashed_0008_network'),
        ('spaces', '0001_squashed_0010_network'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='Note',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('title', models.CharField(max_length=120, verbose_name='titre')),
                    ('text', models.TextField(max_length=3000, verbose_name='texte')),
                    ('html', models.TextField(verbose_name='texte mis en forme')),
                    ('nature', models.CharField(choices=[('see', 'à lire, par chaque responsable'), ('sign', 'à signer\xa0: une signature suffit'), ('both', 'accord de chaque responsable'), ('choice', 'un choix à faire'), ('date', 'une date à donner'), ('text', 'quelques mots à écrire'), ('file', 'un document à envoyer')], max_length=6, verbose_name='réponse attendue')),
                    ('choices', models.JSONField(blank=True, default=list, verbose_name='choix proposés')),
                    ('wording', models.CharField(blank=True, max_length=40, verbose_name='modèle')),
                    ('answer_before', models.DateField(blank=True, null=True, verbose_name='réponse avant le')),
                    ('outing', models.CharField(blank=True, choices=[('within', 'sortie obligatoire et gratuite, sur le temps de classe'), ('beyond', 'sortie facultative, qui dépasse le temps de classe'), ('night', 'voyage scolaire, avec au moins une nuit')], max_length=6, verbose_name='sortie')),
                    ('happens_on', models.DateField(blank=True, null=True, verbose_name='a lieu le')),
                    ('leaves_at', models.TimeField(blank=True, null=True, verbose_name='départ')),
                    ('returns_on', models.DateField(blank=True, null=True, verbose_name='retour le')),
                    ('returns_at', models.TimeField(blank=True, null=True, verbose_name='retour')),
                    ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='à envoyer le')),
                    ('corrected_at', models.DateTimeField(blank=True, null=True, verbose_name='corrigé le')),
                    ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                    ('asked_from', models.PositiveIntegerField(default=1, verbose_name='réponses comptées depuis la version')),
                    ('urgent_reason', models.CharField(blank=True, max_length=200, verbose_name='raison de l’urgence')),
                    ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='envoi confirmé le')),
                    ('translated_version', models.PositiveIntegerField(default=0, verbose_name='version donnée à traduire')),
                    ('publication', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='note', to='spaces.publication', verbose_name='publication')),
                ],
                options={
                    'verbose_name': 'mot aux familles',
                    'indexes': [models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='note_due')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('nature', 'choice'), ('choices', []), _connector='OR'), name='note_choices_of_a_choice'), models.CheckConstraint(condition=models.Q(models.Q(('leaves_at', None), ('outing', ''), ('returns_at', None), ('returns_on', None)), models.Q(('happens_on__isnull', False), ('leaves_at__isnull', False), ('returns_at__isnull', False), models.Q(('outing', ''), _negated=True)), _connector='OR'), name='note_outing_has_its_hours'), models.CheckConstraint(condition=models.Q(models.Q(('outing', 'night'), ('returns_on__gt', models.F('happens_on'))), models.Q(models.Q(('outing', 'night'), _negated=True), ('returns_on', None)), _connector='OR'), name='note_night_has_its_return'), models.CheckConstraint(condition=models.Q(('outing__in', ['', 'within']), ('nature__in', ['sign', 'both']), _connector='OR'), name='note_optional_outing_is_signed'), models.CheckConstraint(condition=models.Q(('asked_from__gte', 1), ('asked_from__lte', models.F('version'))), name='note_asked_from_a_version')],
                },
            ), migrations.CreateModel(
                name='MachineTranslation',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('version', models.PositiveIntegerField(verbose_name='version traduite')),
                    ('language', models.CharField(max_length=3, verbose_name='langue')),
                    ('title', models.CharField(blank=True, max_length=400, verbose_name='titre')),
                    ('text', models.TextField(blank=True, verbose_name='texte')),
                    ('made_at', models.DateTimeField(verbose_name='faite le')),
                    ('note', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='notes.note', verbose_name='mot')),
                ],
                options={
                    'verbose_name': 'traduction automatique d’un mot',
                    'constraints': [models.UniqueConstraint(fields=('note', 'version', 'language'), name='translated_once_per_version')],
                },
            ), migrations.CreateModel(
                name='Answer',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('agreed', models.CharField(blank=True, choices=[('', 'sans accord à donner'), ('yes', 'd’accord'), ('no', 'pas d’accord')], max_length=3, verbose_name='accord')),
                    ('choice', models.CharField(blank=True, max_length=120, verbose_name='choix')),
                    ('on_date', models.DateField(blank=True, null=True, verbose_name='date donnée')),
                    ('text', models.CharField(blank=True, max_length=500, verbose_name='réponse écrite')),
                    ('version', models.PositiveIntegerField(blank=True, null=True, verbose_name='version lue')),
                    ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='répondu le')),
                    ('paper_at', models.DateTimeField(blank=True, null=True, verbose_name='coupon rendu le')),
                    ('paper_asked_at', models.DateTimeField(blank=True, null=True, verbose_name='papier demandé le')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='note_answers', to='people.person', verbose_name='enfant')),
                    ('guardian', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='given_answers', to='people.person', verbose_name='responsable')),
                    ('note', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='notes.note', verbose_name='mot')),
                ],
                options={
                    'verbose_name': 'réponse à un mot',
                    'constraints': [models.UniqueConstraint(fields=('note', 'child', 'guardian'), name='answer_once_per_guardian_and_child'), models.CheckConstraint(condition=models.Q(models.Q(('agreed', ''), ('answered_at', None), ('choice', ''), ('on_date', None), ('paper_at', None), ('text', ''), ('version', None)), models.Q(('answered_at__isnull', False), ('version__isnull', False)), _connector='OR'), name='answer_has_its_version_and_date')],
                },
            ), migrations.CreateModel(
                name='NoteFile',
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
                    ('refused_at', models.DateTimeField(blank=True, null=True, verbose_name='refusé le')),
                    ('refusal', models.CharField(blank=True, max_length=200, verbose_name='raison du refus')),
                    ('looks_count', models.PositiveSmallIntegerField(default=0, verbose_name='examens sans réponse')),
                    ('note', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='notes.note', verbose_name='mot')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.school', verbose_name='école')),
                    ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='joint par')),
                ],
                options={
                    'verbose_name': 'fichier joint à un mot',
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(('ready_at', None), models.Q(('refused_at', None), ('cleared_at__isnull', False)), _connector='OR'), name='notefile_ready_was_cleared'), models.CheckConstraint(condition=models.Q(models.Q(('refusal', ''), ('refused_at', None)), models.Q(('refused_at__isnull', False), models.Q(('refusal', ''), _negated=True)), _connector='OR'), name='notefile_refused_says_why')],
                },
            ), migrations.CreateModel(
                name='NoteTarget',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('afterschool', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='places.afterschool', verbose_name='site périscolaire')),
                    ('child', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person', verbose_name='enfant')),
                    ('city', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='places.city', verbose_name='ville')),
                    ('classroom', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='places.classroom', verbose_name='classe')),
                    ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='places.department', verbose_name='département')),
                    ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='places.district', verbose_name='circonscription')),
                    ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='places.group', verbose_name='groupe')),
                    ('network', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='places.network', verbose_name='réseau d’écoles')),
                    ('note', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='notes.note', verbose_name='mot')),
                    ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'destinataire d’un mot',
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('afterschool', None), ('city', None), ('classroom__isnull', False), ('department', None), ('district', None), ('group', None), ('network', None), ('school', None)), models.Q(('afterschool', None), ('city', None), ('classroom', None), ('department', None), ('district', None), ('group__isnull', False), ('network', None), ('school', None)), models.Q(('afterschool__isnull', False), ('city', None), ('classroom', None), ('department', None), ('district', None), ('group', None), ('network', None), ('school', None)), models.Q(('afterschool', None), ('city', None), ('classroom', None), ('department', None), ('district', None), ('group', None), ('network', None), ('school__isnull', False)), models.Q(('afterschool', None), ('city', None), ('classroom', None), ('department', None), ('district', None), ('group', None), ('network__isnull', False), ('school', None)), models.Q(('afterschool', None), ('city__isnull', False), ('classroom', None), ('department', None), ('district', None), ('group', None), ('network', None), ('school', None)), models.Q(('afterschool', None), ('city', None), ('classroom', None), ('department', None), ('district__isnull', False), ('group', None), ('network', None), ('school', None)), models.Q(('afterschool', None), ('city', None), ('classroom', None), ('department__isnull', False), ('district', None), ('group', None), ('network', None), ('school', None)), _connector='OR'), name='note_target_in_one_place')],
                },
            ), migrations.CreateModel(
                name='AnswerFile',
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
                    ('refused_at', models.DateTimeField(blank=True, null=True, verbose_name='refusé le')),
                    ('refusal', models.CharField(blank=True, max_length=200, verbose_name='raison du refus')),
                    ('looks_count', models.PositiveSmallIntegerField(default=0, verbose_name='examens sans réponse')),
                    ('answer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='file', to='notes.answer', verbose_name='réponse')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'fichier d’une réponse',
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(('ready_at', None), models.Q(('refused_at', None), ('cleared_at__isnull', False)), _connector='OR'), name='answerfile_ready_was_cleared'), models.CheckConstraint(condition=models.Q(models.Q(('refusal', ''), ('refused_at', None)), models.Q(('refused_at__isnull', False), models.Q(('refusal', ''), _negated=True)), _connector='OR'), name='answerfile_refused_says_why')],
                },
            ), migrations.CreateModel(
                name='LanguageReview',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('language', models.CharField(max_length=3, verbose_name='langue')),
                    ('reviewer', models.CharField(max_length=80, verbose_name='relue par')),
                    ('reread_on', models.DateField(verbose_name='relue le')),
                    ('words', models.CharField(max_length=64, verbose_name='empreinte du texte relu')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='language_reviews', to='places.city', verbose_name='Ville')),
                    ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='noté par')),
                ],
                options={
                    'verbose_name': 'relecture d’une langue',
                    'constraints': [models.UniqueConstraint(fields=('city', 'language'), name='language_reread_once_per_city')],
                },
            )],
        ),
    ]
