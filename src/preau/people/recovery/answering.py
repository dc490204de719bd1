"""When a school reads what was asked of it: the next day of class, whoever asks."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import localtime

from preau.places.models import Department
from preau.places.queries import break_on, calendar_of

READ_UNTIL = time(16, 0)  # asked later, it is read the next day
CLASS_DAYS = (0, 1, 3, 4)  # where Wednesday has class, the answer comes sooner than said
FURTHEST = 70  # days; longer than the summer


def next_class_day(now: datetime) -> date:
    """Today while there is time, else the first day that is one of class in every academy of the base."""
    moment = localtime(now)
    calendars = {calendar_of(department) for department in Department.objects.all()}
    first = moment.date() + timedelta(days=moment.time() >= READ_UNTIL)
    for further in range(FURTHEST):
        day = first + timedelta(days=further)
        if day.weekday() in CLASS_DAYS and not any(break_on(calendar, day) for calendar in calendars):
            return day
    return first
