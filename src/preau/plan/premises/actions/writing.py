"""What every write of the room shares: the rule asked again, and the journal line."""

from django.utils.timezone import localdate

from preau.journal.actions import record
from preau.kit.answers import require
from preau.plan.premises.rules import can_record_notice, can_write_premises


def allow(*, person, school, now):
    """Raises Refused unless the person writes this school's premises; None is the operator's shell."""
    if person is not None:
        require(can_write_premises(person, school, localdate(now)))


def allow_notice(*, person, school, now):
    """The same for what the conseil d'école was told."""
    if person is not None:
        require(can_record_notice(person, school, localdate(now)))


def journal(*, person, verb, subject, school, now, fields=()):
    """One line about a row of this school."""
    return record(
        person_id=person.pk if person else None, verb=verb, subject=subject, now=now, place_id=school.pk, fields=fields
    )
