"""What a school had wrong about somebody: how they are named, how they are reached."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from preau.journal import actions as journal
from preau.kit.rows import lock
from preau.people.contacts import contact_key, tidy_contact
from preau.people.models import Contact, Person
from preau.places.models import School
from preau.schools.models import Guardianship


@transaction.atomic
def correct_guardian(
    *,
    link: Guardianship,
    school: School,
    names: dict,
    facts: dict,
    contacts: dict,
    added: tuple,
    person: Person,
    now: datetime,
) -> Guardianship:
    """What the school had wrong: `names` of the guardian, `facts` of the link, `contacts` and `added` as
    `correct_contacts` takes them. A restriction is a judge's, and stays."""
    link = lock(link)
    changed = sorted(name for name, value in facts.items() if getattr(link, name) != value)
    if changed:
        for name in changed:
            setattr(link, name, facts[name])
        link.save(update_fields=changed)
        journal.record(
            person_id=person.id, verb="correct_guardianship", subject=link, place_id=school.pk, now=now, fields=changed
        )
    known = correct_person(known=link.guardian, values=names, place_id=school.pk, person=person, now=now)
    correct_contacts(known=known, written=contacts, added=added, place_id=school.pk, person=person, now=now)
    return link


@transaction.atomic
def correct_person(*, known: Person, values: dict, place_id: UUID, person: Person, now: datetime) -> Person:
    """`values`: names, civility, a pupil's birth date. The account keeps its identifier and its address: those are
    their person's own."""
    known = lock(known)
    changed = sorted(name for name, value in values.items() if getattr(known, name) != value)
    if changed:
        for name in changed:
            setattr(known, name, values[name])
        known.save(update_fields=[*changed, "sort_key"])
        journal.record(
            person_id=person.id, verb="correct_person", subject=known, now=now, place_id=place_id, fields=changed
        )
    return known


@transaction.atomic
def correct_contacts(
    *,
    known: Person,
    written: dict[UUID, str],
    added: tuple[tuple[str, str], ...],
    place_id: UUID,
    person: Person,
    now: datetime,
) -> list[str]:
    """`written`: {contact: what it becomes, empty to drop it}; `added`: pairs (Contact.Kind, value). Those not named
    stay. Returns the kinds that changed. Where the person is told of their own account is not here (set_email)."""
    kept = {(row.kind, row.match_key): row for row in Contact.objects.select_for_update().filter(person=known)}
    wanted = _wanted(kept.values(), written, added)
    before = {(kind, row.value) for (kind, _), row in kept.items()}
    changed = sorted({str(kind) for kind, _ in before ^ {(kind, value) for (kind, _), value in wanted.items()}})
    for mark in kept.keys() - wanted.keys():
        kept[mark].delete()
    for (kind, key), value in wanted.items():
        if (kind, key) not in kept or kept[kind, key].value != value:
            Contact.objects.update_or_create(person=known, kind=kind, match_key=key, defaults={"value": value})
    if changed:
        journal.record(
            person_id=person.id, verb="correct_contacts", subject=known, now=now, place_id=place_id, fields=changed
        )
    return changed


def _wanted(rows, written, added):
    """{(kind, match key): value} once corrected; the same number twice is one."""
    pairs = [(row.kind, tidy_contact(row.kind, written[row.pk])) for row in rows if row.pk in written]
    pairs += [(kind, tidy_contact(kind, text)) for kind, text in added]
    wanted = {(row.kind, row.match_key): row.value for row in rows if row.pk not in written}
    return wanted | {(kind, contact_key(kind, value)): value for kind, value in pairs if value}
