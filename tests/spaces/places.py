"""Audiences of the world and the way tests publish in them."""

import datetime

from django.utils import timezone

from preau.spaces import actions, audiences, rules

NOW = timezone.now()


def every_place(world):
    """Each space of the world."""
    near = (world.classrooms, world.groups, world.afterschools, world.schools)
    shelves = (*near, world.cities, world.districts, world.departments)
    return [place for shelf in shelves for place in shelf.values()]


def every_audience(world):
    """Each audience of each space, and each child's own, with the place where one writes to it."""
    found = [(place, audience) for place in every_place(world) for audience in audiences.keys(place)]
    children = [person for name, person in world.people.items() if name.startswith("child_")]
    own = [audiences.child_key(child, one) for child in children for one in ("families", "pupils")]
    return found + [(world.classrooms["cpb"], audience) for audience in own]


def publish_to(world, place, *, reached=None, author="head", days_ago=0, more=()):
    """A bare publication in this place, for all its people or the audiences `reached`, so many days ago."""
    now = NOW - datetime.timedelta(days=days_ago)
    person = world.people[author]
    draft = actions.open_draft(person=person, place=place, kind="test", now=now)
    reached = audiences.keys(place) if reached is None else reached
    return actions.publish(person=person, publication=draft, reached=[*reached, *more], now=now)


def sees(person, publication, today) -> bool:
    """Whether one publication is in the person's visible set."""
    return rules.publications_visible_to(person, today).filter(pk=publication.pk).exists()
