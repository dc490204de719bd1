"""Who reads and writes the plan's equipment (plan.md, permission matrix).

The city writes its own plan and no other; the State and trainers read; an IEN reads the schools of the district, a
school's team its own school; elected members read whatever their side, a federation reads totals only.
"""

from django.db.models import CharField, Q

from preau.kit.answers import No, Yes
from preau.kit.money import NBSP
from preau.kit.prepared import Sight
from preau.people.models import CITY_ROLES, SCHOOL_ROLES, Role
from preau.people.prepared import PreparedFor
from preau.people.queries import current_mandates, holds
from preau.people.queries.grounds import Grounds
from preau.places.models import City, School
from preau.places.queries import open_on
from preau.plan.equipment.models import Acceptance, Fact, Measure

WRITERS = (Role.CITY_EDUCATION, Role.CITY_IT)
STATE_READERS = (Role.IA_DASEN, Role.IA_DASEN_DEPUTY, Role.DSDEN, Role.DAN)
DEPARTMENT_READERS = (*STATE_READERS, Role.TRAINER)  # Canopé reads the plan and trains (plan.md, roles)
NOT_ITS_KIT = f"Cet équipement type n’est pas celui de {{}}{NBSP}: choisissez le sien."  # to a school, by its name
DISTRICT_READERS = (Role.IEN, Role.PEDAGOGICAL_ADVISER, Role.ERUN)
STEERING = (*CITY_ROLES, *STATE_READERS, *DISTRICT_READERS)
READERS = (*SCHOOL_ROLES, *STEERING, Role.TRAINER)
EVERYONE = (*READERS, Role.PARENTS_FEDERATION)  # who takes part in the plan

# Who may, by the place where the role is held (people.queries.grounds).
STATE = {"department": DEPARTMENT_READERS, "district": DISTRICT_READERS}
READS = Grounds("school", school=SCHOOL_ROLES, city=CITY_ROLES, **STATE)
READS_AMOUNTS = Grounds("school", city=CITY_ROLES, department=STATE_READERS)
READS_WHOLE = Grounds("city", city=CITY_ROLES, department=DEPARTMENT_READERS)
STEERS = Grounds("city", city=CITY_ROLES, department=STATE_READERS)
OPENS_PLAN = Grounds("city", city=(*CITY_ROLES, Role.PARENTS_FEDERATION), **STATE)
READS_KITS = Grounds("city", city=CITY_ROLES, **STATE)
TEAM_READS_KITS = Grounds("city", school=SCHOOL_ROLES, city=CITY_ROLES, **STATE)
READS_TOTALS = Grounds("city", city=(Role.PARENTS_FEDERATION,))
WRITES = Grounds("city", city=WRITERS)
RECEIVES = Grounds("city", city=(Role.CITY_IT,))


def schools_visible_to(person, today):
    """Schools whose equipment the person may read, as a QuerySet."""
    return School.objects.filter(READS.where(person, today))


def sight_of_schools(person, today) -> Sight:
    """The same, for queries whose SQL is kept (kit.prepared)."""
    return Sight.of(READS.paths(person, today))


def acceptances_visible_to(person, today):
    """Acceptances of the schools the person may read."""
    return Acceptance.objects.filter(school__in=schools_visible_to(person, today))


def cities_visible_to(person, today):
    """Cities whose plan's page the person may open: their own, or one with a school they may read as a whole."""
    return City.objects.filter(OPENS_PLAN.where(person, today))


def kits_visible_in(person, today):
    """Cities whose standard kit the person may read: the same, but for a federation (plan.md, permission matrix)."""
    return City.objects.filter(READS_KITS.where(person, today))


def kits_read_in(person, today):
    """The same, and the cities of the schools where the person works: a team reads what its school is to receive
    (plan.md, permission matrix, « Standard kit »)."""
    return City.objects.filter(TEAM_READS_KITS.where(person, today))


def cities_to_choose(person, today) -> list[City]:
    """Those of `kits_visible_in`, in order: what a long list shows one at a time (kit.views.one_in_turn). For who works
    for one city alone nothing is asked."""
    mandates = current_mandates(person, today) if person else ()
    if len(mandates) == 1 and mandates[0].role in CITY_ROLES and mandates[0].city_id:
        return [mandates[0].city]
    return _TO_CHOOSE.rows(person, today)


_TO_CHOOSE = PreparedFor(lambda person, today: kits_visible_in(person, today).order_by("name", "id"))


def open_schools_in_turn(person, today, kinds=()) -> dict:
    """What `kit.views.listed_in_turn` asks so as to list the schools in sight that are open that day, by name; of these
    kinds when some are given."""
    return {
        "cities": cities_to_choose(person, today),
        "read": lambda slug: _OPEN.rows(person, today, slug, key=(bool(slug), tuple(kinds))),
        "has_any": schools_visible_to(person, today).exists,
    }


def _open_schools(person, today, slug, is_of_city, kinds):
    schools = schools_visible_to(person, today).filter(open_on(today))
    schools = schools.filter(city__slug=slug) if is_of_city else schools
    schools = schools.filter(kind__in=kinds) if kinds else schools
    return schools.order_by("sort_key", "kind", "id").only("uai", "name", "kind", "shown_name")


_OPEN = PreparedFor(_open_schools, CharField)


def cities_steered_by(person, today):
    """Cities whose steering home the person may open: the city's own people, and the State's of the département."""
    return City.objects.filter(of_cities_steered(person, today))


def of_cities_steered(person, today, path="") -> Q:
    """The same as a condition on rows whose city is at `path`: an index answers it, a set of cities inside not."""
    return STEERS.where(person, today, path)


def reads_whole_cities_only(person, today) -> bool:
    """Whether no school is in sight but those of cities steered: then a city's rows need no look at their school."""
    return STEERS.are_all_places(person, today)


def reads_totals_only(person, city, today) -> bool:
    """A parents' federation: totals and years, no school nor acceptance (plan.md, permission matrix)."""
    if not READS_TOTALS.covers(person, city, today) or READS_WHOLE.covers(person, city, today):
        return False
    return not schools_visible_to(person, today).filter(city=city).exists()


def schools_with_amounts(schools, person, today):
    """Of these schools, those whose cost the person reads: the city's people and the département's State services;
    neither schools, districts nor trainers (plan.md, permission matrix, « Prices »). The totals are open data."""
    return schools.filter(READS_AMOUNTS.where(person, today))


def reads_amounts(person, school, today) -> bool:
    """What this school cost, its `city` already read."""
    return READS_AMOUNTS.covers(person, school, today)


def reads_whole_city(person, city, today) -> bool:
    """Whether every school of the city is in the person's sight (a district reader sees a part)."""
    return READS_WHOLE.covers(person, city, today)


def cities_written_by(person, today):
    """Cities whose plan the person writes, see `can_write_plan`."""
    return City.objects.filter(WRITES.where(person, today))


def own_cities(person, today) -> list[City]:
    """The same, of whoever works for them, without asking."""
    return [mandate.city for mandate in WRITES.mandates(person, today)]


def can_write_plan(person, city, today):
    """Import, publish a kit, add a figure, close a school: the city's Education or IT, for its own city."""
    if writer_role(person, city, today) in WRITERS:
        return Yes()
    return No("Seules la Direction Éducation et l’informatique des écoles de cette Ville écrivent son plan.")


def takes_an_estimate(school):
    """A nursery school may be lent the social index of another; who has its own takes none."""
    if school.kind != School.Kind.NURSERY:
        return No("Seule une maternelle reçoit un indice estimé : les écoles avec un CM2 ont le leur.")
    if Fact.objects.standing().filter(school=school, measure=Measure.SOCIAL_INDEX_TENTHS, proxy_of=None).exists():
        return No("Cette école a son indice publié : aucune estimation ne le remplace.")
    return Yes()


def can_write_acceptances(person, city, today):
    """Receive a class by hand or by a table, take a reception back, put it back: the city's IT, who signs the
    procès-verbaux (plan.md, permission matrix: « Rollout steps, acceptance »; decision 0017)."""
    if RECEIVES.covers(person, city, today):
        return Yes()
    return No("Seule l’informatique des écoles de cette Ville reçoit une classe, ou retire une réception.")


def writer_role(person, city, today) -> str:
    """The title under which the person writes this city's plan or what it paid, or nothing."""
    titles = (*WRITERS, Role.CITY_FINANCE)
    return next((role for role in titles if holds(person, role, today=today, place=city)), "")
