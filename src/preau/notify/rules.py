"""Who may ask to be told, who sets the digital pause, who may break it."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_noop as _

from preau.kit.answers import Answer, No, Yes
from preau.kit.outbound import texting
from preau.notify.models import Expected, PushDevice
from preau.notify.queries.texts import city_that_texts
from preau.notify.queries.urgent import MAX_URGENT, urgent_count
from preau.people.models import Person, Role
from preau.people.queries import is_child
from preau.people.queries.grounds import Grounds
from preau.people.rules import can_be_mailed, can_set_text_budget
from preau.places.models import City, Classroom, Group, School

MAX_DEVICES = 5
ENOUGH_URGENT = No(
    "Deux urgences sont déjà parties d’ici en un mois\u00a0: publiez sans urgence, les familles seront "
    "prévenues à la fin de la pause numérique."
)
HEADS = Grounds("school", school=(Role.SCHOOL_HEAD,))
CITY_SERVICE = Grounds("city", city=(Role.CITY_EDUCATION,))


def can_choose_evening(person: Person, today: date) -> Answer:
    """Whoever has confirmed a mail address."""
    if not (mailed := can_be_mailed(person, today)):
        return mailed
    account = getattr(person, "account", None)
    if account is None or account.email_confirmed_at is None:
        return No("Donnez d’abord votre adresse de courriel, et confirmez-la, sur la page «\u00a0Mon compte\u00a0».")
    return Yes()


def can_be_pushed(person: Person, today: date) -> Answer:
    """Adults who have read a first mot: they then know what notifications would be for."""
    if is_child(person, today):
        return No("Les notifications sont pour les adultes.")
    if not Expected.objects.filter(person=person, seen_at__isnull=False).exists():
        return No(
            "Les notifications se demandent après le premier mot lu\u00a0: vous saurez alors à quoi elles servent."
        )
    return Yes()


def is_offered_push(person: Person, today: date) -> bool:
    """Whether a page offers notifications: not to who has them already; one query."""
    if is_child(person, today):
        return False
    read = Expected.objects.filter(person=person, seen_at__isnull=False)
    return read.exclude(Exists(PushDevice.objects.filter(person=OuterRef("person")))).exists()


def can_give_phone(person: Person, today: date) -> Answer:
    """Guardians, where text messages are set up and the city of a child's school pays for them."""
    if is_child(person, today) or city_that_texts(person, today) is None:
        return No(_("Les SMS sont pour les responsables d’un enfant, là où la Ville de leur école les paie."))
    return Yes()


def can_open_texts(person: Person, city: City, today: date) -> Answer:
    """Who sets the budget of text messages of a city, where a carrier is configured."""
    if not texting.leaves():
        return No("Cette installation n’envoie pas de SMS.")
    return can_set_text_budget(person, city, today)


def devices_visible_to(person: Person, today: date) -> QuerySet[PushDevice]:
    """One's own."""
    return PushDevice.objects.filter(person=person)


def can_set_pause(person: Person, place, today: date) -> Answer:
    """The hours of a school are its head's, those of a city its education service's."""
    if isinstance(place, School) and HEADS.covers(person, place, today):
        return Yes()
    if isinstance(place, City) and CITY_SERVICE.covers(person, place, today):
        return Yes()
    return No("La direction de l’école règle sa pause numérique, et la Ville celle des écoles qui n’ont pas la leur.")


def can_break_pause(person: Person, place, today: date) -> Answer:
    """Who sets the hours of a place may call people outside them."""
    if can_set_pause(person, _school_or(place), today):
        return Yes()
    return No("Seules la direction de l’école et la Ville préviennent en urgence, pause numérique comprise.")


def can_announce_urgently(person: Person, place, today: date) -> Answer:
    """Through the digital pause, twice a month in one place (users.md, rule 23)."""
    if not (may := can_break_pause(person, place, today)):
        return may
    return ENOUGH_URGENT if urgent_count(_school_or(place), today) >= MAX_URGENT else Yes()


def _school_or(place):
    """The school of a class or of a group, the place itself otherwise."""
    return place.school if isinstance(place, Classroom | Group) else place
