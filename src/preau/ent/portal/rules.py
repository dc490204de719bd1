"""Who brings schools together."""

import datetime

from django.db.models import QuerySet

from preau.kit.answers import Answer, No, Yes
from preau.people.models import Person, Role
from preau.people.queries.grounds import Grounds
from preau.places.models import City, Network

# Who may, by the place where the role is held (people.queries.grounds).
KEEPS = Grounds("city", city=(Role.CITY_EDUCATION,))
KEEPS_NETWORK = Grounds("network", city=(Role.CITY_EDUCATION,))


def cities_kept_by(person: Person, today: datetime.date) -> QuerySet[City]:
    """Cities whose networks the person keeps."""
    return City.objects.filter(KEEPS.where(person, today))


def networks_kept_by(person: Person, today: datetime.date) -> QuerySet[Network]:
    """Networks of these cities."""
    return Network.objects.filter(KEEPS_NETWORK.where(person, today))


def can_keep_networks(person: Person, city: City, today: datetime.date) -> Answer:
    """The city's Education service."""
    if KEEPS.covers(person, city, today):
        return Yes()
    return No("Seule la Direction Éducation de la Ville réunit ses écoles en réseaux.")
