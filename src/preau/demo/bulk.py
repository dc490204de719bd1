"""Many schools at once, for measuring: the only writer of the demo that is not an action (tests/house closed list).

Scale 10 brings 39 schools of the commune that does not exist to life; scale 100 adds nine communes of 45 schools, and
ten times the posts in every class and the Wi-Fi lessons of every school; things, files, roll-outs and the mots of
every class, with their receipts, follow. Each school is one transaction: stopped halfway, the next run goes on.
"""

import datetime
import gc
from collections import defaultdict
from contextlib import contextmanager

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Count, Q
from django.utils.timezone import localdate

from preau.demo import cast, children, keys, plan_world
from preau.demo.rows.mots import Family, mot_rows
from preau.demo.rows.plan import CityPlan, asset_rows, plan_rows
from preau.demo.rows.posts import post_rows
from preau.demo.rows.school import Bulk, Identifiers, SchoolRows, rows_of
from preau.demo.rows.wifi import room_rows, window_rows
from preau.demo.rows.writing import write_rows
from preau.ent.posts.models import KIND
from preau.kit.dates import school_year_label
from preau.people.models import Account, Mandate, Role
from preau.places.models import City, Classroom, District, Room, School
from preau.plan.ambitions.queries import ambitions_of
from preau.plan.applications.models import Call, FormRevision, Submission
from preau.plan.equipment.actions import deck_lines, publish_kit_version
from preau.plan.equipment.models import Quality, StandardKit
from preau.plan.inventory.models import Asset
from preau.plan.premises.models import CouncilNotice
from preau.plan.wifi.models import WifiWindow, WifiYear
from preau.schools.models import Enrolment, FamiliesOpening, Guardianship

SCHOOLS = {1: 6, 10: 45, 100: 450}
PUPILS = {1: 750, 10: 7_500, 100: 75_000}
ASSETS = {1: 0, 10: 20_000, 100: 200_000}
POSTS_PER_CLASS = {1: 0, 10: 12, 100: 120}
MOTS_PER_CLASS = {1: 0, 10: 2, 100: 4}
HOME_TIMES = 10  # so many more in the classes of the school whose pages are measured: a year of them, then two
LESSONS_WITH_WIFI = {1: 0, 10: 12, 100: 120}  # of each school
SCHOOLS_PER_CITY = 45


def grow(*, scale, now, say=lambda words: None):
    """Raises a demo base to a scale."""
    today = localdate(now)
    bulk = Bulk(
        today=today,
        now=now,
        identifiers=Identifiers(Account.objects.values_list("identifier", flat=True)),
        began=children.first_week(today).date(),
        password=make_password(keys.PASSWORD),
        headed=frozenset(Mandate.objects.filter(role=Role.SCHOOL_HEAD, ends_on=None).values_list("school", flat=True)),
    )
    with _little_collected():
        missing = list(_schools_to_fill(scale))
        _open_to_families(missing, now)
        sizes = _shares(PUPILS[scale] - _pupils_count(), len(missing))
        for rank, (school, size) in enumerate(zip(missing, sizes, strict=True), start=1):
            _insert(rows_of(school, size, bulk))
            if rank % 20 == 0 or rank == len(missing):
                say(f"{rank} écoles sur {len(missing)}…")
        _top_up_posts(POSTS_PER_CLASS[scale], bulk, say)
        _top_up_mots(MOTS_PER_CLASS[scale], bulk, say)
        _top_up_plan(ASSETS[scale], bulk, say)
        _top_up_wifi(LESSONS_WITH_WIFI[scale], bulk, say)


def _open_to_families(schools, now):
    signed = {"signed_on": localdate(now), "signed_by": "Signatures fictives de démonstration", "version": "fictive"}
    lines = [FamiliesOpening(school=school, recorded_at=now, **signed) for school in schools]
    FamiliesOpening.objects.bulk_create(lines, batch_size=200)


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
            city=city,
            slug=name.lower().replace("é", "e").replace(" ", "-"),
            defaults={
                "name": name,
                "kind": School.Kind.ELEMENTARY,
                "is_fictitious": True,
                "district": District.objects.filter(department=department).first(),
                "source": "Données fictives de démonstration",
            },
        )
        if school.pk not in alive:
            yield school


def _top_up_posts(wanted, bulk, say):
    """Every class of the base gets what it lacks, the action-made ones too: their pages must bear the same weight."""
    posts = Count("publications", filter=Q(publications__kind=KIND))
    have = dict(Classroom.objects.annotate(count=posts).order_by().values_list("id", "count"))
    by_school = _teachers_by_school()
    for rank, of_school in enumerate(by_school.values(), start=1):
        made = SchoolRows(None)
        for mandate in of_school.values():
            count = wanted - have.get(mandate.classroom_id, 0)
            post_rows(made, mandate.classroom, mandate.person, count, bulk)
        _insert(made)
        if rank % 50 == 0 or rank == len(by_school):
            say(f"Publications de {rank} écoles sur {len(by_school)}…")


def _top_up_mots(wanted, bulk, say):
    """Those that every class lacks, with what its families did of them."""
    have = dict(Classroom.objects.annotate(count=Count("notetargets")).order_by().values_list("id", "count"))
    home_id, by_school = School.objects.get(uai=cast.LABORATORY[cast.HOME_SCHOOL]).pk, _teachers_by_school()
    for rank, (school_id, of_school) in enumerate(by_school.items(), start=1):
        made, families = SchoolRows(None), _families_of(school_id, bulk.today)
        for classroom_id, mandate in of_school.items():
            count = wanted * (HOME_TIMES if school_id == home_id else 1) - have.get(classroom_id, 0)
            mot_rows(made, mandate.classroom, mandate.person, families[classroom_id], count, bulk)
        _insert(made)
        if rank % 50 == 0 or rank == len(by_school):
            say(f"Mots de {rank} écoles sur {len(by_school)}…")


def _teachers_by_school():
    """{school: {classroom: the mandate of a teacher}}, by ids."""
    teachers = Mandate.objects.filter(role=Role.TEACHER, classroom__isnull=False, ends_on=None)
    found = defaultdict(dict)
    for mandate in teachers.select_related("classroom", "person").order_by("classroom__school", "classroom", "id"):
        found[mandate.classroom.school_id][mandate.classroom_id] = mandate
    return found


def _families_of(school_id, today):
    """{classroom: [Family]}"""
    rooms = dict(Enrolment.objects.current(today).filter(school=school_id).values_list("pupil", "classroom"))
    links = Guardianship.objects.reached(today).filter(child__in=rooms).order_by("child", "guardian")
    found = defaultdict(list)
    for child, guardian, has_account in links.values_list("child", "guardian", "guardian__account__is_active"):
        found[rooms[child]].append(Family(child, guardian, bool(has_account)))
    return found


def _top_up_plan(wanted, bulk, say):
    """Things in every school that does not exist; a file and a roll-out in each one that has no story."""
    schools = School.objects.filter(city__is_fictitious=True).select_related("city").order_by("city__slug", "id")
    schools = list(schools.annotate(things=Count("assets", distinct=True), files=Count("applications", distinct=True)))
    missing = max(0, wanted - sum(school.things for school in schools))
    tags, plans = defaultdict(set), {}
    heads = dict(Mandate.objects.filter(role=Role.SCHOOL_HEAD, ends_on=None).values_list("school", "person"))
    for city_id, tag in Asset.objects.values_list("city", "tag"):
        tags[city_id].add(tag)
    for rank, (school, count) in enumerate(zip(schools, _shares(missing, len(schools)), strict=True), start=1):
        made = SchoolRows(school)
        asset_rows(made, range(school.things, school.things + count), bulk, tags[school.city_id])
        if school.city.slug != cast.COMMUNE and not school.files:
            if school.city_id not in plans:
                plans[school.city_id] = _city_plan(school.city, bulk)
            plan_rows(made, bulk, plans[school.city_id], heads[school.pk])
        _insert(made)
        if rank % 50 == 0 or rank == len(schools):
            say(f"Plan de {rank} écoles sur {len(schools)}…")


def _top_up_wifi(wanted, bulk, say):
    """Lessons in one room of every school that does not exist; of the commune's, those whose story has a room and a
    council that was told."""
    if not wanted:
        return
    schools = list(School.objects.filter(city__is_fictitious=True).select_related("city").order_by("city__slug", "id"))
    rooms = Room.objects.filter(kind=Room.Kind.CLASSROOM, closed_on=None).order_by("-id")
    rooms = dict(rooms.values_list("building__school", "id"))
    told = CouncilNotice.objects.filter(subject=CouncilNotice.Subject.WIFI)
    told = set(told.values_list("school", flat=True))
    have = dict(WifiWindow.objects.order_by().values_list("school").annotate(count=Count("id")))
    heads = dict(Mandate.objects.filter(role=Role.SCHOOL_HEAD, ends_on=None).values_list("school", "person"))
    years = defaultdict(dict)
    for year in WifiYear.objects.all():
        years[year.school_id][year.school_year] = year
    for rank, school in enumerate(schools, start=1):
        made, numbers = SchoolRows(school), range(have.get(school.pk, 0), wanted)
        if school.city.slug != cast.COMMUNE or (school.pk in rooms and school.pk in told):
            room_id = rooms.get(school.pk) or room_rows(made, bulk).pk
            window_rows(made, room_id, numbers, years[school.pk], bulk, heads[school.pk])
        _insert(made)
        if rank % 50 == 0 or rank == len(schools):
            say(f"Wi-Fi de {rank} écoles sur {len(schools)}…")


@transaction.atomic
def _city_plan(city, bulk):
    """A kit, ambitions, a form like the commune's and a closed call: made once, found again by the next run."""
    pattern = Submission.objects.filter(application__school__city__slug=cast.COMMUNE).order_by("submitted_at").first()
    ambitions = plan_world.write_ambitions(city=city, person=None, now=bulk.now) or ambitions_of(city)
    kit = StandardKit.objects.filter(city=city).first() or publish_kit_version(
        person=None,
        city=city,
        school_kind=School.Kind.ELEMENTARY,
        published_on=bulk.today,
        now=bulk.now,
        lines=deck_lines(school_kind=School.Kind.ELEMENTARY),
        source=plan_world.FICTION,
        quality=Quality.FICTITIOUS,
    )
    revision, _ = FormRevision.objects.get_or_create(
        city=city, number=1, defaults={"created_at": bulk.now, "published_at": bulk.now}
    )
    opens_at = bulk.now - datetime.timedelta(days=30)
    call, _ = Call.objects.get_or_create(
        city=city,
        title="Appel à candidatures fictif",
        form_revision=revision,
        criteria=plan_world.FICTION,
        defaults={"school_year": school_year_label(bulk.today), "opens_at": opens_at, "closes_at": bulk.now},
    )
    return CityPlan(kit, call, revision, pattern.content, pattern.digest, ambitions[0])


@transaction.atomic
def _insert(made):
    for model, rows in made.rows.items():
        write_rows(model, rows)
    for row, fields in made.changed.items():
        row.save(update_fields=fields)


@contextmanager
def _little_collected():
    """What was made before, a whole story, is not searched for rubbish again and again: a sixth of the time."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
