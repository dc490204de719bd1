"""The places and the adults of the demo, before any child: cities, schools, plan, operator, city, State, heads."""

import datetime
from dataclasses import dataclass, field
from functools import partial

from preau.demo import cast, keys, plan_world
from preau.demo.commune import story
from preau.demo.commune.scene import eve_at
from preau.demo.families import first_september
from preau.people import actions as people
from preau.people.models import SECOND_FACTOR_ROLES, Person
from preau.people.texts import NOTICE_VERSION
from preau.places import actions as places
from preau.places.models import City, School
from preau.privacy import papers
from preau.schools import actions as register
from preau.schools.actions import give_class

FICTITIOUS_DISTRICT = "Circonscription fictive de démonstration"


@dataclass
class Stage:
    """What later steps need by name."""

    now: object
    today: object
    operator: Person | None = None
    city: City | None = None
    places: dict = field(default_factory=dict)  # ("school", "montmidi") → School
    people: dict = field(default_factory=dict)  # "Violette Craie" → Person
    heads: dict = field(default_factory=dict)  # "montmidi" → Person
    classrooms: dict = field(default_factory=dict)  # (school id, "CP B") → Classroom
    teachers: dict = field(default_factory=dict)  # classroom id → Person
    drawings: dict = field(default_factory=dict)
    began: object = None  # the first week of school

    def ago(self, days):
        """That many days before now, or as soon as classes had begun: one may try Préau on the first of September."""
        return max(self.now - datetime.timedelta(days=days), self.began)

    def school(self, name) -> School:
        return self.places["school", name]

    def home_room(self, name=cast.HOME_CLASS):
        """A class of the school whose families are played one by one, that of theirs unless named."""
        return self.classrooms[self.school(cast.HOME_SCHOOL).pk, name]


def set_places(stage):
    """Two cities: Poitiers as it was published, and a commune that does not exist, with its whole plan."""
    vienne = places.add_department(person=stage.operator, code="86", name="Vienne", academy="Poitiers", now=stage.now)
    stage.places["department", "86"] = vienne
    poitiers = places.add_city(person=stage.operator, name="Poitiers", slug=cast.CITY, department=vienne, now=stage.now)
    commune = places.add_city(
        person=stage.operator,
        name="Sainte-Marelle",
        slug=cast.COMMUNE,
        department=vienne,
        is_fictitious=True,
        now=stage.now,
    )
    stage.city = stage.places["city", cast.CITY] = poitiers
    stage.places["city", cast.COMMUNE] = commune
    stage.places["district", ""] = places.add_district(
        person=stage.operator, name=FICTITIOUS_DISTRICT, department=vienne, now=stage.now
    )


def set_plan(stage):
    """Poitiers as it was published; the laboratory's six schools go to the fictitious district."""
    person = stage.people["Odile Registre"]
    schools = plan_world.build_poitiers(city=stage.city, person=person, now=stage.now)
    plan_world.write_ambitions(city=stage.city, person=person, now=stage.now)
    for name, uai in cast.LABORATORY.items():
        stage.places["school", name] = places.attach_to_district(
            person=stage.operator, school=schools[uai], district=stage.places["district", ""], now=stage.now
        )


def set_commune(stage):
    """The commune that does not exist: its schools, then everything its plan's people did over six years."""
    commune, eve = stage.places["city", cast.COMMUNE], eve_at(stage.now)
    schools = plan_world.found_commune(city=commune, person=stage.people["Flore Farandole"], now=stage.now, since=eve)
    for name, school in schools.items():
        stage.places["commune school", name] = school
    heads = {actor.place[1]: engage(stage, actor, since=eve) for actor in cast.COMMUNE_HEADS}
    story.play(story.open_scene(stage, schools=schools, named_heads=heads, engage=partial(_engage_at, stage)))


def _engage_at(stage, actor, place, since):
    """Where a story has just opened it."""
    stage.places[actor.place] = place
    return engage(stage, actor, since=since)


def set_operator(stage):
    """The first person of the base; everyone else is named by them."""
    stage.operator = engage(stage, cast.OPERATOR)


def set_city_and_state(stage):
    for actor in cast.CITY_AND_STATE:
        engage(stage, actor, since=eve_at(stage.now))


def set_heads(stage):
    """A head for each school; only the first is an actor one signs in as."""
    stage.heads[cast.HOME_SCHOOL] = engage(stage, cast.HEAD)
    for (civility, last_name, first_name), school in zip(OTHER_HEADS, list(cast.LABORATORY)[1:], strict=True):
        actor = cast.Actor(civility, first_name, last_name, cast.Role.SCHOOL_HEAD, ("school", school))
        stage.heads[school] = engage(stage, actor)


def open_to_families(stage):
    """The papers of the laboratory's schools are signed since the eve of school: fictitious signatures."""
    register.open_to_families(
        person=stage.operator,
        schools=[stage.school(name) for name in cast.LABORATORY],
        signed_on=first_september(stage.today),
        signed_by="Signatures fictives de démonstration",
        version=papers.version(),
        now=stage.now,
    )


def set_school_staff(stage):
    """Those who serve a school without teaching; a class is given for the day to a supply teacher."""
    school = stage.school(cast.HOME_SCHOOL)
    for classroom in (c for (school_id, _), c in stage.classrooms.items() if school_id == school.pk):
        stage.places["classroom", classroom.name] = classroom
    for actor in cast.SCHOOL_STAFF:
        engage(stage, actor)
    supply = add_person(stage, cast.SUPPLY)
    open_account(stage, supply)
    classroom = stage.places[cast.SUPPLY.place]
    give_class(
        classroom=classroom, holder=supply, today=stage.today, person=stage.teachers[classroom.pk], now=stage.now
    )


OTHER_HEADS = (
    ("M.", "Plumier", "Olivier"), ("Mme", "Gouache", "Laure"), ("Mme", "Carillon", "Nadia"),
    ("M.", "Boussole", "Régis"), ("Mme", "Tambourin", "Julie"),
)  # fmt: skip


def add_person(stage, actor) -> Person:
    person = people.create_person(
        civility=actor.civility,
        first_name=actor.first_name,
        last_name=actor.last_name,
        person=stage.operator,
        now=stage.now,
    )
    stage.people[person.full_name] = person
    return person


def engage(stage, actor, since=None):
    """A person, their mandate since September or a given day, and their way in."""
    person = add_person(stage, actor)
    people.give_mandate(
        holder=person,
        role=actor.role,
        place=actor.place and stage.places[actor.place],
        title=actor.title,
        starts_on=since or first_september(stage.today),
        person=stage.operator,
        now=stage.now,
    )
    open_account(stage, person, with_second_factor=actor.role in SECOND_FACTOR_ROLES)
    return person


def open_account(stage, person, *, with_second_factor=False):
    """The demo's password, and a second factor whose codes anyone can compute."""
    account = people.create_account(person_of_account=person, password=keys.PASSWORD, by=stage.operator, now=stage.now)
    people.note_notice(account=account, version=NOTICE_VERSION, now=stage.now)
    if with_second_factor:
        people.set_totp(account=account, secret=keys.totp_secret(account.identifier), now=stage.now)
    return account
