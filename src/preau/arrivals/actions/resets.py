"""« Mots de passe volés »: those of a school, or of a class, serve no more."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from preau.arrivals import rules
from preau.arrivals.queries.resets import Reset, reset_of
from preau.journal import actions as journal
from preau.kit.answers import Conflict, allow
from preau.kit.rows import lock
from preau.people import actions as people
from preau.people.models import Person
from preau.places.models import Classroom, School
from preau.spaces.rules import stop_authority

NOBODY = "Aucun mot de passe n’est à réinitialiser dans ce choix."
MOVED = "La liste a changé depuis que vous l’avez lue\u00a0: relisez-la, puis confirmez. Rien n’est encore fait."


@transaction.atomic
def reset_passwords(
    *,
    person: Person,
    school: School,
    who: list[str],
    classroom: Classroom | None,
    since: date | None,
    but: set,
    count: int,
    now: datetime,
) -> Reset:
    """Those that were shown: raises Conflict when they are not `count` any more."""
    school = lock(school, "city")
    allow(rules.can_reset_passwords, person, school, now=now)
    today = localdate(now)
    chosen = {"who": who, "classroom": classroom, "since": since}
    reset = reset_of(person, school, **chosen, but=but, now=now, today=today)
    if reset.shown_count != count:
        raise Conflict(MOVED)
    if not reset.accounts:
        raise Conflict(NOBODY)
    people.reset_passwords(accounts=list(reset.accounts), place_id=school.pk, person=person, now=now)
    journal.record(
        person_id=person.pk,
        verb="arrivals.reset_passwords",
        subject=classroom or school,
        now=now,
        place_id=school.pk,
        fields=who,
        chain=school.city_id,
        role=stop_authority(person, school, today),
    )
    return reset
