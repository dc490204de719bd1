"""What the secret address of a person gives: what they may read today, and nothing of a child's or a family's name."""

import datetime
from collections.abc import Iterable

from django.utils.timezone import make_aware
from django.utils.translation import gettext

from preau.ent.agenda.models import Appointment, CalendarFeed, Event
from preau.ent.agenda.queries.events import calendar_of_spaces, coming
from preau.kit.pages import addresses
from preau.kit.rooms.calendars import Entry
from preau.kit.seals import key_digest
from preau.people.models import Person
from preau.places.queries import next_breaks
from preau.spaces import audiences

BEFORE, AFTER = datetime.timedelta(days=30), datetime.timedelta(days=400)
DAY = datetime.timedelta(days=1)


def reader_of(token: str) -> Person | None:
    """Whose address it is, as long as they may sign in and have not lost their account since they made it."""
    feeds = CalendarFeed.objects.filter(token_hash=key_digest(token), person__account__is_active=True)
    feed = feeds.select_related("person__account").first()
    return feed.person if feed and not feed.closed_at else None


def entries_for(person: Person, memberships: list[audiences.Membership], today: datetime.date) -> list[Entry]:
    """Events of the places the person is in, their own appointments, the days without class, in the language that is
    spoken; four queries at most."""
    found = coming(memberships, today, since=today - BEFORE, until=today + AFTER)
    spaces = {m.place_id for m in memberships if m.is_current(today) and not m.stop_id}
    return [
        *(_of_event(item.event) for item in found if not hasattr(item.event, "round")),
        *_of_appointments(person, spaces, today),
        *_of_breaks(calendar_of_spaces(memberships, today), today),
    ]


def _of_event(event: Event) -> Entry:
    changed_at = max(filter(None, (event.publication.published_at, event.edited_at, event.cancelled_at)))
    start, end = event.first_on, event.last_on + DAY
    if event.begins_at and (event.is_one_day or event.ends_at):
        start = make_aware(datetime.datetime.combine(event.first_on, event.begins_at))
        end = event.ends_at and make_aware(datetime.datetime.combine(event.last_on, event.ends_at))
    return Entry(
        f"{event.pk}",
        event.title,
        start,
        end,
        where=event.where,
        page=addresses.address("agenda:event_detail", event.pk),
        is_cancelled=bool(event.cancelled_at),
        version=event.version,
        changed_at=changed_at,
    )


def _of_appointments(person, spaces, today) -> Iterable[Entry]:
    """The guardian's own; for who opened them, those that families hold. Of a round that stands, in a place where one
    is today."""
    recent = Appointment.objects.filter(slot__starts_at__date__gte=today - BEFORE, round__event__cancelled_at=None)
    recent = recent.filter(round__event__space_id__in=spaces, round__event__publication__state="published")
    recent = recent.select_related("slot", "round__event__publication").order_by("slot__starts_at")
    mine = recent.filter(guardian=person)
    theirs = recent.filter(round__event__publication__author=person)
    for rows, title in ((mine, gettext("Rendez-vous avec l’école")), (theirs, "Rendez-vous avec une famille")):
        for one in rows:
            event, slot = one.round.event, one.slot
            yield Entry(
                f"{one.pk}",
                title,
                slot.starts_at,
                slot.ends_at,
                where=event.where,
                page=addresses.address("agenda:event_detail", event.pk),
                changed_at=one.taken_at,
            )


def _of_breaks(calendar, today) -> Iterable[Entry]:
    for each in next_breaks(calendar, today - BEFORE, 12):
        yield Entry(f"{calendar.zone}-{each.first}-{each.kind}", gettext(each.label), each.first, each.last + DAY)
