import django.db.models.deletion
import preau.kit.ids
import preau.kit.names
import preau.kit.upgrades
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('people', '0001_initial'), ('people', '0002_sign_ins'), ('people', '0003_sessions'), ('people', '0004_factor_step'), ('people', '0005_reading_language'), ('people', '0006_known_devices'), ('people', '0007_email_confirmed'), ('people', '0008_new_devices_told'), ('people', '0009_sprays'), ('people', '0010_mail_code'), ('people', '0011_ways_back'), ('people', '0012_help_ask'), ('people', '0013_suspension'), ('people', '0014_texting'), ('people', '0015_notice_shown'), ('people', '0016_afterschool_roles'), ('people', '0017_city_agents'), ('people', '0018_text_segments')]

    initial = True

    dependencies = [
        ('places', '0001_squashed_0008_network'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='Person',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('civility', models.CharField(blank=True, max_length=10, verbose_name='civilité')),
                    ('last_name', models.CharField(max_length=80, verbose_name='nom')),
                    ('usage_name', models.CharField(blank=True, max_length=80, verbose_name='nom d’usage')),
                    ('first_name', models.CharField(max_length=80, verbose_name='prénom')),
                    ('birth_date', models.DateField(blank=True, null=True, verbose_name='date de naissance')),
                    ('sort_key', preau.kit.names.SortKeyField(db_index=True, editable=False, max_length=200, source=('display_last_name', 'first_name'))),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='créée le')),
                    ('reading_language', models.CharField(blank=True, choices=[('sq', 'l’albanais'), ('en', 'l’anglais'), ('ar', 'l’arabe'), ('hy', 'l’arménien'), ('zh', 'le chinois'), ('prs', 'le dari'), ('es', 'l’espagnol'), ('ka', 'le géorgien'), ('ps', 'le pachto'), ('pt', 'le portugais'), ('ro', 'le roumain'), ('ru', 'le russe'), ('so', 'le somali'), ('ta', 'le tamoul'), ('tr', 'le turc'), ('uk', 'l’ukrainien'), ('vi', 'le vietnamien'), ('und', 'une autre langue que le français')], max_length=3, verbose_name='lit plutôt')),
                ],
                options={
                    'verbose_name': 'personne',
                },
            ), migrations.CreateModel(
                name='SignInAttempt',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('identifier_hash', models.CharField(max_length=64, unique=True, verbose_name='empreinte de l’identifiant ou du réseau')),
                    ('failures_count', models.PositiveIntegerField(default=0, verbose_name='échecs')),
                    ('last_failure_at', models.DateTimeField(verbose_name='dernier échec')),
                    ('locked_until', models.DateTimeField(blank=True, null=True, verbose_name='bloqué jusqu’à')),
                    ('network', models.CharField(blank=True, max_length=43, verbose_name='réseau, sans sa fin')),
                    ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='compté depuis')),
                ],
                options={
                    'verbose_name': 'essais de connexion',
                },
            ), migrations.CreateModel(
                name='ActivationCode',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('secret_hash', models.CharField(max_length=64, unique=True, verbose_name='empreinte')),
                    ('created_at', models.DateTimeField(verbose_name='créé le')),
                    ('expires_at', models.DateTimeField(verbose_name='expire le')),
                    ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='servi le')),
                    ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='remplacé le')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activation_codes', to='people.person', verbose_name='personne')),
                ],
                options={
                    'verbose_name': 'code d’activation',
                },
            ), migrations.CreateModel(
                name='Account',
                fields=[
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('identifier', models.CharField(max_length=80, unique=True, verbose_name='identifiant')),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='courriel')),
                    ('is_active', models.BooleanField(default=True, verbose_name='ouvert')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='créé le')),
                    ('notice_at', models.DateTimeField(blank=True, null=True, verbose_name='notice montrée le')),
                    ('notice_version', models.CharField(blank=True, max_length=10, verbose_name='notice montrée')),
                    ('sessions_from', models.DateTimeField(blank=True, null=True, verbose_name='sessions depuis')),
                    ('factor_step', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='dernier code accepté')),
                    ('devices_count', models.PositiveIntegerField(default=0, verbose_name='appareils ajoutés')),
                    ('devices_from', models.DateTimeField(blank=True, null=True, verbose_name='appareils connus depuis')),
                    ('email_confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='courriel confirmé le')),
                    ('suspended_at', models.DateTimeField(blank=True, null=True, verbose_name='suspendu le')),
                    ('email_refused_at', models.DateTimeField(blank=True, null=True, verbose_name='courriel refusé le')),
                    ('person', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='account', to='people.person', verbose_name='personne')),
                ],
                options={
                    'verbose_name': 'compte',
                    'constraints': [models.CheckConstraint(condition=models.Q(('suspended_at', None), ('is_active', False), _connector='OR'), name='account_suspended_opens_nothing')],
                },
            ), migrations.CreateModel(
                name='Phone',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('number', models.CharField(max_length=16, verbose_name='numéro')),
                    ('given_at', models.DateTimeField(verbose_name='donné le')),
                    ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmé le')),
                    ('refused_at', models.DateTimeField(blank=True, null=True, verbose_name='refusé par l’opérateur le')),
                    ('account', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='phone', to=settings.AUTH_USER_MODEL, verbose_name='compte')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.city', verbose_name='Ville qui paie les SMS')),
                ],
                options={
                    'verbose_name': 'portable',
                },
            ), migrations.CreateModel(
                name='RefusedEntry',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('at', models.DateTimeField(verbose_name='essayée le')),
                    ('why', models.CharField(choices=[('password', 'mot de passe faux'), ('code', 'mot de passe juste, code faux'), ('closed', 'mot de passe juste, compte suspendu')], max_length=8, verbose_name='raison')),
                    ('device', models.CharField(blank=True, max_length=80, verbose_name='appareil')),
                    ('network', models.GenericIPAddressField(blank=True, null=True, verbose_name='réseau')),
                    ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='refusals', to=settings.AUTH_USER_MODEL, verbose_name='compte')),
                ],
                options={
                    'verbose_name': 'entrée refusée',
                    'indexes': [models.Index(fields=['account', '-at'], name='people_refu_account_ef764a_idx')],
                },
            ), migrations.CreateModel(
                name='SheetAsk',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('asked_at', models.DateTimeField(verbose_name='demandée le')),
                    ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='fiche faite le')),
                    ('dropped_at', models.DateTimeField(blank=True, null=True, verbose_name='sans suite le')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sheet_asks', to='people.person', verbose_name='personne')),
                ],
                options={
                    'verbose_name': 'demande de fiche',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at', None), ('dropped_at', None)), fields=('person',), name='sheet_asked_once'), models.CheckConstraint(condition=models.Q(('answered_at', None), ('dropped_at', None), _connector='OR'), name='sheet_ask_ends_once')],
                },
            ), migrations.CreateModel(
                name='SignIn',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('session_key', models.CharField(db_index=True, max_length=40, verbose_name='session')),
                    ('opened_at', models.DateTimeField(verbose_name='entrée le')),
                    ('seen_at', models.DateTimeField(verbose_name='vue le')),
                    ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='sortie le')),
                    ('way', models.CharField(max_length=20, verbose_name='chemin')),
                    ('device', models.CharField(blank=True, max_length=80, verbose_name='appareil')),
                    ('network', models.GenericIPAddressField(blank=True, null=True, verbose_name='réseau')),
                    ('new_device_at', models.DateTimeField(blank=True, null=True, verbose_name='nouvel appareil le')),
                    ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='dit par courriel le')),
                    ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sign_ins', to=settings.AUTH_USER_MODEL, verbose_name='compte')),
                ],
                options={
                    'verbose_name': 'entrée',
                    'indexes': [models.Index(fields=['account', '-opened_at'], name='people_sign_account_c98815_idx')],
                },
            ), migrations.CreateModel(
                name='SpareCode',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('drawn_at', models.DateTimeField(verbose_name='fait le')),
                    ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='servi le')),
                    ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spare_codes', to=settings.AUTH_USER_MODEL, verbose_name='compte')),
                ],
                options={
                    'verbose_name': 'code de secours',
                },
            ), migrations.CreateModel(
                name='TextBudget',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('per_month', models.PositiveIntegerField(verbose_name='SMS par mois')),
                    ('city', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='text_budget', to='places.city', verbose_name='Ville')),
                ],
                options={
                    'verbose_name': 'budget de SMS',
                },
            ), migrations.CreateModel(
                name='TextMessage',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('asked_at', models.DateTimeField(db_index=True, verbose_name='demandé le')),
                    ('received_at', models.DateTimeField(blank=True, null=True, verbose_name='reçu le')),
                    ('failed_at', models.DateTimeField(blank=True, null=True, verbose_name='non remis le')),
                    ('segments_count', models.PositiveSmallIntegerField(default=1, verbose_name='SMS facturés')),
                    ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='text_messages', to=settings.AUTH_USER_MODEL, verbose_name='compte')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.city', verbose_name='Ville qui paie')),
                ],
                options={
                    'verbose_name': 'SMS',
                    'constraints': [models.CheckConstraint(condition=models.Q(('received_at', None), ('received_at__gte', models.F('asked_at')), _connector='OR'), name='text_received_after_asked')],
                },
            ), migrations.CreateModel(
                name='HelpAsk',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('school_typed', models.CharField(blank=True, max_length=120, verbose_name='école écrite')),
                    ('words', models.TextField(verbose_name='ce qui arrive')),
                    ('name', models.CharField(blank=True, max_length=80, verbose_name='nom')),
                    ('reach', models.CharField(blank=True, max_length=120, verbose_name='où répondre')),
                    ('level', models.CharField(choices=[('school', 'l’école'), ('city', 'la Ville'), ('operator', 'la personne qui tient la base')], max_length=8, verbose_name='chez')),
                    ('asked_at', models.DateTimeField(verbose_name='demandée le')),
                    ('level_at', models.DateTimeField(verbose_name='arrivée là le')),
                    ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='répondue le')),
                    ('city', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='help_asks', to='places.city', verbose_name='ville')),
                    ('school', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='help_asks', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'demande d’aide',
                    'indexes': [models.Index(fields=['level', 'answered_at', 'asked_at'], name='people_help_level_ad6601_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('level', 'school'), _negated=True), ('school__isnull', False), _connector='OR'), name='help_ask_of_a_school_has_one'), models.CheckConstraint(condition=models.Q(models.Q(('level', 'city'), _negated=True), ('city__isnull', False), _connector='OR'), name='help_ask_of_a_city_has_one'), models.CheckConstraint(condition=models.Q(('level_at__gte', models.F('asked_at'))), name='help_ask_rises_after_it_is_asked')],
                },
            ), migrations.CreateModel(
                name='MailCode',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('purpose', models.CharField(choices=[('address', 'confirmer l’adresse'), ('device', 'entrer sur un nouvel appareil'), ('password', 'choisir un autre mot de passe'), ('phone', 'confirmer le portable')], max_length=8, verbose_name='pour')),
                    ('asked_at', models.DateTimeField(verbose_name='demandé le')),
                    ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='parti le')),
                    ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='servi le')),
                    ('tries_count', models.PositiveSmallIntegerField(default=0, verbose_name='essais')),
                    ('way', models.CharField(choices=[('mail', 'courriel'), ('text', 'SMS')], default='mail', max_length=4, verbose_name='par')),
                    ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mail_codes', to=settings.AUTH_USER_MODEL, verbose_name='compte')),
                ],
                options={
                    'verbose_name': 'code envoyé',
                    'constraints': [models.CheckConstraint(condition=models.Q(('used_at', None), ('sent_at__isnull', False), _connector='OR'), name='mail_code_used_once_sent')],
                },
            ), migrations.CreateModel(
                name='Mandate',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('role', models.CharField(choices=[('teacher', 'enseignante ou enseignant'), ('supply_teacher', 'remplaçante ou remplaçant'), ('school_head', 'directrice ou directeur d’école'), ('aesh', 'AESH'), ('atsem', 'ATSEM'), ('site_manager', 'responsable de site périscolaire'), ('animator', 'animatrice ou animateur périscolaire'), ('catering', 'agente ou agent de restauration'), ('city_education', 'Direction Éducation'), ('city_it', 'informatique des écoles'), ('city_finance', 'finances de la Ville'), ('elected', 'élue ou élu'), ('ia_dasen', 'IA-DASEN'), ('ia_dasen_deputy', 'adjointe ou adjoint de l’IA-DASEN'), ('ien', 'IEN'), ('pedagogical_adviser', 'conseillère ou conseiller pédagogique'), ('erun', 'ERUN'), ('dsden', 'DSDEN'), ('dan', 'DAN'), ('trainer', 'formatrice ou formateur'), ('parents_federation', 'fédération de parents'), ('operator', 'opératrice ou opérateur de la base')], max_length=20, verbose_name='rôle')),
                    ('title', models.CharField(blank=True, max_length=80, verbose_name='intitulé')),
                    ('starts_on', models.DateField(verbose_name='du')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                    ('afterschool', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='places.afterschool')),
                    ('city', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='places.city')),
                    ('classroom', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='places.classroom')),
                    ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='places.department')),
                    ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='places.district')),
                    ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='places.school')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mandates', to='people.person', verbose_name='personne')),
                ],
                options={
                    'verbose_name': 'mandat',
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='mandate_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('afterschool', None), ('city', None), ('classroom', None), ('department', None), ('district', None), ('role', 'operator'), ('school', None)), models.Q(models.Q(('role', 'operator'), _negated=True), models.Q(models.Q(('afterschool', None), ('city', None), ('classroom__isnull', False), ('department', None), ('district', None), ('school', None)), models.Q(('afterschool__isnull', False), ('city', None), ('classroom', None), ('department', None), ('district', None), ('school', None)), models.Q(('afterschool', None), ('city', None), ('classroom', None), ('department', None), ('district', None), ('school__isnull', False)), models.Q(('afterschool', None), ('city', None), ('classroom', None), ('department', None), ('district__isnull', False), ('school', None)), models.Q(('afterschool', None), ('city__isnull', False), ('classroom', None), ('department', None), ('district', None), ('school', None)), models.Q(('afterschool', None), ('city', None), ('classroom', None), ('department__isnull', False), ('district', None), ('school', None)), _connector='OR')), _connector='OR'), name='mandate_in_one_place')],
                },
            ), migrations.CreateModel(
                name='Contact',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('email', 'courriel'), ('mobile', 'téléphone portable'), ('home', 'téléphone du domicile'), ('work', 'téléphone du travail'), ('address', 'adresse')], max_length=8, verbose_name='nature')),
                    ('value', models.CharField(max_length=255, verbose_name='valeur')),
                    ('match_key', models.CharField(db_index=True, max_length=255, verbose_name='clé de comparaison')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='people.person', verbose_name='personne')),
                ],
                options={
                    'verbose_name': 'coordonnée',
                    'constraints': [models.UniqueConstraint(fields=('person', 'kind', 'match_key'), name='contact_once_per_person')],
                },
            )],
        ),
    ]
