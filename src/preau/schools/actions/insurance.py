"""An insurance certificate is handed in, once a year and a child."""

import datetime

from django.db import transaction
from django.utils.timezone import localdate

from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.kit.dates import school_year_label
from preau.people.models import Person
from preau.places.models import Classroom
from preau.schools.models import Enrolment, Insurance
from preau.schools.rules.insurance import can_note_insurance

GONE = "Cet élève n’est plus dans la classe."


@transaction.atomic
def note_insurance(
    *, person: Person, classroom: Classroom, pupil: Person, is_given: bool, now: datetime.datetime
) -> None:
    """For the school year of `now`; not `is_given` takes back what was noted. Raises Refused, or Conflict."""
    allow(can_note_insurance, person, classroom, now=now)
    today = localdate(now)
    if not Enrolment.objects.current(today).filter(classroom=classroom, pupil=pupil).exists():
        raise Conflict(GONE)
    said = {"pupil": pupil, "school_year": school_year_label(today)}
    if is_given:
        _, is_new = Insurance.objects.get_or_create(**said, defaults={"noted_at": now})
    else:
        is_new, _ = Insurance.objects.filter(**said).delete()
    if is_new:
        verb = "insurance.note" if is_given else "insurance.take_back"
        record(person_id=person.pk, verb=verb, subject=pupil, now=now, place_id=classroom.pk)
