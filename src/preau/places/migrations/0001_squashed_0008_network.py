import django.db.models.deletion
import preau.kit.ids
import preau.kit.names
import preau.kit.upgrades
import preau.places.namesakes
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('places', '0001_initial'), ('places', '0002_rooms_in_use'), ('places', '0003_where_schools_are'), ('places', '0004_school_contact_has_a_source'), ('places', '0005_schools_told_apart'), ('places', '0006_schools_numbered'), ('places', '0007_afterschool'), ('places', '0008_network')]

    initial = True

    dependencies = [
    ]

    operations = [
        preau.kit.upgrades.CreateModels(
            models=[migrations.CreateModel(
                name='Building',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=80, verbose_name='nom')),
                    ('sort_key', preau.kit.names.SortKeyField(editable=False, max_length=200, source=('name',))),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='buildings', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'bâtiment',
                    'constraints': [models.UniqueConstraint(fields=('school', 'sort_key'), name='building_name_once_per_school')],
                },
            ), migrations.CreateModel(
                name='Department',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('code', models.CharField(max_length=3, unique=True, verbose_name='code')),
                    ('name', models.CharField(max_length=80, verbose_name='nom')),
                    ('academy', models.CharField(max_length=80, verbose_name='académie')),
                ],
                options={
                    'verbose_name': 'département',
                },
            ), migrations.CreateModel(
                name='City',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=80, verbose_name='nom')),
                    ('slug', models.SlugField(unique=True, verbose_name='adresse')),
                    ('host', models.CharField(blank=True, max_length=200, verbose_name='nom d’hôte')),
                    ('is_fictitious', models.BooleanField(default=False, verbose_name='fictive')),
                    ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cities', to='places.department', verbose_name='département')),
                ],
                options={
                    'verbose_name': 'ville',
                },
            ), migrations.CreateModel(
                name='District',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=80, verbose_name='nom')),
                    ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='districts', to='places.department', verbose_name='département')),
                ],
                options={
                    'verbose_name': 'circonscription',
                },
            ), migrations.CreateModel(
                name='Network',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=120, verbose_name='nom')),
                    ('sort_key', preau.kit.names.SortKeyField(editable=False, max_length=200, source=('name',))),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='networks', to='places.city', verbose_name='ville')),
                ],
                options={
                    'verbose_name': 'réseau d’écoles',
                    'constraints': [models.UniqueConstraint(fields=('city', 'sort_key'), name='network_name_unique_in_city')],
                },
            ), migrations.CreateModel(
                name='Room',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=80, verbose_name='nom')),
                    ('floor', models.SmallIntegerField(default=0, verbose_name='étage')),
                    ('kind', models.CharField(choices=[('classroom', 'salle de classe'), ('secured_store', 'réserve sécurisée'), ('hall', 'salle commune'), ('under_threes', 'crèche ou halte-garderie')], default='classroom', max_length=14, verbose_name='nature')),
                    ('has_power', models.BooleanField(default=False, verbose_name='alimentation électrique')),
                    ('closed_on', models.DateField(blank=True, null=True, verbose_name='n’est plus utilisé depuis le')),
                    ('sort_key', preau.kit.names.SortKeyField(editable=False, max_length=200, source=('name',))),
                    ('building', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rooms', to='places.building', verbose_name='bâtiment')),
                ],
                options={
                    'verbose_name': 'local',
                    'constraints': [models.UniqueConstraint(fields=('building', 'sort_key'), name='room_name_once_per_building')],
                },
            ), migrations.CreateModel(
                name='School',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('uai', models.CharField(blank=True, max_length=8, verbose_name='UAI')),
                    ('name', models.CharField(max_length=120, verbose_name='nom')),
                    ('slug', models.SlugField(max_length=80, verbose_name='adresse')),
                    ('sort_key', preau.kit.names.SortKeyField(editable=False, max_length=200, source=('name',))),
                    ('kind', models.CharField(choices=[('nursery', 'maternelle'), ('elementary', 'élémentaire'), ('primary', 'primaire')], max_length=12, verbose_name='nature')),
                    ('address', models.CharField(blank=True, max_length=200, verbose_name='adresse postale')),
                    ('postcode', models.CharField(blank=True, max_length=10, verbose_name='code postal')),
                    ('phone', models.CharField(blank=True, max_length=30, verbose_name='téléphone')),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='courriel')),
                    ('opened_on', models.DateField(blank=True, null=True, verbose_name='ouverte le')),
                    ('closed_on', models.DateField(blank=True, null=True, verbose_name='fermée le')),
                    ('is_fictitious', models.BooleanField(default=False, verbose_name='fictive')),
                    ('source', models.TextField(blank=True, verbose_name='source')),
                    ('latitude', models.DecimalField(blank=True, decimal_places=5, max_digits=7, null=True, verbose_name='latitude')),
                    ('location_source', models.CharField(blank=True, max_length=200, verbose_name='source de la situation')),
                    ('longitude', models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, verbose_name='longitude')),
                    ('contact_as_of', models.DateField(blank=True, null=True, verbose_name='adresse et contact écrits le')),
                    ('contact_source', models.CharField(blank=True, max_length=200, verbose_name='source de l’adresse et du contact')),
                    ('shown_name', preau.places.namesakes.ShownNameField(editable=False, max_length=360, verbose_name='nom parmi ses homonymes')),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schools', to='places.city', verbose_name='ville')),
                    ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='schools', to='places.district', verbose_name='circonscription')),
                    ('network', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='schools', to='places.network', verbose_name='réseau')),
                ],
                options={
                    'verbose_name': 'école',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('uai', ''), _negated=True), fields=('uai',), name='school_uai_unique'), models.UniqueConstraint(fields=('city', 'slug'), name='school_slug_unique_in_city'), models.CheckConstraint(condition=models.Q(('closed_on', None), ('opened_on', None), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='school_closes_after_it_opens'), models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('location_source', ''), ('longitude', None)), models.Q(('latitude__range', (-90, 90)), ('longitude__range', (-180, 180)), models.Q(('location_source', ''), _negated=True)), _connector='OR'), name='school_location_is_whole_and_sourced')],
                },
            ), migrations.CreateModel(
                name='Group',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('school_year', models.CharField(max_length=9, verbose_name='année scolaire')),
                    ('name', models.CharField(max_length=120, verbose_name='nom')),
                    ('sort_key', preau.kit.names.SortKeyField(editable=False, max_length=200, source=('name',))),
                    ('kind', models.CharField(choices=[('group', 'groupe'), ('ulis', 'dispositif ULIS'), ('upe2a', 'dispositif UPE2A')], default='group', max_length=8, verbose_name='nature')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'groupe',
                    'constraints': [models.UniqueConstraint(fields=('school', 'school_year', 'sort_key'), name='group_name_unique_in_year')],
                },
            ), migrations.CreateModel(
                name='Classroom',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('school_year', models.CharField(max_length=9, verbose_name='année scolaire')),
                    ('name', models.CharField(max_length=120, verbose_name='nom')),
                    ('sort_key', preau.kit.names.SortKeyField(editable=False, max_length=200, source=('name',))),
                    ('onde_id', models.CharField(blank=True, max_length=40, verbose_name='identifiant ONDE')),
                    ('levels', models.JSONField(default=list, verbose_name='niveaux')),
                    ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='classrooms', to='places.school', verbose_name='école')),
                ],
                options={
                    'verbose_name': 'classe',
                    'constraints': [models.UniqueConstraint(fields=('school', 'school_year', 'sort_key'), name='classroom_name_unique_in_year')],
                },
            ), migrations.CreateModel(
                name='AfterSchool',
                fields=[
                    ('id', models.UUIDField(default=preau.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=120, verbose_name='nom')),
                    ('sort_key', preau.kit.names.SortKeyField(editable=False, max_length=200, source=('name',))),
                    ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='afterschools', to='places.city', verbose_name='ville')),
                    ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='afterschools', to='places.school', verbose_name='se tient dans l’école')),
                ],
                options={
                    'verbose_name': 'site périscolaire',
                    'constraints': [models.UniqueConstraint(fields=('city', 'sort_key'), name='afterschool_name_unique_in_city')],
                },
            )],
        ),
    ]
