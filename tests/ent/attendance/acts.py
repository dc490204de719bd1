"""Absences told and appels made in the small world, on the day of the run, which `conftest` makes one of class."""

import datetime
from unittest.mock import patch
from zoneinfo import ZoneInfo

from preau.ent.attendance import actions
from preau.ent.attendance.models import Half, Missing
from preau.ent.sites.models import SchoolSite
from tests.world import TODAY

PARIS = ZoneInfo("Europe/Paris")
ONE = datetime.timedelta(days=1)
HOURS = (("morning", "from", 9), ("morning", "to", 12), ("afternoon", "from", 14), ("afternoon", "to", 16))
LAST = TODAY if TODAY.day > 1 else TODAY - ONE  # it and the day before are of one month


def at(hour, minute=0, day=TODAY):
    return datetime.datetime.combine(day, datetime.time(hour, minute), PARIS)


def tell(world, who="guardian", child="child_adam", *, day=TODAY, until=None, now=None, **more):
    return actions.tell_absence(
        person=world.people[who],
        child=world.people[child],
        starts_on=day,
        ends_on=until or day,
        now=now or at(7, 30),
        **more,
    )


def call(world, *absent, who="teacher", room="cpb", late=(), day=TODAY, half=Half.MORNING, version=0, now=None):
    """An appel at its hour; those absent or late by their names in the world."""
    return actions.take_roll(
        person=world.people[who],
        classroom=world.classrooms[room],
        day=day,
        half=half,
        absent=[world.people[name].pk for name in absent],
        late=[world.people[name].pk for name in late],
        version=version,
        has_wednesday=False,
        now=now or at(8 if half == Half.MORNING else 14, 40, day),
    )


def call_any_day(world, *absent, **more):
    """The same where the calendar is asked: on a Sunday or in August too."""
    with patch("preau.ent.attendance.days.halves_on", lambda school, day, has_wednesday: tuple(Half)):
        return call(world, *absent, **more)


def four_missed(world, child="child_adam", room="cpb"):
    """Four half-days of one month without a reason; returns the pupil."""
    for day in (LAST - ONE, LAST):
        for half in Half:
            call_any_day(world, child, room=room, who="head", day=day, half=half, now=at(15, day=day))
    return world.people[child]


def open_on_wednesdays(world, school="tilleuls"):
    """As its head publishes it."""
    hours = {f"{half}_{end}": datetime.time(hour) for half, end, hour in HOURS}
    SchoolSite.objects.create(school=world.schools[school], days=SchoolSite.Days.FOUR_AND_HALF, **hours)


def missing(world, child="child_adam"):
    return Missing.objects.get(pupil=world.people[child], withdrawn_at=None)


def missing_on(world, day, child="child_lina"):
    return Missing.objects.get(pupil=world.people[child], roll_call__day=day, roll_call__half=Half.MORNING)


def a_class_day():
    """The last one before the day of the run, in a week without holidays: what a head still puts right."""
    return next(day for day in (TODAY - back * ONE for back in range(1, 9)) if day.weekday() in (0, 1, 3, 4))
