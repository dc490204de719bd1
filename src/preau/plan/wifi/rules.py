"""Who puts the Wi-Fi on and off, who reads its register (plan.md W8 and permission matrix, line « Assets »).

The register is read by those who read the school's equipment. Names of teachers stay within the school's team: the
city and the State read hours, never who (plan.md, statistical guards).
"""

from django.db.models import DateTimeField, UUIDField

from preau.kit.answers import No, Yes
from preau.people.models import SCHOOL_ROLES, Role
from preau.people.prepared import PreparedFor
from preau.people.queries.grounds import Grounds
from preau.places.models import City
from preau.plan.equipment.rules import schools_visible_to
from preau.plan.inventory.models import Asset, Kind
from preau.plan.premises.queries import has_wifi_notice
from preau.plan.premises.rules import can_record_notice
from preau.plan.wifi.models import PointSignal, WifiWindow
from preau.plan.wifi.queries import lit_in

OPENERS = (Role.TEACHER, Role.SUPPLY_TEACHER, Role.SCHOOL_HEAD)
# Who may, by the place where the role is held (people.queries.grounds).
OPENS = Grounds("school", school=OPENERS)
CLOSES = Grounds("school", school=SCHOOL_ROLES, city=(Role.CITY_IT,))
READS_OPENERS = Grounds("school", school=SCHOOL_ROLES)
MANAGES = Grounds("city", city=(Role.CITY_IT,))

NOT_TOLD = (
    "Le conseil d’école n’a pas encore été informé du Wi-Fi. La loi le demande avant\u00a0: la direction de l’école ou "
    "la Ville note le jour où il l’a été."
)


def windows_visible_to(person, today):
    """Windows of the schools whose equipment the person reads."""
    return WifiWindow.objects.filter(school__in=schools_visible_to(person, today))


def lit_for(person, today, now, city=None) -> list[tuple]:
    """`lit_in` the schools whose equipment the person reads, those of `city` alone when there is one."""
    return _LIT_OF_CITY.rows(person, today, now, city.pk) if city else _LIT.rows(person, today, now)


_LIT = PreparedFor(lambda person, today, now: lit_in(schools_visible_to(person, today), now), DateTimeField)
_LIT_OF_CITY = PreparedFor(
    lambda person, today, now, city: lit_in(schools_visible_to(person, today).filter(city=city), now),
    DateTimeField,
    UUIDField,
)


def reads_openers(person, school, today) -> bool:
    """Whether the person reads who put the Wi-Fi on: the school's own team."""
    return READS_OPENERS.covers(person, school, today)


def can_open_wifi(person, school, today):
    """A teacher of the school, once the conseil d'école was told (loi 2015-136, art. 7-III; AC-21)."""
    if not OPENS.covers(person, school, today):
        return No("Une enseignante ou un enseignant de l’école allume le Wi-Fi, pour sa séance.")
    return Yes() if has_wifi_notice(school, today) else No(NOT_TOLD)


def can_tell_of_wifi(person, school, today):
    """Whoever notes what the conseil d'école heard, while it was not told of the Wi-Fi."""
    if has_wifi_notice(school, today):
        return No("Le conseil d’école a déjà été informé du Wi-Fi.")
    return can_record_notice(person, school, today)


def can_close_wifi(person, school, today):
    """Off needs nobody's leave: any adult of the school, or the city's IT."""
    if CLOSES.covers(person, school, today):
        return Yes()
    return No("L’équipe de l’école ou l’informatique des écoles éteint ce Wi-Fi.")


def windows_lit_by(person, now):
    """Windows the person opened that are on."""
    return WifiWindow.objects.filter(opened_by=person, ended_at=None, ends_at__gt=now)


def points_lit_alone_for(person, today):
    """The last word of an access point of the person's city, for its IT: on, with no window that is."""
    points = Asset.objects.filter(MANAGES.where(person, today, "school__city"), kind=Kind.ACCESS_POINT)
    return PointSignal.objects.on_alone(points)


def cities_keyed_by(person, today):
    """Cities whose plan the person reads as a whole, or whose schools: where the page of the key is known."""
    return City.objects.filter(id__in=schools_visible_to(person, today).values("city"))


def city_keyed_by(person, today) -> City | None:
    """The city whose key the person manages, the first when several."""
    return next((mandate.city for mandate in MANAGES.mandates(person, today)), None)


def can_manage_key(person, city, today):
    """The city's IT runs the controllers of its access points."""
    if MANAGES.covers(person, city, today):
        return Yes()
    return No("L’informatique des écoles de cette Ville gère la clé des relevés de bornes.")
