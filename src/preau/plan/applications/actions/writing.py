"""What every write of the room shares: the row locked, the state moved as W1 says, the journal line."""

from preau.journal.actions import record
from preau.kit.answers import Conflict
from preau.kit.money import NBSP
from preau.kit.rows import lock
from preau.plan.applications.models import Application, Opinion, State, may_become


def locked(*, application) -> Application:
    """The file as it is now, kept from others until the end of the transaction."""
    return lock(application, "call__form_revision", "school__city", "school__district")


def locked_opinion(*, opinion) -> Opinion:
    """The opinion and its file, both locked, the file first: every act takes them in this order."""
    application = locked(application=opinion.application)
    row = lock(opinion, "given_by", "submission")
    row.application = application
    return row


def move(*, application, wanted, now, **values):
    """Writes the new state and what goes with it. Raises Conflict when W1 does not lead there."""
    if not may_become(application.state, wanted):
        raise Conflict(
            f"{application.school.shown_name}{NBSP}: le dossier est «{NBSP}{application.get_state_display()}{NBSP}», "
            f"il ne peut pas devenir «{NBSP}{State(wanted).label}{NBSP}»."
        )
    values |= {"state": wanted, "state_at": now}
    for name, value in values.items():
        setattr(application, name, value)
    application.save(update_fields=list(values))


def journal(*, person, verb, subject, application, now, fields=(), chained=False, role="", bound=""):
    """One line in the school's city; acts that bind two authorities are sealed in its chain, with the digest of what
    they lock (`bound`)."""
    city_id = application.school.city_id
    return record(
        person_id=person.pk if person else None,
        verb=verb,
        subject=subject,
        now=now,
        place_id=application.school_id,
        fields=fields,
        chain=city_id if chained else None,
        role=role,
        bound=bound,
    )
