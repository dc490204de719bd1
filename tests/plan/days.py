"""Days that tests of the plan speak of."""

import datetime

from django.db.models import Value
from django.db.models.functions import Least

from preau.places.queries import Calendar, break_on


def morning(day):
    """An instant of that day whatever the hour these tests run, on both sides of a change of hour."""
    return datetime.datetime.combine(day, datetime.time(8), datetime.UTC)


def due_on(opinions, day):
    """These opinions are due that day: asked that morning where they were asked later, as the base wants."""
    opinions.update(due_on=day, asked_at=Least("asked_at", Value(morning(day))))


def next_monday(day):
    """The Monday after `day`."""
    return day + datetime.timedelta(days=7 - day.weekday())


def next_school_monday(day):
    """The first Monday after `day` of two weeks with class every day, as was the Friday before (zone A)."""
    monday = next_monday(day)
    while any(break_on(Calendar("A"), monday + datetime.timedelta(days=n)) for n in range(-3, 13)):
        monday += datetime.timedelta(days=7)
    return monday
