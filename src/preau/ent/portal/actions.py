"""Schools are brought together in networks."""

from datetime import datetime

from django.db import IntegrityError, transaction

from preau.ent.portal import rules
from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.kit.rows import lock
from preau.people.models import Person
from preau.places.actions import TAKEN
from preau.places.models import City, Network, School


@transaction.atomic
def add_network(*, person: Person, city: City, name: str, schools, now: datetime) -> Network:
    """A network of schools of this city; each leaves the one it was in. Raises Refused, or Conflict: a name taken."""
    allow(rules.can_keep_networks, person, city, now=now)
    return _kept(person, Network(city=city, name=name), schools, "network_added", now)


@transaction.atomic
def change_network(*, person: Person, network: Network, name: str, schools, now: datetime) -> Network:
    """Another name, other schools: what it published reaches those it has now. Raises Refused, or Conflict: a name
    taken."""
    network = lock(network, "city")
    allow(rules.can_keep_networks, person, network.city, now=now)
    network.name = name
    return _kept(person, network, schools, "network_changed", now)


def _kept(person, network, schools, verb, now):
    try:
        with transaction.atomic():
            network.save()
    except IntegrityError:
        raise Conflict(TAKEN, "name") from None
    chosen = School.objects.filter(city=network.city_id, pk__in=[school.pk for school in schools])
    network.schools.exclude(pk__in=chosen).update(network=None)
    chosen.update(network=network)
    record(person_id=person.pk, verb=verb, subject=network, now=now, place_id=network.pk)
    return network
