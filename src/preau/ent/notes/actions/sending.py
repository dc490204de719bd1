"""A mot that waits leaves: at its hour, or a minute after its sender confirmed how many families it is for."""

import datetime

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.notes import queries, rules
from preau.ent.notes.actions.writing import publish, refuse_urgent
from preau.ent.notes.models import Note
from preau.journal.actions import record
from preau.kit.answers import Conflict, Refused, allow, require
from preau.kit.money import NBSP, counted
from preau.kit.rows import lock
from preau.people.models import Person
from preau.spaces import actions as spaces
from preau.spaces.models import Publication

HOLD = datetime.timedelta(seconds=60)  # trust.md R24: nothing leaves before
COUNT_IS_OFF = f"Ce n’est pas ce nombre{NBSP}: ce mot est pour {{}}. Relisez qui le recevra, puis écrivez-le."


@transaction.atomic
def confirm_sending(
    *, person: Person, note: Note, families_count: int, has_shown_factor: bool, now: datetime.datetime
) -> Note:
    """The sender typed how many families it is for: it leaves a minute later, or at its hour. Raises Refused, or
    Conflict: another number, a place that is stopped, too many mots within the hour."""
    note = lock(note, "publication")
    allow(rules.can_send_draft, person, note, now=now)
    require(rules.can_reach_all(note, has_shown_factor=has_shown_factor))
    reached = queries.reached_by(note)
    reach = queries.recipients_of(reached, localdate(now))
    if families_count != reach.reached_count or not families_count:
        raise Conflict(COUNT_IS_OFF.format(counted(reach.reached_count, "famille", "familles")), "families_count")
    spaces.refuse_unpublishable(person=person, publication=note.publication, reached=reached, now=now)
    if note.urgent_reason:
        refuse_urgent(person=person, place=note.publication.place, now=now)
    note.confirmed_at, note.due_at = now, max(note.due_at or now, now + HOLD)
    return _kept(person, "note.confirm", note, now)


@transaction.atomic
def stop_sending(*, person: Person, note: Note, now: datetime.datetime) -> Note:
    """« Annuler l’envoi »: a draft again, that no family has seen. Raises Refused once it left."""
    note = lock(note, "publication")
    allow(rules.can_stop_sending, person, note, now=now)
    note.confirmed_at = note.due_at = None
    return _kept(person, "note.stop_sending", note, now)


def publish_due(*, now: datetime.datetime) -> int:
    """Sends the mots whose hour has come, each in its transaction. One whose author no longer writes there, or that is
    refused now, stays with its author, as a draft. Played twice, each leaves once."""
    due = Note.objects.filter(due_at__lte=now, confirmed_at__isnull=False, publication__state=Publication.State.DRAFT)
    return sum(_send_one(note, now) for note in due.order_by("due_at", "id"))


def _send_one(note, now):
    try:
        return _publish_one(note, now)
    except (Conflict, Refused):  # the place is stopped, two emergencies left meanwhile…
        Note.objects.filter(pk=note.pk).update(due_at=None, confirmed_at=None)
        return 0


@transaction.atomic
def _publish_one(note, now):
    note = lock(note, "publication__author")
    if not note.is_leaving or note.due_at > now:
        return 0  # another worker's turn, or cancelled
    author = note.publication.author
    may_leave = author is not None and rules.note_may_leave(author, note, localdate(now))
    if may_leave:
        publish(person=author, note=note, now=now)
    else:
        note.confirmed_at = None
    note.due_at = None
    note.save(update_fields=["due_at", "confirmed_at"])
    return int(may_leave)


def _kept(person, verb, note, now):
    fields = ["confirmed_at", "due_at"]
    note.save(update_fields=fields)
    record(person_id=person.pk, verb=verb, subject=note, now=now, place_id=note.publication.place_id, fields=fields)
    return note
