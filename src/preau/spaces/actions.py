"""The only writes to the stream. Rooms above ask their own rules first; these keep the states true."""

import datetime

from django.db import transaction
from django.db.models import F

from preau.journal.actions import record
from preau.kit.answers import Conflict
from preau.kit.rows import lock
from preau.people.models import Person
from preau.places.models import kind_of
from preau.spaces import audiences
from preau.spaces.models import Generation, Publication, Reach

State = Publication.State
CHANGED = "Cette publication a changé entre-temps. La voici telle qu’elle est."


@transaction.atomic
def open_draft(*, person: Person, place, kind: str, now: datetime.datetime) -> Publication:
    """A draft in the space of a place, whatever its kind."""
    where = {kind_of(place): place}
    publication = Publication.objects.create(author=person, kind=kind, created_at=now, **where)
    record(person_id=person.pk, verb="open_draft", subject=publication, now=now, place_id=place.pk)
    return publication


@transaction.atomic
def propose(*, person: Person, publication: Publication, now: datetime.datetime) -> Publication:
    """Shows a draft to the school's head, who publishes it or sends it back."""
    publication = _locked(publication, State.DRAFT)
    return _moved(person, "propose", publication, State.WAITING, now)


@transaction.atomic
def send_back(*, person: Person, publication: Publication, now: datetime.datetime) -> Publication:
    """A thing that waited is its author's draft again."""
    publication = _locked(publication, State.WAITING)
    return _moved(person, "send_back", publication, State.DRAFT, now)


@transaction.atomic
def publish(*, person: Person, publication: Publication, reached: list[str], now: datetime.datetime) -> Publication:
    """Publishes a draft, or what waited, to audiences: one row each, whatever the number of families."""
    publication = _locked(publication, State.DRAFT, State.WAITING)
    publication.state, publication.published_at = State.PUBLISHED, now
    publication.save(update_fields=["state", "published_at"])
    Reach.objects.bulk_create(_reach(publication, audience, now) for audience in reached)
    return _told(person, "publish", publication, now)


@transaction.atomic
def unpublish(*, person: Person, publication: Publication, now: datetime.datetime) -> Publication:
    """« Annuler » after publishing: a draft again, that nobody else sees."""
    publication = _locked(publication, State.PUBLISHED)
    publication.state, publication.published_at = State.DRAFT, None
    publication.save(update_fields=["state", "published_at"])
    _told(person, "unpublish", publication, now)
    publication.reaches.all().delete()
    return publication


@transaction.atomic
def withdraw(*, person: Person, publication: Publication, now: datetime.datetime) -> Publication:
    """Takes a publication back; its audiences are remembered so that it can return."""
    publication = _locked(publication, State.PUBLISHED)
    publication.state, publication.withdrawn_at, publication.withdrawn_by = State.WITHDRAWN, now, person
    publication.save(update_fields=["state", "withdrawn_at", "withdrawn_by"])
    return _told(person, "withdraw", publication, now)


@transaction.atomic
def restore(*, person: Person, publication: Publication, now: datetime.datetime) -> Publication:
    """« Annuler » after withdrawing: published again, at its first date."""
    publication = _locked(publication, State.WITHDRAWN)
    publication.state, publication.withdrawn_at, publication.withdrawn_by = State.PUBLISHED, None, None
    publication.save(update_fields=["state", "withdrawn_at", "withdrawn_by"])
    return _told(person, "restore", publication, now)


@transaction.atomic
def discard(*, publication: Publication) -> None:
    """Deletes a draft; what was published once is withdrawn, never deleted here."""
    _locked(publication, State.DRAFT).delete()


@transaction.atomic
def touch(*, publication: Publication) -> None:
    """To be called when the content of a publication changes: its public pages are to be made again."""
    _renew_public_pages(publication)


@transaction.atomic
def raise_generation(*, place_id) -> None:
    """Public pages of this place kept in memory are no longer true."""
    Generation.objects.get_or_create(place_id=place_id)
    Generation.objects.filter(place_id=place_id).update(number=F("number") + 1)


def _reach(publication, audience, at):
    kind, _, of_id = audiences.split(audience)
    return Reach(publication=publication, audience=audience, at=at, child_id=of_id if kind == audiences.CHILD else None)


def _locked(publication, *expected):
    """The publication locked. Conflict when it was published, withdrawn or put back meanwhile."""
    locked = lock(publication)
    if locked.state not in expected:
        raise Conflict(CHANGED)
    return locked


def _moved(person, verb, publication, state, now):
    publication.state = state
    publication.save(update_fields=["state"])
    return _told(person, verb, publication, now)


def _told(person, verb, publication, now):
    _renew_public_pages(publication)
    record(
        person_id=person.pk, verb=verb, subject=publication, now=now, place_id=publication.place_id, fields=["state"]
    )
    return publication


def _renew_public_pages(publication):
    public = publication.reaches.filter(audience__startswith=f"{audiences.PUBLIC}:")
    for audience in public.values_list("audience", flat=True):
        raise_generation(place_id=audiences.split(audience).place_id)
