"""Who reads and writes the inventory (plan.md, permission matrix, line « Assets »).

The city's IT and the State's technicians write what they see on the spot; each retires and prices what it paid;
schools, the IEN and elected members read; prices are the city's, the State reads its own.
"""

from django.db.models import Exists, OuterRef, Q

from preau.kit.answers import No, Yes
from preau.people.models import CITY_ROLES, Role
from preau.people.queries import holds
from preau.people.queries.grounds import Grounds
from preau.plan.equipment import rules as equipment
from preau.plan.inventory.models import Asset, CountSession, Funding, Observation, Retirement, State

NOT_A_TECHNICIAN = "Seuls l’informatique des écoles de la Ville et les techniciens de l’État écrivent l’inventaire."
NOT_A_CITY_TECHNICIAN = "Seule l’informatique des écoles de cette Ville importe son inventaire."
ALL_FUNDINGS = frozenset(Funding)
TECHNICIANS = (Role.CITY_IT, Role.DSDEN, Role.ERUN)

# Who may, by the place where the role is held (people.queries.grounds).
WRITES = Grounds("school", city=(Role.CITY_IT,), department=(Role.DSDEN,), district=(Role.ERUN,))
DISTRICT_WRITES = Grounds("school", district=(Role.ERUN,))
CITY_OWNS = Grounds("city", city=(Role.CITY_IT,))
STATE_OWNS = Grounds("city", department=(Role.DSDEN,))
CITY_READS_PRICES = Grounds("city", city=CITY_ROLES)
STATE_READS_PRICES = Grounds("city", department=equipment.STATE_READERS)


def cities_visible_to(person, today):
    """Cities with at least one school in sight, or a store of their own in sight."""
    steered = equipment.cities_steered_by(person, today)
    if equipment.reads_whole_cities_only(person, today):
        return steered
    schools = equipment.schools_visible_to(person, today)
    return steered.model.objects.filter(Q(id__in=schools.values("city")) | Q(id__in=steered.values("id")))


def assets_visible_to(person, today):
    """Assets of schools in sight, lent to them too, and all of cities read as a whole: their schools', their store's.
    An asset is of its school's city, and lent within it (actions)."""
    whole = equipment.of_cities_steered(person, today, "city")
    if equipment.reads_whole_cities_only(person, today):
        return Asset.objects.filter(whole)
    schools = equipment.schools_visible_to(person, today).values("id")
    return Asset.objects.filter(whole | Q(school__in=schools) | Q(loaned_to__in=schools))


def retirements_visible_to(person, today):
    """How assets left the schools and the cities in sight, those taken back too: by the school of that day."""
    whole = equipment.of_cities_steered(person, today, "asset__city")
    if equipment.reads_whole_cities_only(person, today):
        return Retirement.objects.filter(whole)
    schools = equipment.schools_visible_to(person, today).values("id")
    return Retirement.objects.filter(whole | Q(school__in=schools))


def can_print_erasure(person, retirement, today):
    """Whoever reads the retirement, when something was erased."""
    if retirement.erased_on is None:
        return No("Aucun effacement n’a été noté : ce bien n’a pas de mémoire, ou il a été perdu ou volé.")
    return Yes()


def counts_visible_to(person, today):
    """Walks round the schools in sight."""
    return CountSession.objects.filter(school__in=equipment.schools_visible_to(person, today).values("id"))


def observations_visible_to(person, today):
    """What those walks saw."""
    return Observation.objects.filter(session__in=counts_visible_to(person, today).values("id"))


def is_city_technician(person, city, today) -> bool:
    """The city's schools IT."""
    return CITY_OWNS.covers(person, city, today)


def is_state_technician(person, city, school, today) -> bool:
    """The DSDEN's team anywhere in the département, an ERUN in the schools of the district."""
    return STATE_OWNS.covers(person, city, today) or bool(school and DISTRICT_WRITES.covers(person, school, today))


def schools_written_by(person, today):
    """Open schools whose inventory the person writes."""
    return equipment.schools_visible_to(person, today).filter(WRITES.where(person, today), closed_on=None)


def counts_to_settle_by(person, today):
    """Walks with something left to settle, in the cities whose schools IT the person is."""
    left = Observation.objects.filter(session=OuterRef("pk"), resolution="").exclude(outcome=Observation.Outcome.SEEN)
    return CountSession.objects.filter(Exists(left), CITY_OWNS.where(person, today, "school__city"))


def can_write_assets(person, city, school, today):
    """Receive, place, lend, repair, count in a school (or, without school, in the city's store)."""
    if is_city_technician(person, city, today) or is_state_technician(person, city, school, today):
        return Yes()
    return No(NOT_A_TECHNICIAN)


def can_write_asset(person, asset, today):
    """The same, for one asset: where it is, not where it was lent."""
    return can_write_assets(person, asset.city, asset.school, today)


def can_declare_off_switch(person, asset, today):
    """The city's IT, whose access points they are to switch off, whoever paid them."""
    if is_city_technician(person, asset.city, today):
        return Yes()
    return No("L’informatique des écoles de la Ville dit comment s’éteint une borne.")


def can_print_labels(person, today):
    """Whoever writes assets somewhere."""
    if holds(person, *TECHNICIANS, today=today):
        return Yes()
    return No(NOT_A_TECHNICIAN)


def can_store_asset(person, asset, today):
    """Bring it to the city's store; out of retirement, only whoever may retire it."""
    if asset.state == State.RETIRED:
        return can_retire_asset(person, asset, today)
    return can_write_assets(person, asset.city, None, today)


def can_write_inventory(person, city, today):
    """Import a sheet: the whole inventory of the city at once."""
    return Yes() if is_city_technician(person, city, today) else No(NOT_A_CITY_TECHNICIAN)


def can_retire_asset(person, asset, today):
    """Retire, put back, dispose: whoever paid; what nobody is known to have paid is the city's."""
    if asset.funding == Funding.STATE:
        refusal = No("Ce bien a été payé par l’État\u00a0: la DSDEN le réforme.")
        return Yes() if STATE_OWNS.covers(person, asset, today, "city") else refusal
    if is_city_technician(person, asset.city, today):
        return Yes()
    return No("L’informatique des écoles de la Ville réforme les biens de la Ville.")


def can_price_assets(person, city, funding, today):
    """Write what was paid: each authority its own money."""
    if funding == Funding.STATE:
        refusal = No("Le prix de ce que l’État a payé s’écrit par la DSDEN.")
        return Yes() if STATE_OWNS.covers(person, city, today) else refusal
    if is_city_technician(person, city, today):
        return Yes()
    return No("Le prix de ce que la Ville a payé s’écrit par la Ville.")


def prices_read_by(person, city, today) -> frozenset:
    """Fundings whose prices the person reads: the city all, the State its own, others none (plan.md, matrix)."""
    if CITY_READS_PRICES.covers(person, city, today):
        return ALL_FUNDINGS
    if STATE_READS_PRICES.covers(person, city, today):
        return frozenset({Funding.STATE})
    return frozenset()
