"""The hours of the digital pause of a school or of a city."""

from datetime import datetime, time

from django.db import transaction

from preau.journal.actions import record
from preau.kit.answers import allow
from preau.notify.models import Pause
from preau.notify.rules import can_set_pause
from preau.people.models import Person


@transaction.atomic
def set_pause(*, person: Person, place, begins_at: time, ends_at: time, spares_weekends: bool, now: datetime) -> Pause:
    """What is published from now on waits by these hours; what waits already keeps its own. Raises Refused."""
    allow(can_set_pause, person, place, now=now)
    hours = {"begins_at": begins_at, "ends_at": ends_at, "spares_weekends": spares_weekends}
    pause, _ = Pause.objects.update_or_create(**{place._meta.model_name: place}, defaults=hours)
    record(person_id=person.pk, verb="notify.set_pause", subject=pause, now=now, place_id=place.pk, fields=hours)
    return pause


@transaction.atomic
def forget_pause(*, person: Person, place, now: datetime) -> None:
    """Back to the city's hours, or to the house's. Raises Refused."""
    allow(can_set_pause, person, place, now=now)
    pause = Pause.objects.filter(**{place._meta.model_name: place}).first()
    if pause:
        record(person_id=person.pk, verb="notify.forget_pause", subject=pause, now=now, place_id=place.pk)
        pause.delete()
