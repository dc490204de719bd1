"""What the head did about a pupil who misses too much: the line is closed, and stays to be read."""

from datetime import date, datetime

from django.db import transaction

from preau.ent.attendance import queries, rules
from preau.ent.attendance.models import FollowUp
from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.kit.rows import lock
from preau.people.models import Person
from preau.places.models import School

CLOSED = "Cette ligne n’attend plus rien\u00a0: une suite est déjà notée, ou une raison est arrivée."


@transaction.atomic
def close_line(
    *, person: Person, school: School, pupil: Person, month: date, outcome: str, note: str = "", now: datetime
) -> FollowUp:
    """« Famille rencontrée », « courrier à la famille »… Raises Refused or Conflict."""
    pupil = lock(pupil)
    allow(rules.can_close_line, person, school, pupil, now=now)
    line = next((each for each in queries.unjustified_in(school, month) if _is_it(each, pupil, month)), None)
    if line is None:
        raise Conflict(CLOSED)
    follow = FollowUp.objects.create(
        pupil=pupil,
        school=school,
        month=month,
        halves_count=line.halves_count,
        outcome=outcome,
        note=note,
        closed_by=person,
        closed_at=now,
    )
    values = {"suite": outcome, "note": note}
    record(
        person_id=person.pk,
        verb="absences.follow",
        subject=follow,
        now=now,
        place_id=school.pk,
        values=values,
        about_id=pupil.pk,
    )
    return follow


def _is_it(line, pupil, month):
    return line.pupil_id == pupil.pk and line.month == month
