import django.db.models.deletion
import preau.kit.ids
import preau.kit.upgrades
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('announcements', '0001_initial'), ('announcements', '0002_network'), ('announcements', '0003_service'), ('announcements', '0004_elected_parents')]

    initial = True

    dependencies = [
        ('people', '0001_squashed_0018_text_segments'),
        ('places', '0001_squashed_0008_network'),
        ('schools', '0001_squashed_0009_said_by_the_site'),
        ('spaces', '0001_squashed_0010_network'),
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='Announcement',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='à envoyer le')),
                    ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='envoi confirmé le')),
                    ('title', models.CharField(max_length=120, verbose_name='titre')),
                    ('text', models.TextField(max_length=1500, verbose_name='texte')),
                    ('html', models.TextField(verbose_name='texte mis en forme')),
                    ('level', models.CharField(choices=[('info', 'à lire'), ('sign', 'à signer'), ('urgent', 'urgent')], max_length=6, verbose_name='niveau')),
                    ('urgent_reason', models.CharField(blank=True, max_length=200, verbose_name='raison de l’urgence')),
                    ('readers', models.CharField(choices=[('families', 'les familles'), ('teams', 'les équipes des écoles'), ('both', 'les familles et les équipes')], max_length=8, verbose_name='lue par')),
                    ('levels', models.JSONField(blank=True, default=list, verbose_name='niveaux de classe')),
                    ('shown_until', models.DateField(blank=True, null=True, verbose_name='sur le site des écoles jusqu’au')),
                    ('asks_schools', models.BooleanField(default=False, verbose_name='demande sa moitié à chaque école')),
                    ('service', models.CharField(blank=True, choices=[('morning', 'accueil du matin'), ('canteen', 'cantine'), ('study', 'étude'), ('evening', 'accueil du soir'), ('wednesday', 'mercredi')], max_length=9, verbose_name='service')),
                    ('proposed_at', models.DateTimeField(blank=True, null=True, verbose_name='proposée par les parents élus le')),
                    ('refused_at', models.DateTimeField(blank=True, null=True, verbose_name='refusée le')),
                    ('refused_reason', models.CharField(blank=True, max_length=300, verbose_name='raison du refus')),
                    ('joined_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='halves', to='announcements.announcement', verbose_name='complète l’annonce')),
                    ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='proposed_announcements', to='people.person', verbose_name='écrite par')),
                    ('publication', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='announcement', to='spaces.publication', verbose_name='publication')),
                ],
                options={
                    'verbose_name': 'annonce aux écoles et aux familles',
                    'indexes': [models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='announcement_due')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('level', 'urgent'), models.Q(('urgent_reason', ''), _negated=True)), models.Q(models.Q(('level', 'urgent'), _negated=True), ('urgent_reason', '')), _connector='OR'), name='urgent_announcement_says_why'), models.CheckConstraint(condition=models.Q(('joined_to', None), ('asks_schools', False), _connector='OR'), name='announcement_half_asks_no_half'), models.CheckConstraint(condition=models.Q(('service', ''), models.Q(('asks_schools', False), ('joined_to', None), ('readers', 'families')), _connector='OR'), name='announcement_of_service_is_for_its_families'), models.CheckConstraint(condition=models.Q(('proposed_by', None), ('proposed_at__isnull', False), _connector='OR'), name='announcement_proposed_by_has_a_date'), models.CheckConstraint(condition=models.Q(models.Q(('refused_at', None), ('refused_reason', '')), models.Q(('proposed_at__isnull', False), ('refused_at__isnull', False), models.Q(('refused_reason', ''), _negated=True)), _connector='OR'), name='announcement_refused_says_why')],
                },
            ), migrations.CreateModel(
                name='AnnouncementTarget',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='announcement_targets', to='schools.activity', verbose_name='service')),
                    ('afterschool', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='places.afterschool', verbose_name='site périscolaire')),
                    ('announcement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='announcements.announcement', verbose_name='annonce')),
                    ('city', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='places.city', verbose_name='ville')),
                    ('classroom', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='places.classroom', verbose_name='classe')),
                    ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='places.department', verbose_name='département')),
                    ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='places.district', verbose_name='circonscription')),
                    ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='places.group', verbose_name='groupe')),
                    ('network', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='places.network', verbose_name='réseau d’écoles')),
                    ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'école ou service destinataire d’une annonce',
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('activity', None), ('afterschool', None), ('city', None), ('classroom__isnull', False), ('department', None), ('district', None), ('group', None), ('network', None), ('school', None)), models.Q(('activity', None), ('afterschool', None), ('city', None), ('classroom', None), ('department', None), ('district', None), ('group__isnull', False), ('network', None), ('school', None)), models.Q(('activity', None), ('afterschool__isnull', False), ('city', None), ('classroom', None), ('department', None), ('district', None), ('group', None), ('network', None), ('school', None)), models.Q(('activity', None), ('afterschool', None), ('city', None), ('classroom', None), ('department', None), ('district', None), ('group', None), ('network', None), ('school__isnull', False)), models.Q(('activity', None), ('afterschool', None), ('city', None), ('classroom', None), ('department', None), ('district', None), ('group', None), ('network__isnull', False), ('school', None)), models.Q(('activity', None), ('afterschool', None), ('city__isnull', False), ('classroom', None), ('department', None), ('district', None), ('group', None), ('network', None), ('school', None)), models.Q(('activity', None), ('afterschool', None), ('city', None), ('classroom', None), ('department', None), ('district__isnull', False), ('group', None), ('network', None), ('school', None)), models.Q(('activity', None), ('afterschool', None), ('city', None), ('classroom', None), ('department__isnull', False), ('district', None), ('group', None), ('network', None), ('school', None)), models.Q(('activity__isnull', False), ('afterschool', None), ('city', None), ('classroom', None), ('department', None), ('district', None), ('group', None), ('network', None), ('school', None)), _connector='OR'), name='announcement_target_in_one_place')],
                },
            ), migrations.CreateModel(
                name='ElectedParent',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('starts_on', models.DateField(verbose_name='du')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='elections', to='people.person', verbose_name='personne')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='elected_parents', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'parent élu',
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='elected_parent_ends_after_it_starts'), models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('school', 'person'), name='elected_parent_once_in_a_school')],
                },
            )],
        ),
    ]
