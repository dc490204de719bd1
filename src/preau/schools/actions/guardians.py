"""Who answers for a child: added, ended, restricted by a decision with its date and reference."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from preau.journal import actions as journal
from preau.people.actions import end_badges
from preau.people.contacts import contact_key, tidy_contact
from preau.people.models import Badge, Contact, Person
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
    same_as: Person | None = None  # the head said it is them


@transaction.atomic
def add_guardian(
    *,
    child: Person,
    school: School,
    entry: GuardianEntry,
    starts_on: datetime.date,
    person: Person,
    now: datetime.datetime,
) -> Guardianship:
    """Adds a guardian; the one the school already knows by this name and contact is the same person.

    What the head answers of a namesake is kept by what it makes: one person with both children, or two persons each
    with their own. The next file finds them by child or contact, and asks nothing.
    """
    guardian = (
        entry.same_as
        or same_guardian(school, last_name=entry.last_name, first_name=entry.first_name, contacts=entry.contacts)
        or Person.objects.create(civility=entry.civility, first_name=entry.first_name, last_name=entry.last_name)
    )
    for kind, written in entry.contacts:
        value = tidy_contact(kind, written)
        if value:
            Contact.objects.get_or_create(
                person=guardian, kind=kind, match_key=contact_key(kind, value), defaults={"value": value}
            )
    link = Guardianship.objects.filter(guardian=guardian, child=child, ends_on=None).first()
    if link is None:
        link = Guardianship(guardian=guardian, child=child, starts_on=starts_on)
    _carry_decision(link)
    link.kind, link.authority, link.is_priority = entry.kind, entry.authority, entry.is_priority
    link.save()
    journal.record(
        person_id=person.id,
        verb="add_guardian",
        subject=link,
        place_id=school.pk,
        now=now,
        fields=["same_as"] if entry.same_as else (),
    )
    return link


@transaction.atomic
def note_reading_language(
    *, guardian: Person, school: School, language: str, person: Person, now: datetime.datetime
) -> Person:
    """What the family told the school: the language this guardian reads better than French; empty takes it back."""
    guardian.reading_language = language
    guardian.save(update_fields=["reading_language"])
    journal.record(
        person_id=person.id,
        verb="note_reading_language",
        subject=guardian,
        place_id=school.pk,
        now=now,
        fields=["reading_language"],
    )
    return guardian


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
    """A judge's decision, entered by the head with its date and reference: this guardian reads nothing of the child.
    Nobody knows who holds the card of home, which asks no account: it ends, and another is printed."""
    end_badges(pupils=[link.child], kind=Badge.Kind.HOME, person=person, now=now)
    return _decide(link, {"restricted_on": on, "restriction_reference": reference}, "restrict_guardian", person, now)


@transaction.atomic
def lift_restriction(*, link: Guardianship, person: Person, now: datetime.datetime) -> Guardianship:
    """The decision no longer holds."""
    return _decide(link, {"restricted_on": None, "restriction_reference": ""}, "lift_restriction", person, now)


def _carry_decision(link):
    """A link that begins again begins under the decision already taken about the two persons."""
    decided = Guardianship.objects.filter(guardian=link.guardian_id, child=link.child_id).decided().first()
    if decided:
        link.restricted_on, link.restriction_reference = decided.restricted_on, decided.restriction_reference


def _decide(link, values, verb, person, now):
    """A decision is about two persons: every row of the pair says the same, ended ones too."""
    for row in Guardianship.objects.select_for_update().filter(guardian=link.guardian_id, child=link.child_id):
        row.restricted_on, row.restriction_reference = values["restricted_on"], values["restriction_reference"]
        row.save(update_fields=["restricted_on", "restriction_reference"])
        journal.record(person_id=person.id, verb=verb, subject=row, now=now, fields=["restricted_on"])
    link.refresh_from_db()
    return link
