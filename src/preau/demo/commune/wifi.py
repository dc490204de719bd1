"""Wi-Fi of the last weeks: put on for a lesson, off by hand or at its end (plan.md W8)."""

from preau.demo.commune.calendar import at, days
from preau.places.models import Room
from preau.plan.wifi import actions
from preau.plan.wifi.models import Activity

SCHOOLS = ("La Marelle", "Les Billes", "Les Osselets", "Les Dominos", "Le Yoyo")
WEEKS = 3
LESSON_DAYS = (0, 1, 3)  # Monday, Tuesday, Thursday


def stories(scene):
    """A few schools, a lesson or two a day."""
    for rank, name in enumerate(SCHOOLS):
        yield _lessons(scene, name, rank)


def _lessons(scene, name, rank):
    rooms = []
    monday = scene.today - days(scene.today.weekday() + 7 * WEEKS)
    activities = list(Activity)
    lesson = 0
    for week in range(WEEKS):
        for weekday in LESSON_DAYS:
            lesson += 1
            now = yield at(monday + days(7 * week + weekday), 20 * rank + 60)
            rooms = rooms or list(
                Room.objects.filter(building__school=scene.schools[name], kind=Room.Kind.CLASSROOM).order_by("id")
            )
            window = actions.open_window(
                person=scene.heads[name], room=rooms[lesson % len(rooms)], minutes=45, now=now,
                activity=activities[(lesson + rank) % len(activities)],
            )  # fmt: skip
            if lesson % 3 == 0:
                now = yield at(monday + days(7 * week + weekday), 20 * rank + 95)
                actions.close_window(person=scene.heads[name], window=window, now=now)
            else:
                now = yield at(monday + days(7 * week + weekday), 20 * rank + 106)
                actions.close_due(now=now)
