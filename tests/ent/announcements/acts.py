"""Announcements sent in the small world, for the tests of this room and those that look at its pages."""

import datetime

from django.urls import reverse
from django.utils.timezone import now

from preau.ent.announcements import actions, queries
from preau.ent.announcements.models import Announcement
from tests.world import TODAY

MINUTE = datetime.timedelta(seconds=60)
SAID = {"title": "Pas de cantine jeudi", "text": "Donnez un pique-nique.", "level": "sign", "readers": "families"}
CANTEEN = {"service": "canteen"}
PLACES = {"city_education": ("cities", "marelle"), "ien": ("districts", "north"), "dsden": ("departments", "vienne")}


def write(world, who="city_education", schools=(), *, by=None, **more):
    """A draft of the city for all its schools, or these; `by`: another person of that service."""
    kind, name = PLACES[who]
    place = getattr(world, kind)[name]
    said = SAID | ({"readers": "teams"} if who != "city_education" else {}) | more
    named = [world.schools[school] for school in schools]
    return actions.write_announcement(person=world.people[by or who], place=place, schools=named, now=now(), **said)


def confirm(world, announcement, by="city_education", at=None):
    told = queries.told_by(announcement, TODAY).low or 1
    return actions.confirm_sending(
        person=world.people[by], announcement=announcement, told_count=told, has_shown_factor=True, now=at or now()
    )


def send(world, who="city_education", schools=(), *, by=None, **more):
    """Written, confirmed, and left a minute later: at the present instant."""
    return gone(world, write(world, who, schools, by=by, **more), by or who)


def gone(world, announcement, by="city_education"):
    confirm(world, announcement, by, at=now() - MINUTE)
    assert actions.publish_due(now=now()) == 1
    return Announcement.objects.get(pk=announcement.pk)


def told(world, announcement):
    """Names of those who are expected to read it."""
    found = {person.pk: name for name, person in world.people.items()}
    rows = announcement.publication.notice.expected.values_list("person", flat=True)
    return {found[person] for person in rows}


def shown(world, client, who, name, announcement):
    """What a page of it answers to that actor."""
    return world.sign_in(client, who).get(reverse(f"announcements:{name}", args=[announcement.pk]))
