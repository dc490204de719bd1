"""The actors of the rights tests: one small world, one canary per school, class and family.

A canary is a word that nobody but the right people may ever receive; it is the last name of the family, the
name of the class, the text of the post. `Actor.may_read` lists the canaries an actor may meet.
"""

import datetime
from dataclasses import dataclass, field
from time import monotonic

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import get_random_string

from preau.kit.dates import school_year_label
from preau.kit.names import name_key
from preau.people import actions as people
from preau.people import sessions
from preau.people.models import Account, Mandate, Person, Role
from preau.people.queries import current_mandates
from preau.people.texts import CHARTER_VERSION, NOTICE_VERSION
from preau.places.models import AfterSchool, City, Classroom, Department, District, Group, Network, School
from preau.schools.models import Activity, ActivityEnrolment, Enrolment, FamiliesOpening, GroupMember, Guardianship

TODAY = timezone.localdate()
BEFORE = TODAY - datetime.timedelta(days=60)
YEAR = school_year_label(TODAY)


@dataclass
class World:
    """Named things of the world: `world.schools["tilleuls"]`, `world.people["teacher"]`."""

    today: datetime.date = field(default_factory=timezone.localdate)  # the day it is made
    departments: dict = field(default_factory=dict)
    cities: dict = field(default_factory=dict)
    districts: dict = field(default_factory=dict)
    schools: dict = field(default_factory=dict)
    classrooms: dict = field(default_factory=dict)
    groups: dict = field(default_factory=dict)
    afterschools: dict = field(default_factory=dict)
    networks: dict = field(default_factory=dict)
    people: dict = field(default_factory=dict)  # every named person; those with an account are the actors
    mark: str = ""  # what sets its persons apart from those of another world in the same base
    entered: dict = field(default_factory=dict)  # {actor: session cookie} of those signed in for a whole file
    entered_at: float = float("-inf")  # monotonic seconds

    @property
    def before(self):
        """When everything that lasts began."""
        return self.today - datetime.timedelta(days=60)

    @property
    def year(self):
        return school_year_label(self.today)

    def account(self, name):
        return self.people[name].account

    def actors(self):
        """Names of the persons who can sign in; None stands for anonymous."""
        return [None, *(name for name, person in self.people.items() if hasattr(person, "account"))]

    def sign_in(self, client, name):
        """Signs `client` in as the named actor, second factor passed; returns the client."""
        if name in self.entered:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.entered[name]
        elif name is not None:
            enter(client, self.account(name))
        return client

    def sign_everyone_in(self, client):
        """A live session for each actor, which `sign_in` takes up again: the sign-ins are an eighth of the matrix."""
        self.entered, self.entered_at = {}, monotonic()
        for name in filter(None, self.actors()):
            self.sign_in(client, name)
            self.entered[name] = client.cookies[settings.SESSION_COOKIE_NAME].value


def enter(client, account, *, second_factor=True, own_device=False, at=None):
    """Opens a live session as the door does: stamped, journalled, the second factor recorded unless told otherwise."""
    now = at or timezone.now()
    steps = [{"method": "password", "at": now.timestamp()}]
    if second_factor:
        steps.append({"method": "mfa", "type": "totp", "at": now.timestamp()})
    # Written once, as Django's own sign-in would leave it: a test signs in forty persons in a row.
    key = get_random_string(32, VALID_KEY_CHARS)
    sign_in = people.open_sign_in(account=account, session_key=key, way="password", device="", network=None, now=now)
    held = bool(current_mandates(account.person, timezone.localdate(now)))
    kept = {
        SESSION_KEY: str(account.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: account.get_session_auth_hash(), AUTHENTICATION_METHODS_SESSION_KEY: steps,
        sessions.STAMP: sessions.stamp(sign_in, own_device=own_device, holds_mandate=held),
    }  # fmt: skip
    store = SessionStore()
    Session.objects.create(session_key=key, session_data=store.encode(kept), expire_date=store.get_expiry_date())
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    return sign_in


def build_world() -> World:
    world = World()
    _places(world)
    return fill_with_people(world)


def fill_with_people(world) -> World:
    """Families and staff, in the places that `world` has."""
    _families(world)
    _staff(world)
    return world


def _places(world):
    vienne = world.departments["vienne"] = Department.objects.create(code="86", name="Vienne", academy="Poitiers")
    far = world.departments["far"] = Department.objects.create(code="99", name="Ailleurs", academy="Lointaine")
    for name, department in (("marelle", vienne), ("ailleurs", far)):
        world.cities[name] = City.objects.create(
            name=name.title(), slug=name, department=department, is_fictitious=True
        )
    for name, department in (("north", vienne), ("south", vienne), ("far", far)):
        world.districts[name] = District.objects.create(name=f"Canari-district-{name}", department=department)
    for name, city, district, kind, uai in (
        ("tilleuls", "marelle", "north", "primary", "0860001A"),
        ("saules", "marelle", "south", "elementary", "0860002B"),
        ("loin", "ailleurs", "far", "elementary", "0990001C"),
    ):
        world.schools[name] = School.objects.create(
            name=f"École {name.title()}", slug=name, kind=kind, uai=uai,
            city=world.cities[city], district=world.districts[district], is_fictitious=True,
        )  # fmt: skip
        open_to_families(world.schools[name], world.today)
    for name, school, levels in (
        ("cpb", "tilleuls", ["CP"]), ("cm2", "tilleuls", ["CM1", "CM2"]), ("gs", "tilleuls", ["MS", "GS"]),
        ("saules_cm2", "saules", ["CM2"]), ("loin_cm2", "loin", ["CM2"]),
    ):  # fmt: skip
        world.classrooms[name] = Classroom.objects.create(
            school=world.schools[school],
            school_year=world.year,
            name=f"Canari-classe-{name}",
            levels=levels,
        )
    world.groups["ulis"] = Group.objects.create(
        school=world.schools["tilleuls"],
        school_year=world.year,
        name="Canari-dispositif",
        kind=Group.Kind.ULIS,
    )
    fill_sites(world)


def fill_sites(world):
    """The périscolaire sites of two schools, and the network that brings them together."""
    name, city = f"{world.mark}REP des Coteaux", world.cities["marelle"]
    network = world.networks["coteaux"] = Network.objects.create(name=name, city=city)
    for name in ("tilleuls", "saules"):
        school = world.schools[name]
        school.network = network
        school.save(update_fields=["network"])
        site = AfterSchool.objects.create(name=f"Canari-{world.mark}site-{name}", city=school.city, school=school)
        world.afterschools[name] = site


def open_to_families(school, today):
    """Its papers are signed."""
    at = timezone.make_aware(datetime.datetime.combine(today, datetime.time(6)))
    said = {"signed_on": today, "signed_by": "Canari-signataires", "version": "essai", "recorded_at": at}
    return FamiliesOpening.objects.create(school=school, **said)


def add_person(world, name, *, last_name=None, account=True, birth_date=None, civility=""):
    """A person whose last name is a canary; with an account unless asked otherwise."""
    person = Person.objects.create(
        first_name=name.split("_")[0].title(), last_name=last_name or f"Canari-{world.mark}{name}",
        birth_date=birth_date, civility=civility,
    )  # fmt: skip
    if account:
        # Unusable until a test sets a password: hashing one per actor would cost more than the test.
        identifier = name_key(world.mark + name).replace(" ", ".")
        version = CHARTER_VERSION if person.birth_date else NOTICE_VERSION
        shown = {"notice_version": version, "notice_at": timezone.now()}
        Account.objects.create(identifier=identifier, person=person, password="!unset", **shown)
    world.people[name] = person
    return person


def add_child(world, name, classroom, level, guardians=(), account=False):
    """A pupil of a class, with guardians already known to the world."""
    child = add_person(world, name, account=account, birth_date=datetime.date(world.today.year - 8, 5, 3))
    room = world.classrooms[classroom]
    Enrolment.objects.create(pupil=child, school=room.school, classroom=room, level=level, starts_on=world.before)
    for guardian in guardians:
        Guardianship.objects.create(
            guardian=world.people[guardian], child=child, starts_on=world.before, authority=Guardianship.Authority.YES
        )
    return child


def _families(world):
    for name in (
        "guardian", "guardian_coparent", "guardian_other_family", "guardian_other_class", "guardian_other_school",
        "guardian_far", "guardian_restricted", "guardian_ulis", "guardian_two_schools",
    ):  # fmt: skip
        add_person(world, name, civility="Mme")
    add_person(world, "guardian_paper", account=False)
    add_child(world, "child_adam", "cpb", "CP", ["guardian", "guardian_coparent", "guardian_restricted"])
    add_child(world, "child_lina", "cpb", "CP", ["guardian_other_family", "guardian_paper"])
    add_child(world, "child_ulis", "cm2", "CM1", ["guardian_ulis"])
    add_child(world, "child_two_one", "gs", "GS", ["guardian_two_schools"])
    add_child(world, "child_two_two", "saules_cm2", "CM2", ["guardian_two_schools"])
    add_child(world, "pupil_cm2", "cm2", "CM2", ["guardian_other_class"], account=True)
    add_child(world, "pupil_other_school", "saules_cm2", "CM2", ["guardian_other_school"], account=True)
    add_child(world, "pupil_far", "loin_cm2", "CM2", ["guardian_far"], account=True)
    GroupMember.objects.create(group=world.groups["ulis"], pupil=world.people["child_ulis"], starts_on=world.before)
    canteen = Activity.objects.create(afterschool=world.afterschools["tilleuls"], kind=Activity.Kind.CANTEEN)
    ActivityEnrolment.objects.create(
        activity=canteen, child=world.people["child_adam"], days="1245", starts_on=world.before
    )
    Guardianship.objects.filter(guardian=world.people["guardian_restricted"]).update(
        restricted_on=world.before, restriction_reference="JAF 2026/112"
    )


STAFF = (
    # name, role, place kind, place name
    ("teacher", Role.TEACHER, "classroom", "cpb"),
    ("teacher_other_class", Role.TEACHER, "classroom", "cm2"),
    ("teacher_other_school", Role.TEACHER, "classroom", "saules_cm2"),
    ("supply", Role.SUPPLY_TEACHER, "classroom", "cpb"),
    ("aesh", Role.AESH, "classroom", "cpb"),
    ("atsem", Role.ATSEM, "classroom", "gs"),
    ("canteen", Role.CATERING, "afterschool", "tilleuls"),
    ("animator", Role.ANIMATOR, "afterschool", "tilleuls"),
    ("site_manager", Role.SITE_MANAGER, "afterschool", "tilleuls"),
    ("head", Role.SCHOOL_HEAD, "school", "tilleuls"),
    ("head_other_school", Role.SCHOOL_HEAD, "school", "saules"),
    ("head_far", Role.SCHOOL_HEAD, "school", "loin"),
    ("city_education", Role.CITY_EDUCATION, "city", "marelle"),
    ("city_it", Role.CITY_IT, "city", "marelle"),
    ("city_finance", Role.CITY_FINANCE, "city", "marelle"),
    ("elected", Role.ELECTED, "city", "marelle"),
    ("city_education_far", Role.CITY_EDUCATION, "city", "ailleurs"),
    ("parents_federation", Role.PARENTS_FEDERATION, "city", "marelle"),
    ("ia_dasen", Role.IA_DASEN, "department", "vienne"),
    ("ia_dasen_deputy", Role.IA_DASEN_DEPUTY, "department", "vienne"),
    ("dsden", Role.DSDEN, "department", "vienne"),
    ("dan", Role.DAN, "department", "vienne"),
    ("trainer", Role.TRAINER, "department", "vienne"),
    ("ien", Role.IEN, "district", "north"),
    ("ien_other", Role.IEN, "district", "far"),
    ("pedagogical_adviser", Role.PEDAGOGICAL_ADVISER, "district", "north"),
    ("erun", Role.ERUN, "district", "north"),
    ("operator", Role.OPERATOR, None, None),
    ("former_teacher", Role.TEACHER, "classroom", "cpb"),
    ("suspended", Role.TEACHER, "classroom", "cpb"),
)
AUDIENCES = {
    "classroom": "school", "afterschool": "school", "school": "school", "city": "city", "district": "state",
    "department": "state", None: "operator",
}  # fmt: skip
AUDIENCE = {name: AUDIENCES[kind] for name, _, kind, _ in STAFF}


def audience_of(actor):
    """« public », « family », « pupil », « school », « city », « state » or « operator »: whose eyes an actor lends."""
    if actor is None:
        return "public"
    for start, audience in (("guardian", "family"), ("pupil", "pupil"), ("teacher", "school")):
        if actor.startswith(start):
            return audience
    return AUDIENCE[actor]


def _staff(world):
    shelves = {
        "classroom": world.classrooms, "afterschool": world.afterschools, "school": world.schools, "city": world.cities,
        "district": world.districts, "department": world.departments,
    }  # fmt: skip
    for name, role, kind, place in STAFF:
        person = add_person(world, name, civility="Mme")
        where = {kind: shelves[kind][place]} if kind else {}
        Mandate.objects.create(person=person, role=role, starts_on=world.before, **where)
    Mandate.objects.filter(person=world.people["supply"]).update(starts_on=world.today, ends_on=world.today)
    Mandate.objects.filter(person=world.people["former_teacher"]).update(
        ends_on=world.today - datetime.timedelta(days=1)
    )
    Account.objects.filter(person=world.people["suspended"]).update(is_active=False)
