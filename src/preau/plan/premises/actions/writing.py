"""What every write of the room shares: the journal line."""

from preau.journal.actions import record


def journal(*, person, verb, subject, school, now, fields=()):
    """One line about a row of this school."""
    return record(
        person_id=person.pk if person else None, verb=verb, subject=subject, now=now, place_id=school.pk, fields=fields
    )
