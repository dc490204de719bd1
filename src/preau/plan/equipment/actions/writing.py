"""What every write of the plan shares: the journal line, the generation raised."""

from django.db.models import F
from django.utils.timezone import localdate

from preau.journal.actions import record
from preau.plan.equipment.models import PlanGeneration
from preau.plan.equipment.rules import writer_role


def journal(*, person, verb, subject, city, now, fields=(), bound=""):
    """One line, sealed in the city's chain with the digest of what it locks, and the city's figures are new."""
    raise_generation(city=city)
    return record(
        person_id=person.pk if person else None,
        verb=verb,
        subject=subject,
        now=now,
        place_id=city.pk,
        fields=fields,
        chain=city.pk,
        role=writer_role(person, city, localdate(now)) if person else "",
        bound=bound,
    )


def raise_generation(*, city):
    """In the caller's transaction: what is cached under the former number is never read again."""
    PlanGeneration.objects.get_or_create(city=city)
    PlanGeneration.objects.filter(city=city).update(number=F("number") + 1)
