"""Who answers for a child: added, ended, restricted by a decision with its date and reference."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from preau.journal import actions as journal
from preau.people.contacts import contact_key, tidy_contact
from preau.people.models import Contact, Person
from preau.places.models import School
from preau.schools.models import Guardianship
from preau.schools.queries import same_guardian


@dataclass(frozen=True)
class GuardianEntry:
    """What the head writes of a guardian. `contacts`: pairs (Contact.Kind, value)."""

    first_name: str
    last_name: str
    civility: str = ""
    kind: str = Guardianship.Kind.PARENT
    authority: str = Guardianship.Authority.UNKNOWN
    is_priority: bool = False
    contacts: tuple[tuple[str, str], ...] = ()


@transaction.atomic
def add_guardian(
    *, child: Person, school: School, entry: GuardianEntry, starts_on: datetime.date, person: Person,
    now: datetime.datetime,
) -> Guardianship:  # fmt: skip
    """Adds a guardian; the one the school already knows by this name and contact is the same person."""
    guardian = same_guardian(
        school, last_name=entry.last_name, first_name=entry.first_name, contacts=entry.contacts
    ) or Person.objects.create(civility=entry.civility, first_name=entry.first_name, last_name=entry.last_name)
    for kind, written in entry.contacts:
        value = tidy_contact(kind, written)
        if value:
            Contact.objects.get_or_create(
                person=guardian, kind=kind, match_key=contact_key(kind, value), defaults={"value": value}
            )
    link = Guardianship.objects.filter(guardian=guardian, child=child, ends_on=None).first()
    if link is None:
        link = Guardianship(guardian=guardian, child=child, starts_on=starts_on)
    link.kind, link.authority, link.is_priority = entry.kind, entry.authority, entry.is_priority
    link.save()
    journal.record(person_id=person.id, verb="add_guardian", subject=link, place_id=school.pk, now=now)
    return link


@transaction.atomic
def end_guardianship(*, link: Guardianship, on: datetime.date, person: Person, now: datetime.datetime) -> Guardianship:
    """`on` is the last day; a link that had not begun ends the day it began."""
    link.ends_on = max(on, link.starts_on)
    link.save(update_fields=["ends_on"])
    journal.record(person_id=person.id, verb="end_guardianship", subject=link, now=now)
    return link


@transaction.atomic
def restrict_guardian(
    *, link: Guardianship, on: datetime.date, reference: str, person: Person, now: datetime.datetime
) -> Guardianship:
    """A judge's decision, entered by the head with its date and reference: this guardian reads nothing of the child."""
    link.restricted_on, link.restriction_reference = on, reference
    link.save(update_fields=["restricted_on", "restriction_reference"])
    journal.record(person_id=person.id, verb="restrict_guardian", subject=link, now=now)
    return link


@transaction.atomic
def lift_restriction(*, link: Guardianship, person: Person, now: datetime.datetime) -> Guardianship:
    """The decision no longer holds."""
    link.restricted_on, link.restriction_reference = None, ""
    link.save(update_fields=["restricted_on", "restriction_reference"])
    journal.record(person_id=person.id, verb="lift_restriction", subject=link, now=now)
    return link
