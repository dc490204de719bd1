"""Who convenes a conseil d’école and writes its minutes, who reads them."""

import datetime

from django.db.models import Q, QuerySet

from preau.ent.agenda.models import Council
from preau.ent.agenda.rules.events import HEADS, events_visible_to
from preau.kit.answers import Answer, No, Yes
from preau.kit.rows import is_among
from preau.people.models import Person, Role
from preau.people.queries.grounds import Grounds
from preau.places.models import School

# To whom the minutes are addressed: the IEN of the circonscription, the elected members and the Éducation of the city.
RECEIVES = Grounds("school", district=(Role.IEN,), city=(Role.ELECTED, Role.CITY_EDUCATION))
ONLY_HEAD = No("La directrice ou le directeur convoque le conseil d’école et en tient le procès-verbal.")


def councils_visible_to(person: Person, today: datetime.date) -> QuerySet[Council]:
    """Those of the schools one heads or whose minutes one receives, and those told to one's school."""
    mine = HEADS.where(person, today, "school") | RECEIVES.where(person, today, "school")
    return Council.objects.filter(mine | Q(is_among("event", events_visible_to(person, today))))


def councils_received_by(person: Person, today: datetime.date) -> QuerySet[Council]:
    """Those whose minutes are addressed to one. Of mandates alone, so that a home asks it among other lines."""
    return Council.objects.filter(RECEIVES.where(person, today, "school"))


def can_convene(person: Person, school: School, today: datetime.date) -> Answer:
    """The head of the school, who presides."""
    return Yes() if HEADS.covers(person, school, today) else ONLY_HEAD


def can_write_minutes(person: Person, council: Council, today: datetime.date) -> Answer:
    """The head, from the day of the sitting, until they are final."""
    if not HEADS.covers(person, council, today, "school"):
        return ONLY_HEAD
    if council.final_at:
        return No("Ce procès-verbal est définitif\u00a0: il ne se change plus.")
    if council.event.cancelled_at or council.event.first_on > today:
        return No("Le procès-verbal s’écrit à partir du jour de la séance.")
    return Yes()
