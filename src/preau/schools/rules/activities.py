"""Who changes a day of a child in a périscolaire service."""

import datetime

from preau.kit.answers import Answer, No, Yes
from preau.people.models import SITE_WRITERS, Person
from preau.people.queries.grounds import Grounds
from preau.places.models import AfterSchool

WRITES = Grounds("afterschool", afterschool=SITE_WRITERS)


def can_change_activity_day(person: Person, site: AfterSchool, today: datetime.date) -> Answer:
    """« Ne mange pas aujourd’hui »: the manager and the animators of the site."""
    return Yes() if WRITES.covers(person, site, today) else No("La personne responsable du site note ce changement.")
