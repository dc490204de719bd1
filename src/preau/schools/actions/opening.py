"""A school opens to its families: said by who keeps the base, once what has to be signed is signed."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.timezone import localdate

from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.people.models import Person
from preau.places.models import School
from preau.schools.models import FamiliesOpening
from preau.schools.rules import opening as rules

FUTURE = "Cette date n’est pas encore venue\u00a0: écrivez le jour de la dernière signature."
NONE = "Aucune école n’est choisie\u00a0: choisissez celles dont les papiers sont signés."


@transaction.atomic
def open_to_families(
    *,
    person: Person,
    schools: Iterable[School],
    signed_on: datetime.date,
    signed_by: str,
    version: str,
    now: datetime.datetime,
) -> list[FamiliesOpening]:
    """Families of these schools may be written to. `version` is that of the three documents signed, as printed on
    them. A school opened before keeps its former line. Raises Refused, or Conflict with its field."""
    schools = list(schools)
    if not schools:
        raise Conflict(NONE, "schools")
    if signed_on > localdate(now):
        raise Conflict(FUTURE, "signed_on")
    for school in schools:
        allow(rules.can_open_to_families, person, school, now=now)
    said = {"signed_on": signed_on, "signed_by": signed_by.strip(), "version": version}
    made = [FamiliesOpening(school=school, recorded_by=person, recorded_at=now, **said) for school in schools]
    FamiliesOpening.objects.bulk_create(made)
    for opening in made:
        _record(person, opening, now)
    return made


def _record(person, opening, now):
    fields, place_id = ["signed_on", "signed_by", "version"], opening.school_id
    verb = "school.open_to_families"
    record(person_id=person.pk, verb=verb, subject=opening, now=now, place_id=place_id, fields=fields)
