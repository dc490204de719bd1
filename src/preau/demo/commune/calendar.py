"""Stories told side by side, oldest act first: the journal reads like the years it tells."""

import datetime
import heapq

from django.utils import timezone

HOLIDAYS = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}  # those of a fixed day
OPENING = datetime.time(9, 0)


def working(day: datetime.date, step=1) -> datetime.date:
    """That day, or the first one worked after it; before it when `step` is -1."""
    while day.isoweekday() > 5 or (day.month, day.day) in HOLIDAYS:
        day += datetime.timedelta(days=step)
    return day


def at(day: datetime.date, minutes=0) -> datetime.datetime:
    """The morning of a working day; `minutes` put the acts of one day in order."""
    moment = datetime.datetime.combine(working(day), OPENING) + datetime.timedelta(minutes=minutes)
    return timezone.make_aware(moment)


def days(count) -> datetime.timedelta:
    return datetime.timedelta(days=count)


def tell(stories, until: datetime.datetime):
    """Plays generators together: each yields the instant of its next act, and gets it back when its turn comes.

    What comes after `until` is not told: a story stops where today finds it. Nor does a story go back: where days off
    push two of its acts to one morning, the second comes a minute after the first.
    """
    waiting = [(next(story), rank, story) for rank, story in enumerate(stories)]
    heapq.heapify(waiting)
    while waiting:
        when, rank, story = heapq.heappop(waiting)
        if when > until:
            return
        try:
            following = story.send(when)
        except StopIteration:
            continue
        heapq.heappush(waiting, (max(following, when + datetime.timedelta(minutes=1)), rank, story))
