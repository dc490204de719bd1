"""What leaves: to guardians, about an absence that nobody told or that was a mistake; to the head of the school."""

from datetime import date, datetime

from django.utils.timezone import localdate

from preau.ent.attendance import actions, queries, rules
from preau.ent.attendance.notices import CORRECTION, MISSING, TO_HEAD
from preau.notify.calls import Call, kinds_of
from preau.people.models import Person
from preau.places.models import School


def head_called(school_id, person_id, once: str, *, now: datetime) -> Person | None:
    """The head, while an absence of that day has no reason."""
    school, person = School.objects.get(pk=school_id), Person.objects.get(pk=person_id)
    if not rules.can_follow_absences(person, school, localdate(now)):
        return None
    day = date.fromisoformat(once.partition(":")[0])
    return person if queries.without_reason(school, day).exists() else None


OUTGOING = (
    *kinds_of(Call(MISSING, queries.called_about, left=actions.note_guardian_told)),
    *kinds_of(Call(CORRECTION, queries.corrected_for)),
    *kinds_of(Call(TO_HEAD, head_called)),
)
