"""What a pupil in without account has to do at home, and what the session gives them."""

import datetime

from django.db.models import QuerySet

from preau.ent.homework import queries as homework
from preau.ent.homework import rules as homework_rules
from preau.ent.homework.models import DueDay
from preau.people.models import Person
from preau.spaces import audiences

AHEAD = datetime.timedelta(days=4)  # Friday tells Monday


def due_days(pupil: Person, today: datetime.date) -> QuerySet[DueDay]:
    """Of today and of the next days, not cancelled."""
    days = homework_rules.due_days_visible_to(pupil, today)
    return days.filter(day__gte=today, day__lte=today + AHEAD, cancelled_at=None)


def days_to_do(pupil: Person, today: datetime.date) -> list[homework.Day]:
    """Tomorrow, or the next day that has something, first; then today."""
    memberships = audiences.memberships_of(pupil, today)
    done = homework_rules.done_visible_to(pupil, today)
    found: dict[datetime.date, homework.Day] = {}
    for work in homework.works_of(due_days(pupil, today), pupil, memberships, done):
        day = work.due_day.day
        if day not in found:
            tomorrow = day == today + datetime.timedelta(days=1)
            found[day] = homework.Day(day, is_today=day == today, is_tomorrow=tomorrow)
        found[day].works.append(work)
    to_come = sorted(day for day in found if day > today)[:1]
    return [found[day] for day in (*to_come, *([today] if today in found else []))]
