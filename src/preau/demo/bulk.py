"""Many schools at once, for measuring: the only writer of the demo that is not an action (tests/house closed list).

Scale 10 brings 39 schools of the commune that does not exist to life; scale 100 adds nine communes of 45 schools, and
ten times the posts in every class. Each school is one transaction: stopped halfway, the next run goes on.
"""

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db.models import Count
from django.utils.timezone import localdate

from preau.demo import cast, children, keys
from preau.demo.bulk_posts import post_rows
from preau.demo.bulk_rows import Bulk, Identifiers, SchoolRows, rows_of
from preau.people.models import Account, Mandate, Role
from preau.places.models import City, Classroom, District, School
from preau.schools.models import Enrolment

SCHOOLS = {1: 6, 10: 45, 100: 450}
PUPILS = {1: 750, 10: 7_500, 100: 75_000}
POSTS_PER_CLASS = {1: 0, 10: 12, 100: 120}
SCHOOLS_PER_CITY = 45
SQLITE_VARIABLES = 30_000  # SQLite takes 32,766 since 3.32; Django 5.2 still counts 999


def grow(*, scale, now, say=lambda words: None):
    """Raises a demo base to a scale."""
    today = localdate(now)
    bulk = Bulk(
        today=today, now=now, identifiers=Identifiers(Account.objects.values_list("identifier", flat=True)),
        began=children.first_week(today).date(), password=make_password(keys.PASSWORD),
    )  # fmt: skip
    with _longer_statements():
        missing = list(_schools_to_fill(scale))
        sizes = _shares(PUPILS[scale] - _pupils_count(), len(missing))
        for rank, (school, size) in enumerate(zip(missing, sizes, strict=True), start=1):
            _insert(rows_of(school, size, bulk))
            if rank % 20 == 0 or rank == len(missing):
                say(f"{rank} écoles sur {len(missing)}…")
        _top_up_posts(POSTS_PER_CLASS[scale], bulk, say)


def _pupils_count():
    return Enrolment.objects.filter(ends_on=None).count()


def _shares(total, parts):
    return [total * (rank + 1) // parts - total * rank // parts for rank in range(parts)]


def _schools_to_fill(scale):
    """Schools without pupils, existing ones first, then new ones, until the scale's number is alive."""
    alive = set(Enrolment.objects.filter(ends_on=None).values_list("school_id", flat=True))
    wanted = SCHOOLS[scale] - len(alive)
    commune = City.objects.get(slug=cast.COMMUNE)
    existing = [s for s in commune.schools.select_related("city").order_by("sort_key", "id") if s.pk not in alive]
    room = max(0, SCHOOLS[10] - SCHOOLS[1] - (commune.schools.count() - len(existing)))
    yield from existing[: min(wanted, room)]
    yield from _new_schools(wanted - min(wanted, room, len(existing)), commune.department, alive)


def _new_schools(count, department, alive):
    for rank in range(count):
        number = rank // SCHOOLS_PER_CITY + 2
        city, _ = City.objects.get_or_create(
            slug=f"commune-fictive-{number:02d}",
            defaults={"name": f"Commune fictive {number:02d}", "department": department, "is_fictitious": True},
        )
        name = f"École fictive {number:02d}-{rank % SCHOOLS_PER_CITY + 1:02d}"
        school, _ = School.objects.get_or_create(
            city=city, slug=name.lower().replace("é", "e").replace(" ", "-"),
            defaults={
                "name": name, "kind": School.Kind.ELEMENTARY, "is_fictitious": True,
                "district": District.objects.filter(department=department).first(),
                "source": "Données fictives de démonstration",
            },
        )  # fmt: skip
        if school.pk not in alive:
            yield school


def _top_up_posts(wanted, bulk, say):
    """Every class of the base gets what it lacks, the action-made ones too: their pages must bear the same weight."""
    have = dict(Classroom.objects.annotate(count=Count("publications")).order_by().values_list("id", "count"))
    teachers = Mandate.objects.filter(role=Role.TEACHER, classroom__isnull=False, ends_on=None)
    by_school = {}
    for mandate in teachers.select_related("classroom", "person").order_by("classroom__school", "classroom", "id"):
        if have.get(mandate.classroom_id, 0) < wanted:
            by_school.setdefault(mandate.classroom.school_id, {})[mandate.classroom_id] = mandate
    for rank, of_school in enumerate(by_school.values(), start=1):
        made = SchoolRows(None)
        for mandate in of_school.values():
            count = wanted - have.get(mandate.classroom_id, 0)
            post_rows(made, mandate.classroom, mandate.person, count, bulk)
        _insert(made)
        if rank % 50 == 0 or rank == len(by_school):
            say(f"Publications de {rank} écoles sur {len(by_school)}…")


@transaction.atomic
def _insert(made):
    for model, rows in made.rows.items():
        model.objects.bulk_create(rows)


class _longer_statements:
    """Lets SQLite take whole batches in one statement: half the time of the insertion."""

    def __enter__(self):
        self.before = connection.features.max_query_params
        if connection.vendor == "sqlite":
            connection.features.max_query_params = SQLITE_VARIABLES

    def __exit__(self, *error):
        connection.features.max_query_params = self.before
