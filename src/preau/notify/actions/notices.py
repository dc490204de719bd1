"""Announcing a publication to those it reaches, in the transaction that publishes it."""

from datetime import datetime

from django.db import transaction

from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.kit.tasks import enqueue
from preau.notify import queries
from preau.notify.models import Level, Notice
from preau.notify.rules import can_announce_urgently
from preau.people.models import Person
from preau.spaces.models import Publication

NOT_PUBLISHED = "Ce n’est pas encore publié\u00a0: publiez d’abord."
NO_REASON = "Dites en une ligne pourquoi c’est urgent\u00a0: cette raison est gardée."


@transaction.atomic
def announce(
    *,
    publication: Publication,
    person: Person,
    now: datetime,
    level: str = Level.SIGN,
    reason: str = "",
    expects_adults: bool = False,
) -> Notice:
    """Follows a publication person by person: one row now, whatever the number of families, and a job that writes who
    is expected, then tells each of them. An urgent one breaks the digital pause, for a `reason` that is kept. The room
    that publishes has asked its own rules. `expects_adults`: those reached beside families are expected too. Raises
    Refused or Conflict.

    Published again after « Annuler », it is announced anew: nobody keeps a receipt of what was taken back.
    """
    if publication.state != Publication.State.PUBLISHED:
        raise Conflict(NOT_PUBLISHED)
    is_urgent = level == Level.URGENT
    reason = reason.strip() if is_urgent else ""
    if is_urgent and not reason:
        raise Conflict(NO_REASON, "reason")
    Notice.objects.filter(publication=publication).delete()
    if is_urgent:
        allow(can_announce_urgently, person, publication.place, now=now)
    notice = Notice.objects.create(
        publication=publication,
        published_at=publication.published_at,
        leaves_at=queries.leaves_at(publication.place, now, level),
        level=level,
        reason=reason,
        asked_by=person,
        expects_adults=expects_adults,
    )
    values = {"raison": reason} if is_urgent else None
    record(person_id=person.pk, verb="notify.announce", subject=notice, now=now, values=values, about_id=person.pk)
    enqueue("preau.notify.tasks.freeze", str(notice.pk))
    return notice


@transaction.atomic
def call_off(*, publication: Publication, person: Person, now: datetime) -> None:
    """« Annuler » after publishing: nobody is expected any more. Does nothing when it was not announced."""
    notice = Notice.objects.filter(publication=publication).first()
    if notice:
        record(person_id=person.pk, verb="notify.call_off", subject=notice, now=now)
        notice.delete()
