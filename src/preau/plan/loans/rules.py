"""Who asks for a shared kit, who answers, who carries it (plan.md, permission matrix, « Bookings of shared kits »)."""

from preau.kit.answers import No, Yes
from preau.people.models import CITY_ROLES, SCHOOL_ROLES, Role
from preau.people.queries.grounds import Grounds
from preau.places.models import City, School
from preau.places.queries import not_closed_on
from preau.plan.equipment.rules import DEPARTMENT_READERS, DISTRICT_READERS, schools_visible_to
from preau.plan.loans.models import TO_ANSWER, Booking, SharedKit, Unavailability

LENDERS = (Role.CITY_EDUCATION,)
CARRIERS = (Role.CITY_EDUCATION, Role.CITY_IT)
COUNT_READERS = tuple(role for role in CITY_ROLES if role not in (Role.CITY_FINANCE, Role.ELECTED))
TEAM = (Role.SCHOOL_HEAD, Role.TEACHER, Role.SUPPLY_TEACHER)
STATE = {"department": DEPARTMENT_READERS, "district": DISTRICT_READERS}

# Who may, by the place where the role is held (people.queries.grounds).
SEES_KITS = Grounds("city", school=SCHOOL_ROLES, city=CITY_ROLES, **STATE)
SEES_COUNTS = Grounds("school", school=SCHOOL_ROLES, city=COUNT_READERS, **STATE)
ASKS = Grounds("school", school=TEAM, city=LENDERS, department=(Role.DSDEN, Role.DAN))
LENDS = Grounds("city", city=LENDERS)
CARRIES = Grounds("city", city=CARRIERS)
RECEIVES = Grounds("school", school=SCHOOL_ROLES)

MOVED = "Cette réservation a changé depuis que vous l’avez ouverte. Relisez-la avant d’agir."


def cities_lending_to(person, today):
    """Cities whose kits the person sees: those of the schools worked in, the city's own people, the State's."""
    return City.objects.filter(SEES_KITS.where(person, today))


def kits_visible_to(person, today):
    """Every school of a city may book each of its kits, equipped or not (AC-20)."""
    return SharedKit.objects.filter(city__in=cities_lending_to(person, today))


def unavailabilities_visible_to(person, today):
    """Whoever may book a kit reads when it is in repair, and why."""
    return Unavailability.objects.filter(kit__in=kits_visible_to(person, today))


def bookings_visible_to(person, today):
    """Bookings of the schools whose plan the person reads: a school sees its own, and only that a half-day is taken."""
    return Booking.objects.filter(school__in=schools_visible_to(person, today))


def bookings_lent_by(person, today, roles):
    """Of those in sight, the bookings of the cities where one of these roles is held: a title of another city, or of a
    school here, lends nothing."""
    return bookings_visible_to(person, today).filter(Grounds("city", city=roles).where(person, today, "city"))


def schools_bookable_by(person, today):
    """Schools the person may ask for: their own team; DSDEN and DAN for a school of their département; the city."""
    open_schools = School.objects.filter(not_closed_on(today))
    return open_schools.filter(ASKS.where(person, today))


def can_ask_for_kit(person, city, today):
    """A team asks for its school; DSDEN, DAN and the Direction Éducation, which lends, may ask for one."""
    if can_write_kits(person, city, today) or schools_bookable_by(person, today).filter(city=city).exists():
        return Yes()
    return No("Les équipes des écoles, la DSDEN, la DAN et la Direction Éducation demandent une malle.")


def can_write_kits(person, city, today):
    """The city lends its own kits."""
    if LENDS.covers(person, city, today):
        return Yes()
    return No("Seule la Direction Éducation de cette Ville gère ses malles.")


def can_answer_booking(person, booking, today):
    """Confirm, or refuse with a reason: the Direction Éducation, while nothing is answered."""
    answer = can_write_kits(person, booking.city, today)
    if answer and booking.state not in TO_ANSWER:
        return No(MOVED)
    return answer


def can_carry_booking(person, booking, today):
    """Prepare, send, take back, check, close: the city's Education or IT."""
    if CARRIES.covers(person, booking, today, "city"):
        return Yes()
    return No("La Direction Éducation et l’informatique des écoles préparent et contrôlent les malles.")


def can_receive_booking(person, booking, today):
    """Say that the kit arrived, or left: the school's own team, or whoever carries it."""
    if RECEIVES.covers(person, booking, today, "school") or can_carry_booking(person, booking, today):
        return Yes()
    return No("L’équipe de l’école dit que la malle est arrivée et ce qu’elle contient.")


def reads_counts(person, booking, today) -> bool:
    """What was counted at each hand-over: neither finance nor elected members, by that title alone (plan.md, permission
    matrix, « Bookings of shared kits »); no figure of the plan opens on it (decision 0019)."""
    return SEES_COUNTS.covers(person, booking, today, "school")


def can_see_hand_over(person, booking, today):
    """Who counted, and the photo: those who hand the kit over, not everyone who reads the plan."""
    if can_receive_booking(person, booking, today):
        return Yes()
    return No("La photo est réservée à l’école qui emprunte et à la Ville qui prête.")


def can_cancel_booking(person, booking, today):
    """Whoever may ask for the school gives up for it; once the kit left, the action refuses."""
    if schools_bookable_by(person, today).filter(pk=booking.school_id).exists():
        return Yes()
    return No("L’école qui a demandé la malle annule sa demande.")


def needs_reason(person, booking, today) -> bool:
    """The team gives up its own request; whoever else ends it owes the school a reason."""
    return person is not None and not RECEIVES.covers(person, booking, today, "school")
