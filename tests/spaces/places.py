"""Audiences of the world and the way tests publish in them."""

import datetime

from django.utils import timezone

from preau.spaces import actions, audiences, rules

NOW = timezone.now()


def every_audience(world):
    """Name → key, for each space of the world."""
    found = {}
    for kind, shelf in (
        (audiences.CLASS, world.classrooms), (audiences.SCHOOL, world.schools), (audiences.STAFF, world.schools),
        (audiences.GROUP, world.groups), (audiences.CITY, world.cities),
    ):  # fmt: skip
        found.update({f"{kind} {name}": audiences.key(kind, place) for name, place in shelf.items()})
    return found


def place_of(world, audience):
    kind, place_id = audiences.split(audience)
    shelves = (world.classrooms, world.schools, world.groups, world.cities)
    return next(place for shelf in shelves for place in shelf.values() if place.pk == place_id)


def publish_to(world, audience, *, author="head", days_ago=0, more=()):
    """A bare publication reaching this audience, published so many days ago."""
    now = NOW - datetime.timedelta(days=days_ago)
    person = world.people[author]
    draft = actions.open_draft(person=person, place=place_of(world, audience), kind="test", now=now)
    return actions.publish(person=person, publication=draft, reached=[audience, *more], now=now)


def sees(person, publication, today) -> bool:
    """Whether one publication is in the person's visible set."""
    return rules.publications_visible_to(person, today).filter(pk=publication.pk).exists()
