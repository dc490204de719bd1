"""The pages of a pupil are arranged."""

import datetime
from dataclasses import asdict

from django.db import transaction

from preau.journal.actions import record
from preau.kit.answers import allow
from preau.kit.pages.pupils import Arrangement
from preau.kit.rows import lock
from preau.people.models import Person
from preau.schools.models import PupilDisplay
from preau.schools.rules.displays import can_arrange_display


@transaction.atomic
def arrange_display(*, person: Person, pupil: Person, arrangement: Arrangement, now: datetime.datetime) -> None:
    """A plain one leaves no row. Raises Refused."""
    pupil = lock(pupil)
    allow(can_arrange_display, person, pupil, now=now)
    if arrangement:
        PupilDisplay.objects.update_or_create(pupil=pupil, defaults=asdict(arrangement))
    else:
        PupilDisplay.objects.filter(pupil=pupil).delete()
    record(person_id=person.pk, verb="display.arrange", subject=pupil, now=now)
