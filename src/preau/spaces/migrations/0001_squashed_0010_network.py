import django.db.models.deletion
import preau.kit.ids
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('spaces', '0001_initial'), ('spaces', '0002_generations_and_order'), ('spaces', '0003_waiting'), ('spaces', '0004_withdrawn_by'), ('spaces', '0005_profiles'), ('spaces', '0006_reach_by_profile'), ('spaces', '0007_stops'), ('spaces', '0008_question'), ('spaces', '0009_afterschool'), ('spaces', '0010_network')]

    initial = True

    dependencies = [
        ('people', '0001_squashed_0018_text_segments'),
        ('places', '0001_squashed_0008_network'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='Generation',
                fields=[
                    ('place_id', models.UUIDField(primary_key=True, serialize=False, verbose_name='lieu')),
                    ('number', models.PositiveBigIntegerField(default=0, verbose_name='numéro')),
                ],
                options={
                    'verbose_name': 'génération d’un site public',
                },
            ), migrations.CreateModel(
                name='Publication',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(max_length=20, verbose_name='nature')),
                    ('state', models.CharField(choices=[('draft', 'brouillon'), ('waiting', 'en attente de la direction'), ('published', 'publié'), ('withdrawn', 'retiré')], default='draft', max_length=10, verbose_name='état')),
                    ('created_at', models.DateTimeField(verbose_name='commencé le')),
                    ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='publié le')),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='retiré le')),
                    ('question', models.CharField(blank=True, max_length=160, verbose_name='question à poser à la maison')),
                    ('afterschool', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='places.afterschool', verbose_name='site périscolaire')),
                    ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='publications', to='people.person', verbose_name='auteur')),
                    ('city', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='places.city', verbose_name='ville')),
                    ('classroom', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='places.classroom', verbose_name='classe')),
                    ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='places.department', verbose_name='département')),
                    ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='places.district', verbose_name='circonscription')),
                    ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='places.group', verbose_name='groupe')),
                    ('network', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='places.network', verbose_name='réseau d’écoles')),
                    ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='places.school', verbose_name='école')),
                    ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='retiré par')),
                ],
                options={
                    'verbose_name': 'publication',
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('state__in', ['draft', 'waiting']), ('withdrawn_at', None)), models.Q(('published_at__isnull', False), ('state', 'published'), ('withdrawn_at', None)), models.Q(('published_at__isnull', False), ('state', 'withdrawn'), ('withdrawn_at__isnull', False)), _connector='OR'), name='publication_state_agrees_with_dates'), models.CheckConstraint(condition=models.Q(models.Q(('afterschool', None), ('city', None), ('classroom__isnull', False), ('department', None), ('district', None), ('group', None), ('network', None), ('school', None)), models.Q(('afterschool', None), ('city', None), ('classroom', None), ('department', None), ('district', None), ('group__isnull', False), ('network', None), ('school', None)), models.Q(('afterschool__isnull', False), ('city', None), ('classroom', None), ('department', None), ('district', None), ('group', None), ('network', None), ('school', None)), models.Q(('afterschool', None), ('city', None), ('classroom', None), ('department', None), ('district', None), ('group', None), ('network', None), ('school__isnull', False)), models.Q(('afterschool', None), ('city', None), ('classroom', None), ('department', None), ('district', None), ('group', None), ('network__isnull', False), ('school', None)), models.Q(('afterschool', None), ('city__isnull', False), ('classroom', None), ('department', None), ('district', None), ('group', None), ('network', None), ('school', None)), models.Q(('afterschool', None), ('city', None), ('classroom', None), ('department', None), ('district__isnull', False), ('group', None), ('network', None), ('school', None)), models.Q(('afterschool', None), ('city', None), ('classroom', None), ('department__isnull', False), ('district', None), ('group', None), ('network', None), ('school', None)), _connector='OR'), name='publication_in_one_place')],
                },
            ), migrations.CreateModel(
                name='Reach',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('audience', models.CharField(max_length=60, verbose_name='audience')),
                    ('at', models.DateTimeField(verbose_name='instant')),
                    ('child', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person', verbose_name='enfant')),
                    ('publication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reaches', to='spaces.publication', verbose_name='publication')),
                ],
                options={
                    'verbose_name': 'audience atteinte',
                    'indexes': [models.Index(fields=['audience', '-at', '-publication'], name='spaces_reac_audienc_a8102c_idx'), models.Index(condition=models.Q(('child__isnull', False)), fields=['child'], name='reach_of_a_child')],
                    'constraints': [models.UniqueConstraint(fields=('publication', 'audience'), name='reach_once_per_audience'), models.CheckConstraint(condition=models.Q(models.Q(('audience__startswith', 'child.'), ('child__isnull', False)), models.Q(models.Q(('audience__startswith', 'child.'), _negated=True), ('child', None)), _connector='OR'), name='reach_of_a_child_holds_its_key')],
                },
            ), migrations.CreateModel(
                name='Stop',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('readers', models.CharField(choices=[('families', 'les familles'), ('pupils', 'les élèves'), ('adults', 'les adultes'), ('public', 'le site public')], max_length=8, verbose_name='pour')),
                    ('part', models.CharField(choices=[('whole', 'tout'), ('below', 'tout sauf ce que ce lieu dit lui-même')], default='whole', max_length=5, verbose_name='partie')),
                    ('why', models.CharField(choices=[('false_message', 'un message publié ici ne vient pas de nous'), ('taken_account', 'quelqu’un d’autre s’est servi d’un compte'), ('threat', 'un message menaçant a été signalé'), ('check', 'une vérification est en cours')], max_length=16, verbose_name='raison')),
                    ('authority', models.CharField(choices=[('school', 'la direction de l’école'), ('city', 'la Direction Éducation de la Ville'), ('operator', 'l’opératrice ou l’opérateur de la base')], max_length=8, verbose_name='autorité')),
                    ('begun_at', models.DateTimeField(verbose_name='arrêté le')),
                    ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='remis en marche le')),
                    ('begun_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                    ('city', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stops', to='places.city')),
                    ('classroom', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stops', to='places.classroom')),
                    ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                    ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stops', to='places.school')),
                ],
                options={
                    'verbose_name': 'arrêt d’urgence',
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('city', None), ('classroom__isnull', False), ('school', None)), models.Q(('city', None), ('classroom', None), ('school__isnull', False)), models.Q(('city__isnull', False), ('classroom', None), ('school', None)), _connector='OR'), name='stop_in_one_place'), models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('begun_at')), _connector='OR'), name='stop_ends_after_it_begins'), models.UniqueConstraint(condition=models.Q(('classroom__isnull', False), ('ended_at', None)), fields=('classroom', 'readers', 'authority'), name='stop_open_once_per_classroom'), models.UniqueConstraint(condition=models.Q(('ended_at', None), ('school__isnull', False)), fields=('school', 'readers', 'authority'), name='stop_open_once_per_school'), models.UniqueConstraint(condition=models.Q(('city__isnull', False), ('ended_at', None)), fields=('city', 'readers', 'authority'), name='stop_open_once_per_city')],
                },
            )],
        ),
    ]
