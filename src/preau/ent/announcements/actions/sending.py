"""Confirmed by a number that is typed, an announcement leaves a minute later; until then it is taken back."""

import datetime

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.announcements import queries, rules
from preau.ent.announcements.actions.writing import refuse_names
from preau.ent.announcements.models import Announcement, Readers
from preau.journal.actions import record
from preau.kit.answers import Conflict, Refused, allow, require
from preau.kit.money import NBSP
from preau.kit.rows import lock
from preau.notify import actions as notify
from preau.notify.rules import ENOUGH_URGENT, can_announce_urgently
from preau.people.models import Person
from preau.spaces import actions as spaces

COUNT_IS_OFF = f"Ce n’est pas ce nombre{NBSP}: il est écrit au-dessus. Relisez qui recevra, puis écrivez-le."
NOBODY = "Personne ne recevrait cette annonce\u00a0: choisissez d’autres écoles, ou d’autres niveaux."


@transaction.atomic
def confirm_sending(
    *, person: Person, announcement: Announcement, told_count: int, has_shown_factor: bool, now: datetime.datetime
) -> Announcement:
    """The sender typed how many it is for, as the page says it (trust.md R24): it leaves a minute later. Raises
    Refused, or Conflict: another number, nobody to tell, a place that is stopped, too many within the hour."""
    announcement = lock(announcement, "publication")
    allow(rules.can_send, person, announcement, now=now)
    require(rules.can_reach_many(has_shown_factor=has_shown_factor))
    reached = queries.reached_by(announcement, localdate(now))
    told = queries.told_by(announcement, localdate(now))
    if not told.high:
        raise Conflict(NOBODY)
    if not told.holds(told_count):
        raise Conflict(COUNT_IS_OFF, "told_count")
    refuse_names(announcement=announcement, now=now)
    spaces.refuse_unpublishable(person=person, publication=announcement.publication, reached=reached, now=now)
    _refuse_urgent(person, announcement, now)
    if announcement.proposed_at:  # the head answers for what is sent, the elected parent stays who wrote it
        spaces.take_over(person=person, publication=announcement.publication, now=now)
    announcement.confirmed_at, announcement.due_at = now, now + notify.HOLD
    return _kept(person, "announcement.confirm", announcement, now)


@transaction.atomic
def stop_sending(*, person: Person, announcement: Announcement, now: datetime.datetime) -> Announcement:
    """« Reprendre »: a draft again, that nobody has seen. Raises Refused once it left."""
    announcement = lock(announcement, "publication")
    allow(rules.can_stop_sending, person, announcement, now=now)
    announcement.confirmed_at = announcement.due_at = None
    return _kept(person, "announcement.stop_sending", announcement, now)


def publish_due(*, now: datetime.datetime) -> int:
    """Sends those whose minute has passed. Played twice, each leaves once."""
    return notify.leave_due(model=Announcement, send=_send, now=now)


@transaction.atomic
def withdraw_announcement(*, person: Person, announcement: Announcement, now: datetime.datetime) -> Announcement:
    """Nobody finds it any more, and who was still to be told is not."""
    allow(rules.can_withdraw, person, announcement, now=now)
    announcement.publication = spaces.withdraw(person=person, publication=announcement.publication, now=now)
    return announcement


def _send(author, announcement, now):
    """A few rows, whatever the number of families: a job writes who is expected."""
    if not rules.may_still_send(author, announcement, localdate(now)):
        return False
    publication = spaces.publish(
        person=author,
        publication=announcement.publication,
        reached=queries.reached_by(announcement, localdate(now)),
        now=now,
    )
    notify.announce(
        publication=publication,
        person=author,
        now=now,
        level=announcement.level,
        reason=announcement.urgent_reason,
        expects_adults=announcement.readers == Readers.BOTH,
    )
    return True


def _refuse_urgent(person, announcement, now):
    if not announcement.urgent_reason:
        return
    may = can_announce_urgently(person, announcement.publication.place, localdate(now))
    if may is ENOUGH_URGENT:
        raise Conflict(ENOUGH_URGENT.reason)
    if not may:
        raise Refused(may.reason)


def _kept(person, verb, announcement, now):
    fields, place_id = ["confirmed_at", "due_at"], announcement.publication.place_id
    announcement.save(update_fields=fields)
    record(person_id=person.pk, verb=verb, subject=announcement, now=now, place_id=place_id, fields=fields)
    return announcement
