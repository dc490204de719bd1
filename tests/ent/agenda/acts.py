"""Events of the small world, for the tests of this room and those that look at its pages."""

import datetime

from django.utils.timezone import now

from preau.ent.agenda import actions
from tests.world import TODAY

SOON = TODAY + datetime.timedelta(days=3)


def place_of(world, name):
    known = {"site": world.afterschools["tilleuls"]} | world.classrooms | world.groups | world.cities | world.schools
    return known[name]


def add(world, who="teacher", place="cpb", **more):
    """An event of the CP B, in three days, told by its teacher."""
    said = {"scope": "all", "title": "Sortie au musée", "first_on": SOON, "now": now()} | more
    return actions.add_event(person=world.people[who], place=place_of(world, place), **said)
