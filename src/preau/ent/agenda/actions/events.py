"""Adding an event, changing it, cancelling it. The rules are asked again here, under the lock."""

import datetime
import uuid

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.agenda import rules
from preau.ent.agenda.actions.telling import tell_receivers, tell_school, tell_takers
from preau.ent.agenda.models import EVENT, Council, Event, EventScope
from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.kit.dates import PAST_DAY
from preau.kit.ids import sending
from preau.kit.rows import lock
from preau.people.models import Person
from preau.schools.actions import refuse_unread
from preau.schools.queries.named import why_held
from preau.spaces import actions as spaces

FURTHEST = datetime.timedelta(days=550)
TOO_FAR = "C’est dans plus d’un an et demi\u00a0: vérifiez l’année."
BACKWARDS = "Le dernier jour est avant le premier\u00a0: changez l’un des deux."
NO_BEGINNING = "Écrivez aussi l’heure du début."
HOURS_BACKWARDS = "L’heure de fin est avant celle du début\u00a0: changez l’une des deux."
NOT_FOR_THEM = "Choisissez pour qui est cet événement."
PLACES = tuple(f"publication__{place}" for place in ("classroom", "group", "afterschool", "school", "city"))


@transaction.atomic
def add_event(
    *,
    person: Person,
    place,
    scope: str,
    title: str,
    first_on: datetime.date,
    now: datetime.datetime,
    last_on: datetime.date | None = None,
    begins_at: datetime.time | None = None,
    ends_at: datetime.time | None = None,
    where: str = "",
    text: str = "",
    is_sure: bool = False,
    once: uuid.UUID | None = None,
) -> Event:
    """Published at once to those it is for; of one page (`once`), the same words once. Raises Refused, or Conflict
    about the field that cannot be; Held, of words for the public site, unless who writes is sure of them."""
    lock(person, no_key=True)
    name = sending(once, scope, title, first_on, last_on, begins_at, ends_at, where, text)
    if known := name and Event.objects.filter(pk=name, publication__author=person).first():
        return known
    allow(rules.can_add_event, person, place, now=now)
    if scope not in rules.scopes_open_to(person, place, localdate(now)):
        raise Conflict(NOT_FOR_THEM, "scope")
    days = _checked_days(first_on, last_on, begins_at, ends_at, localdate(now))
    _refuse_unread(place, scope, (title, where, text), is_sure, now)
    publication = spaces.open_draft(person=person, place=place, kind=EVENT, now=now)
    reached = EventScope(scope).audiences_in(place)
    publication = spaces.publish(person=person, publication=publication, reached=reached, now=now)
    spaces.make_searchable(publication=publication, title=title, text=f"{where} {text}")
    event = Event(publication=publication, space_id=place.pk, scope=scope, title=title, where=where, text=text, **days)
    event.pk = name or event.pk
    event.save(force_insert=True)
    return event


@transaction.atomic
def edit_event(
    *,
    person: Person,
    event: Event,
    version: int,
    title: str,
    first_on: datetime.date,
    now: datetime.datetime,
    last_on: datetime.date | None = None,
    begins_at: datetime.time | None = None,
    ends_at: datetime.time | None = None,
    where: str = "",
    text: str = "",
    is_sure: bool = False,
) -> Event:
    """Another day, another title; who it is for stays. A first day already past stays too. Raises Refused, Conflict,
    Held."""
    event = lock(event, *PLACES, version=version)
    allow(rules.can_edit_event, person, event, now=now)
    today = localdate(now)
    days = _checked_days(first_on, last_on, begins_at, ends_at, min(today, event.first_on))
    if days["last_on"] < today:
        raise Conflict(PAST_DAY, "last_on" if last_on else "first_on")
    said = days | {"title": title, "where": where, "text": text}
    changed = [name for name, value in said.items() if getattr(event, name) != value]
    if not {"title", "where", "text"}.isdisjoint(changed):
        _refuse_unread(event.publication.place, event.scope, (title, where, text), is_sure, now)
    for name in changed:
        setattr(event, name, said[name])
    if changed:
        event.version, event.edited_at = event.version + 1, now
        event.save(update_fields=[*changed, "version", "edited_at"])
        spaces.make_searchable(publication=event.publication, title=event.title, text=f"{event.where} {event.text}")
        _record(person, "agenda.edit_event", event, now, fields=changed)
        _renew_site(event)
    return event


@transaction.atomic
def cancel_event(*, person: Person, event: Event, now: datetime.datetime) -> Event:
    """It stays in the agenda, struck through, and says that it is cancelled."""
    return _cancelled(person, event, now, now, "agenda.cancel_event")


@transaction.atomic
def keep_event(*, person: Person, event: Event, now: datetime.datetime) -> Event:
    """« Maintenir »: takes a cancellation back."""
    return _cancelled(person, event, None, now, "agenda.keep_event")


def _cancelled(person, event, cancelled_at, now, verb):
    event = lock(event, *PLACES)
    allow(rules.can_change_event, person, event, now=now)
    if bool(event.cancelled_at) != bool(cancelled_at):
        event.cancelled_at, event.version = cancelled_at, event.version + 1
        event.save(update_fields=["cancelled_at", "version"])
        _record(person, verb, event, now)
        _renew_site(event)
        tell_takers(event=event, now=now)
        _tell_of_council(event, person, now)
    return event


def _refuse_unread(place, scope, words, is_sure, now):
    if scope == EventScope.PUBLIC:
        refuse_unread(why=why_held("\n".join(words), place, localdate(now)), is_sure=is_sure)


def _renew_site(event):
    """Kept public pages tell it at once."""
    if event.scope == EventScope.PUBLIC:
        spaces.raise_generation(place_id=event.space_id)


def _tell_of_council(event, person, now):
    """Whoever was told that it is convened."""
    council = Council.objects.filter(event=event).select_related("school", "event__publication__school").first()
    if council:
        tell_school(council=council, person=person, now=now)
        tell_receivers(council=council, what="cancelled" if event.cancelled_at else "kept", now=now)


def _checked_days(first_on, last_on, begins_at, ends_at, earliest):
    last_on = last_on or first_on
    if first_on < earliest:
        raise Conflict(PAST_DAY, "first_on")
    if last_on < first_on:
        raise Conflict(BACKWARDS, "last_on")
    if last_on > earliest + FURTHEST:
        raise Conflict(TOO_FAR, "last_on" if last_on > first_on else "first_on")
    if ends_at and not begins_at:
        raise Conflict(NO_BEGINNING, "begins_at")
    if ends_at and first_on == last_on and ends_at <= begins_at:
        raise Conflict(HOURS_BACKWARDS, "ends_at")
    return {"first_on": first_on, "last_on": last_on, "begins_at": begins_at, "ends_at": ends_at}


def _record(person, verb, event, now, fields=()):
    record(person_id=person.pk, verb=verb, subject=event, now=now, place_id=event.space_id, fields=list(fields))
