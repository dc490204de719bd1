"""What every write of the room shares: the journal line."""

from preau.journal.actions import record, record_many


def journal(*, person, verb, subject, school, now, fields=()):
    """One line about a row of this school."""
    return record(
        person_id=person.pk if person else None, verb=verb, subject=subject, now=now, place_id=school.pk, fields=fields
    )


def journal_many(*, person, verb, subjects, now):
    """One line about each row, at its own school: the same act on several schools."""
    places = [subject.school_id for subject in subjects]
    record_many(person_id=person.pk if person else None, verb=verb, subjects=subjects, now=now, places=places)
