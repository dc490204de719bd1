"""A mot that waits leaves: at its hour, or a minute after its sender confirmed how many families it is for."""

import datetime

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.notes import queries, rules
from preau.ent.notes.actions.writing import publish, refuse_urgent
from preau.ent.notes.models import Note
from preau.journal.actions import record
from preau.kit.answers import Conflict, allow, require
from preau.kit.money import NBSP, counted
from preau.kit.rows import lock
from preau.notify import actions as notify
from preau.people.models import Person
from preau.spaces import actions as spaces

COUNT_IS_OFF = f"Ce n’est pas ce nombre{NBSP}: ce mot est pour {{}}. Relisez qui le recevra, puis écrivez-le."


@transaction.atomic
def confirm_sending(
    *, person: Person, note: Note, pupils_count: int, has_shown_factor: bool, now: datetime.datetime
) -> Note:
    """The sender typed how many pupils it is for: it leaves a minute later, or at its hour. Raises Refused, or
    Conflict: another number, a place that is stopped, too many mots within the hour."""
    note = lock(note, "publication")
    allow(rules.can_send_draft, person, note, now=now)
    require(rules.can_reach_all(note, has_shown_factor=has_shown_factor))
    reached = queries.reached_by(note)
    reach = queries.recipients_of(reached, localdate(now))
    if pupils_count != reach.reached_count or not pupils_count:
        raise Conflict(COUNT_IS_OFF.format(counted(reach.reached_count, "élève", "élèves")), "pupils_count")
    spaces.refuse_unpublishable(person=person, publication=note.publication, reached=reached, now=now)
    if note.urgent_reason:
        refuse_urgent(person=person, place=note.publication.place, now=now)
    note.confirmed_at, note.due_at = now, max(note.due_at or now, now + notify.HOLD)
    return _kept(person, "note.confirm", note, now)


@transaction.atomic
def stop_sending(*, person: Person, note: Note, now: datetime.datetime) -> Note:
    """« Annuler l’envoi »: a draft again, that no family has seen. Raises Refused once it left."""
    note = lock(note, "publication")
    allow(rules.can_stop_sending, person, note, now=now)
    note.confirmed_at = note.due_at = None
    return _kept(person, "note.stop_sending", note, now)


def publish_due(*, now: datetime.datetime) -> int:
    """Sends the mots whose hour has come. Played twice, each leaves once."""
    return notify.leave_due(model=Note, send=_send, now=now)


def _send(author, note, now):
    if not rules.note_may_leave(author, note, localdate(now)):
        return False
    publish(person=author, note=note, now=now)
    return True


def _kept(person, verb, note, now):
    fields = ["confirmed_at", "due_at"]
    note.save(update_fields=fields)
    record(person_id=person.pk, verb=verb, subject=note, now=now, place_id=note.publication.place_id, fields=fields)
    return note
