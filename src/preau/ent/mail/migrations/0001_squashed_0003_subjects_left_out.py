import django.db.models.deletion
import preau.kit.ids
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('mail', '0001_initial'), ('mail', '0002_reported_things'), ('mail', '0003_subjects_left_out')]

    initial = True

    dependencies = [
        ('people', '0001_squashed_0018_text_segments'),
        ('places', '0001_squashed_0008_network'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='Conversation',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('subject', models.CharField(blank=True, max_length=120, verbose_name='objet')),
                    ('opened_at', models.DateTimeField(verbose_name='commencée le')),
                    ('last_at', models.DateTimeField(verbose_name='dernier message le')),
                    ('last_number', models.PositiveIntegerField(default=0, verbose_name='dernier message')),
                    ('recalled_at', models.DateTimeField(blank=True, null=True, verbose_name='objet retiré le')),
                    ('child', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='au sujet de')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conversations', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'conversation',
                    'indexes': [models.Index(fields=['last_at'], name='mail_conver_last_at_4f33e5_idx')],
                },
            ), migrations.CreateModel(
                name='Message',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('number', models.PositiveIntegerField(verbose_name='numéro')),
                    ('text', models.TextField(blank=True, max_length=3000, verbose_name='texte')),
                    ('sent_at', models.DateTimeField(verbose_name='envoyé le')),
                    ('recalled_at', models.DateTimeField(blank=True, null=True, verbose_name='repris le')),
                    ('recalled_text', models.TextField(blank=True, verbose_name='texte repris')),
                    ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='messages', to='people.person', verbose_name='écrit par')),
                    ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='mail.conversation', verbose_name='conversation')),
                    ('recalled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='repris par')),
                ],
                options={
                    'verbose_name': 'message',
                    'indexes': [models.Index(fields=['author', 'sent_at'], name='mail_messag_author__25104f_idx')],
                    'constraints': [models.UniqueConstraint(fields=('conversation', 'number'), name='message_once_per_number'), models.CheckConstraint(condition=models.Q(models.Q(('recalled_at', None), ('recalled_by', None), ('recalled_text', '')), models.Q(('recalled_at__isnull', False), ('text', '')), _connector='OR'), name='message_recalled_shows_nothing')],
                },
            ), migrations.CreateModel(
                name='MessageFile',
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
                    ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='mail.message', verbose_name='message')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'fichier joint à un message',
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(('ready_at', None), models.Q(('refused_at', None), ('cleared_at__isnull', False)), _connector='OR'), name='messagefile_ready_was_cleared'), models.CheckConstraint(condition=models.Q(models.Q(('refusal', ''), ('refused_at', None)), models.Q(('refused_at__isnull', False), models.Q(('refusal', ''), _negated=True)), _connector='OR'), name='messagefile_refused_says_why')],
                },
            ), migrations.CreateModel(
                name='Participant',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('part', models.CharField(choices=[('pupil', 'élève d’une classe'), ('guardian', 'parent'), ('teacher', 'enseignante ou enseignant'), ('head', 'directrice ou directeur'), ('staff', 'AESH, ATSEM'), ('site', 'responsable de site, animatrice ou animateur périscolaire'), ('city', 'agent de la Ville'), ('adviser', 'conseillère ou conseiller pédagogique, ERUN'), ('ien', 'IEN'), ('dsden', 'DSDEN')], max_length=8, verbose_name='à titre de')),
                    ('seen_number', models.PositiveIntegerField(default=0, verbose_name='vu jusqu’au message')),
                    ('seen_at', models.DateTimeField(blank=True, null=True, verbose_name='vu le')),
                    ('until_number', models.PositiveIntegerField(blank=True, null=True, verbose_name='reçoit jusqu’au message')),
                    ('archived_at', models.DateTimeField(blank=True, null=True, verbose_name='rangée le')),
                    ('muted_at', models.DateTimeField(blank=True, null=True, verbose_name='mise en sourdine le')),
                    ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='mail.conversation', verbose_name='conversation')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conversations_in', to='people.person', verbose_name='personne')),
                ],
                options={
                    'verbose_name': 'participante ou participant',
                    'constraints': [models.UniqueConstraint(fields=('conversation', 'person'), name='participant_once_per_conversation')],
                },
            ), migrations.CreateModel(
                name='Report',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('about_part', models.CharField(choices=[('pupil', 'élève d’une classe'), ('guardian', 'parent'), ('teacher', 'enseignante ou enseignant'), ('head', 'directrice ou directeur'), ('staff', 'AESH, ATSEM'), ('site', 'responsable de site, animatrice ou animateur périscolaire'), ('city', 'agent de la Ville'), ('adviser', 'conseillère ou conseiller pédagogique, ERUN'), ('ien', 'IEN'), ('dsden', 'DSDEN')], max_length=8, verbose_name='à titre de')),
                    ('to', models.CharField(choices=[('class', 'la direction de l’école et l’enseignante ou l’enseignant de la classe'), ('head', 'la direction de l’école'), ('ien', 'l’IEN de la circonscription'), ('dsden', 'la DSDEN')], max_length=5, verbose_name='remis à')),
                    ('reason', models.CharField(choices=[('harassment', 'harcèlement, messages répétés qui blessent'), ('threat', 'menace ou chantage'), ('insult', 'insulte, propos raciste ou sexiste'), ('not_oneself', 'ce message ne vient pas de cette personne'), ('other', 'autre chose')], max_length=11, verbose_name='raison')),
                    ('words', models.TextField(blank=True, max_length=1000, verbose_name='ce que dit la personne')),
                    ('subject', models.CharField(blank=True, max_length=120, verbose_name='objet, tel qu’il était')),
                    ('text', models.TextField(blank=True, verbose_name='message, tel qu’il était')),
                    ('files', models.JSONField(blank=True, default=list, verbose_name='fichiers joints, par leur nom')),
                    ('sent_at', models.DateTimeField(verbose_name='message envoyé le')),
                    ('reported_at', models.DateTimeField(verbose_name='signalé le')),
                    ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='pris en charge le')),
                    ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='clos le')),
                    ('answer', models.TextField(blank=True, max_length=1000, verbose_name='ce qui a été fait')),
                    ('thing_id', models.UUIDField(blank=True, null=True, verbose_name='ce qui est signalé')),
                    ('about', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='personne signalée')),
                    ('message', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reports', to='mail.message', verbose_name='message signalé')),
                    ('reporter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='signalé par')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='places.school', verbose_name='école')),
                    ('taken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='pris en charge par')),
                ],
                options={
                    'verbose_name': 'signalement',
                    'constraints': [models.UniqueConstraint(fields=('message', 'reporter'), name='reported_once_by_each'), models.CheckConstraint(condition=models.Q(('taken_at', None), ('taken_at__gte', models.F('reported_at')), _connector='OR'), name='report_taken_after_reported'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('closed_at', None)), models.Q(('closed_at__gte', models.F('taken_at')), ('taken_at__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='report_closed_with_an_answer'), models.UniqueConstraint(fields=('thing_id', 'reporter'), name='thing_reported_once_by_each')],
                },
            )],
        ),
    ]
