"""Days that tests of the plan speak of."""

import datetime

from preau.places.queries import break_on


def next_monday(day):
    """The Monday after `day`."""
    return day + datetime.timedelta(days=7 - day.weekday())


def next_school_monday(day):
    """The first Monday after `day` of two weeks with class every day, as was the Friday before (zone A)."""
    monday = next_monday(day)
    while any(break_on("A", monday + datetime.timedelta(days=n)) for n in range(-3, 13)):
        monday += datetime.timedelta(days=7)
    return monday
