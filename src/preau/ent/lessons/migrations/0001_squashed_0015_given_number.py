import django.db.models.deletion
import preau.kit.ids
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('lessons', '0001_initial'), ('lessons', '0002_known_devices'), ('lessons', '0003_counted_with_means'), ('lessons', '0004_news'), ('lessons', '0005_works'), ('lessons', '0006_files'), ('lessons', '0007_awaited_devices'), ('lessons', '0008_unanswered'), ('lessons', '0009_heard_voices'), ('lessons', '0010_entrants'), ('lessons', '0011_answered'), ('lessons', '0012_word'), ('lessons', '0013_returned_at'), ('lessons', '0014_has_script'), ('lessons', '0015_given_number')]

    initial = True

    dependencies = [
        ('people', '0020_pupil_entry'),
        ('places', '0001_squashed_0008_network'),
        ('posts', '0012_heard_voices'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='Lesson',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('opened_at', models.DateTimeField(verbose_name='ouverte le')),
                    ('ends_at', models.DateTimeField(verbose_name='fin au plus tard')),
                    ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='fermée le')),
                    ('code', models.CharField(blank=True, max_length=6, verbose_name='six signes')),
                    ('board_key', models.CharField(blank=True, db_index=True, max_length=43, verbose_name='clé du tableau')),
                    ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                    ('activity', models.CharField(choices=[('free', 'Choix libre'), ('page', 'Une page à faire'), ('homework', 'Les leçons'), ('word', 'Un mot de la classe'), ('link', 'Un lien')], default='free', max_length=8, verbose_name='activité')),
                    ('title', models.CharField(blank=True, max_length=120, verbose_name='consigne')),
                    ('link', models.URLField(blank=True, max_length=500, verbose_name='lien')),
                    ('paused_at', models.DateTimeField(blank=True, null=True, verbose_name='écrans en pause le')),
                    ('muted_at', models.DateTimeField(blank=True, null=True, verbose_name='son coupé le')),
                    ('devices_count', models.PositiveIntegerField(default=0, verbose_name='appareils')),
                    ('pupil_seconds', models.PositiveIntegerField(default=0, verbose_name='secondes de travail des élèves')),
                    ('kit_id', models.UUIDField(blank=True, null=True, verbose_name='bien de l’inventaire ou malle')),
                    ('kit_label', models.CharField(blank=True, max_length=120, verbose_name='chariot ou malle')),
                    ('pupils_count', models.PositiveIntegerField(default=0, verbose_name='élèves')),
                    ('window_id', models.UUIDField(blank=True, null=True, verbose_name='séance de wi-fi')),
                    ('task_number', models.PositiveIntegerField(default=1, verbose_name='rang de l’activité')),
                    ('given_number', models.PositiveIntegerField(db_column='activity_number', default=1, verbose_name='numéro de ce qui est donné')),
                    ('classroom', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lessons', to='places.classroom', verbose_name='classe')),
                    ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lessons', to='places.group', verbose_name='groupe')),
                    ('opened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='ouverte par')),
                    ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lessons', to='places.room', verbose_name='local du wi-fi')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lessons', to='places.school', verbose_name='école')),
                    ('word', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='posts.post', verbose_name='mot de la classe')),
                ],
                options={
                    'verbose_name': 'séance',
                    'indexes': [models.Index(fields=['school', 'opened_at'], name='lessons_les_school__e98aaf_idx'), models.Index(fields=['closed_at', 'ends_at'], name='lessons_les_closed__34a314_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('classroom__isnull', False), ('group', None)), models.Q(('classroom', None), ('group__isnull', False)), _connector='OR'), name='lesson_of_a_class_or_a_group'), models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('classroom',), name='lesson_open_once_in_a_class'), models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('group',), name='lesson_open_once_in_a_group'), models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('code',), name='lesson_code_opens_one')],
                },
            ), migrations.CreateModel(
                name='Entrant',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('pupil', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person', verbose_name='élève')),
                    ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entrants', to='lessons.lesson', verbose_name='séance')),
                ],
                options={
                    'verbose_name': 'élève entré',
                    'constraints': [models.UniqueConstraint(fields=('lesson', 'pupil'), name='entrant_once_in_a_lesson')],
                },
            ), migrations.CreateModel(
                name='Device',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('number', models.PositiveSmallIntegerField(verbose_name='numéro')),
                    ('key_hash', models.CharField(max_length=64, unique=True, verbose_name='empreinte de la clé')),
                    ('label', models.CharField(blank=True, max_length=80, verbose_name='appareil')),
                    ('asked_at', models.DateTimeField(verbose_name='demande du')),
                    ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='accepté le')),
                    ('entered_at', models.DateTimeField(blank=True, null=True, verbose_name='élève entré le')),
                    ('wrong_count', models.PositiveSmallIntegerField(default=0, verbose_name='mauvaises images')),
                    ('let_in_at', models.DateTimeField(blank=True, null=True, verbose_name='ouvert par un adulte le')),
                    ('hand_at', models.DateTimeField(blank=True, null=True, verbose_name='main levée le')),
                    ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='fini le')),
                    ('known_hash', models.CharField(blank=True, max_length=64, verbose_name='empreinte de la clé qui dure')),
                    ('kept_count', models.PositiveSmallIntegerField(default=0, verbose_name='gardé sur l’appareil, pas encore envoyé')),
                    ('seen_at', models.DateTimeField(blank=True, null=True, verbose_name='dernières nouvelles le')),
                    ('has_script', models.BooleanField(default=True, verbose_name='avec JavaScript')),
                    ('entry', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='device', to='people.pupilentry', verbose_name='entrée')),
                    ('pupil', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='élève')),
                    ('trying', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='élève qui essaie d’entrer')),
                    ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='devices', to='lessons.lesson', verbose_name='séance')),
                ],
                options={
                    'verbose_name': 'appareil d’une séance',
                    'constraints': [models.UniqueConstraint(fields=('lesson', 'number'), name='device_number_once_in_a_lesson'), models.UniqueConstraint(condition=models.Q(('pupil__isnull', False)), fields=('lesson', 'pupil'), name='device_of_a_pupil_once')],
                },
            ), migrations.CreateModel(
                name='AwaitedDevice',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('key_hash', models.CharField(max_length=64, unique=True, verbose_name='empreinte de la clé')),
                    ('number', models.PositiveSmallIntegerField(verbose_name='numéro')),
                    ('known_hash', models.CharField(blank=True, db_index=True, max_length=64, verbose_name='empreinte de la clé qui dure')),
                    ('kept_count', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='pas encore envoyé')),
                    ('pupil', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='élève')),
                    ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='awaited', to='lessons.lesson', verbose_name='séance')),
                ],
                options={
                    'verbose_name': 'appareil attendu',
                },
            ), migrations.CreateModel(
                name='LessonFile',
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
                    ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='lessons.lesson', verbose_name='séance')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.school', verbose_name='école')),
                    ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='donné par')),
                ],
                options={
                    'verbose_name': 'document d’une séance',
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(('ready_at', None), models.Q(('refused_at', None), ('cleared_at__isnull', False)), _connector='OR'), name='lessonfile_ready_was_cleared'), models.CheckConstraint(condition=models.Q(models.Q(('refusal', ''), ('refused_at', None)), models.Q(('refused_at__isnull', False), models.Q(('refusal', ''), _negated=True)), _connector='OR'), name='lessonfile_refused_says_why')],
                },
            ), migrations.CreateModel(
                name='LessonMonth',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('month', models.DateField(verbose_name='mois')),
                    ('kit_key', models.CharField(blank=True, max_length=36, verbose_name='bien ou malle')),
                    ('kit_label', models.CharField(blank=True, max_length=120, verbose_name='chariot ou malle')),
                    ('activity', models.CharField(choices=[('free', 'Choix libre'), ('page', 'Une page à faire'), ('homework', 'Les leçons'), ('word', 'Un mot de la classe'), ('link', 'Un lien')], max_length=8, verbose_name='activité')),
                    ('lessons_count', models.PositiveIntegerField(default=0, verbose_name='séances')),
                    ('pupil_seconds', models.PositiveBigIntegerField(default=0, verbose_name='secondes de travail des élèves')),
                    ('most_pupils', models.PositiveIntegerField(default=0, verbose_name='élèves de la plus nombreuse')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lesson_months', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'mois de séances',
                    'constraints': [models.UniqueConstraint(fields=('school', 'month', 'kit_key', 'activity'), name='lesson_month_once')],
                },
            ), migrations.CreateModel(
                name='Work',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('goal', models.CharField(choices=[('notebook', 'Mon cahier'), ('class', 'La page de la classe'), ('answer', 'La réponse à la consigne')], default='notebook', max_length=8, verbose_name='pour')),
                    ('title', models.CharField(blank=True, max_length=120, verbose_name='titre')),
                    ('state', models.CharField(choices=[('making', 'en cours'), ('finished', 'à relire'), ('returned', 'à reprendre'), ('kept', 'gardé')], default='making', max_length=8, verbose_name='état')),
                    ('remark', models.CharField(blank=True, max_length=300, verbose_name='remarque')),
                    ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                    ('begun_at', models.DateTimeField(verbose_name='commencé le')),
                    ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='fini le')),
                    ('kept_at', models.DateTimeField(blank=True, null=True, verbose_name='gardé le')),
                    ('task_number', models.PositiveIntegerField(default=1, verbose_name='rang de l’activité')),
                    ('returned_at', models.DateTimeField(blank=True, null=True, verbose_name='rendu le')),
                    ('classroom', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='works', to='places.classroom', verbose_name='classe')),
                    ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='works', to='places.group', verbose_name='groupe')),
                    ('holder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='élève qui tient la page')),
                    ('kept_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='relu par')),
                    ('lesson', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='works', to='lessons.lesson', verbose_name='séance')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'travail d’élèves',
                    'indexes': [models.Index(fields=['classroom', 'state'], name='lessons_wor_classro_3e0549_idx'), models.Index(fields=['group', 'state'], name='lessons_wor_group_i_fce782_idx'), models.Index(fields=['begun_at'], name='lessons_wor_begun_a_27ae05_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('classroom__isnull', False), ('group', None)), models.Q(('classroom', None), ('group__isnull', False)), _connector='OR'), name='work_of_a_class_or_a_group'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at', None), ('kept_at', None), ('state', 'making')), models.Q(('finished_at__isnull', False), ('kept_at', None), ('state__in', ['finished', 'returned'])), models.Q(('finished_at__isnull', False), ('kept_at__isnull', False), ('state', 'kept')), _connector='OR'), name='work_state_agrees_with_dates'), models.CheckConstraint(condition=models.Q(('remark', ''), ('state', 'returned'), _connector='OR'), name='work_remark_of_returned')],
                },
            ), migrations.CreateModel(
                name='WorkPart',
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
                    ('sort', models.CharField(choices=[('photo', 'photo'), ('drawing', 'dessin'), ('voice', 'voix'), ('text', 'texte'), ('remark', 'remarque dite')], max_length=7, verbose_name='sorte')),
                    ('text', models.TextField(blank=True, max_length=1000, verbose_name='texte')),
                    ('turn', models.PositiveIntegerField(default=1, verbose_name='envoi')),
                    ('rank', models.PositiveSmallIntegerField(default=1, verbose_name='rang')),
                    ('width', models.PositiveIntegerField(blank=True, null=True, verbose_name='largeur')),
                    ('height', models.PositiveIntegerField(blank=True, null=True, verbose_name='hauteur')),
                    ('heard', models.TextField(blank=True, max_length=3000, verbose_name='ce que l’on y entend')),
                    ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='fait par')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.school', verbose_name='école')),
                    ('work', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='lessons.work', verbose_name='travail')),
                ],
                options={
                    'verbose_name': 'part d’un travail',
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(('ready_at', None), models.Q(('refused_at', None), ('cleared_at__isnull', False)), _connector='OR'), name='workpart_ready_was_cleared'), models.CheckConstraint(condition=models.Q(models.Q(('refusal', ''), ('refused_at', None)), models.Q(('refused_at__isnull', False), models.Q(('refusal', ''), _negated=True)), _connector='OR'), name='workpart_refused_says_why'), models.CheckConstraint(condition=models.Q(('sort', 'text'), ('text', ''), _connector='OR'), name='work_part_text_of_a_text')],
                },
            ), migrations.CreateModel(
                name='WorkSigner',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('joined_at', models.DateTimeField(verbose_name='sur la page depuis le')),
                    ('pupil', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person', verbose_name='élève')),
                    ('work', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signers', to='lessons.work', verbose_name='travail')),
                ],
                options={
                    'verbose_name': 'élève d’un travail',
                    'constraints': [models.UniqueConstraint(fields=('work', 'pupil'), name='work_signer_once')],
                },
            ), migrations.CreateModel(
                name='KnownDevice',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('key_hash', models.CharField(max_length=64, unique=True, verbose_name='empreinte de la clé')),
                    ('label', models.CharField(blank=True, max_length=80, verbose_name='appareil')),
                    ('used_at', models.DateTimeField(verbose_name='servi le')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='known_devices', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'appareil connu d’une école',
                    'indexes': [models.Index(fields=['used_at'], name='lessons_kno_used_at_456743_idx')],
                },
            )],
        ),
    ]
