"""What Préau keeps, read from the declarations of every table; who has no reason left to be known."""

import datetime
from calendar import monthrange
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from preau.kit.privacy import Erase
from preau.people.models import Mandate, Person
from preau.privacy.declarations import Declared, declared
from preau.schools.models import Enrolment, Guardianship

ROOMS = {
    "people": "Personnes et comptes",
    "schools": "Écoles, classes et familles",
    "spaces": "Publications",
    "posts": "La vie de la classe et de l’école",
    "media": "Images",
    "sites": "Sites des écoles",
    "arrivals": "Arrivées et fiches",
    "equipment": "Plan numérique",
    "premises": "Plan numérique",
    "inventory": "Plan numérique",
    "applications": "Candidatures et avis",
    "priorities": "Plan numérique",
    "rollouts": "Plan numérique",
    "loans": "Plan numérique",
    "wifi": "Plan numérique",
    "studies": "Comités du plan",
    "governance": "Comités du plan",
    "desk": "Plan numérique",
    "usage": "Mesure de l’usage",
    "kit": "Imports et travaux",
    "journal": "Journal",
}
LIBRARY_ROOM = "people"


@dataclass(frozen=True)
class Chapter:
    """A part of the page « Ce que nous gardons »."""

    title: str
    entries: list[Declared]


def kept_chapters() -> list[Chapter]:
    """Every table that holds something of a person, by part of the product."""
    chapters = {}
    for entry in declared():
        if entry.privacy.erase is Erase.NOTHING:
            continue
        label = entry.model._meta.app_label
        title = ROOMS.get(label) or ROOMS[LIBRARY_ROOM]
        chapters.setdefault(title, []).append(entry)
    order = list(ROOMS.values())
    return [Chapter(title, chapters[title]) for title in sorted(chapters, key=order.index)]


def months_before(day: datetime.date, months: int) -> datetime.date:
    """The same day of an earlier month, or that month's last."""
    number = day.year * 12 + day.month - 1 - months
    year, month = divmod(number, 12)
    return datetime.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def leavers(today: datetime.date):
    """Persons whose last reason to be known ended three months ago or more: nobody's pupil, guardian or staff."""
    day = months_before(today, 3)
    lasting = Q(ends_on=None) | Q(ends_on__gt=day)
    mine = Enrolment.objects.filter(lasting, pupil=OuterRef("pk"))
    childs = Enrolment.objects.filter(lasting, pupil=OuterRef("child"))
    answers = Guardianship.objects.filter(lasting, Exists(childs), guardian=OuterRef("pk"))
    holds = Mandate.objects.filter(lasting, person=OuterRef("pk"))
    return Person.objects.filter(~Exists(mine), ~Exists(answers), ~Exists(holds), created_at__date__lte=day)
