"""Who is told that something changed, by a mail that says where to read it."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from preau.ent.agenda.models import Council, Event, Round
from preau.kit import mail
from preau.notify import actions as notify
from preau.notify.models import Level
from preau.notify.queries import leaves_at
from preau.people.models import Mandate, Person, Role

APPOINTMENT, COUNCIL = "agenda.appointment", "agenda.council"


@transaction.atomic
def tell_changed(*, guardian: Person, round_: Round, now: datetime.datetime) -> None:
    """A guardian, of an appointment."""
    due_at = leaves_at(round_.event.publication.classroom, now)
    key = f"{round_.pk.hex}:{guardian.pk.hex}:{now.isoformat()}"
    mail.put(APPOINTMENT, guardian.pk, round_.pk, key=key, now=now, due_at=due_at)


@transaction.atomic
def tell_takers(*, event: Event, now: datetime.datetime) -> None:
    """Each guardian who has an appointment that is cancelled, or held after all."""
    round_ = Round.objects.filter(event=event).select_related("event__publication__classroom__school").first()
    for appointment in round_.appointments.select_related("guardian") if round_ else ():
        tell_changed(guardian=appointment.guardian, round_=round_, now=now)


@transaction.atomic
def tell_school(*, council: Council, person: Person, now: datetime.datetime) -> None:
    """The families and the adults of the school, with the news of the evening."""
    notify.announce(publication=council.event.publication, person=person, now=now, level=Level.INFO)


@transaction.atomic
def tell_receivers(*, council: Council, what: str, now: datetime.datetime) -> None:
    """The IEN of the circonscription and the elected members of the city; `what` is one of notices.COUNCIL."""
    school = council.school
    theirs = Q(role=Role.IEN, district=school.district_id) | Q(role=Role.ELECTED, city=school.city_id)
    people = Mandate.objects.current(localdate(now)).filter(theirs).values_list("person", flat=True).distinct()
    once = f"{council.pk.hex}:{what}:{now:%y%m%d%H%M%S%f}"
    mails = {f"{once}:{who.hex}": (who, council.pk, what) for who in people}
    mail.put_many(COUNCIL, mails, now=now, due_at=leaves_at(school, now))
