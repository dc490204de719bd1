"""Wi-Fi: which switch puts each access point off, and the lessons of the last weeks (plan.md W8)."""

from preau.demo.commune.calendar import at, days
from preau.places.models import Room
from preau.plan.inventory import actions as inventory
from preau.plan.inventory.models import Asset, Kind, OffSwitch, State
from preau.plan.wifi import actions
from preau.plan.wifi.models import Activity

SCHOOLS = ("La Marelle", "Les Billes", "Les Osselets", "Les Dominos", "Le Yoyo")
WEEKS = 3
LESSON_DAYS = (0, 1, 3)  # Monday, Tuesday, Thursday
NOT_SEEN = "SMULISB"  # away with its cart that day: for the next round


def stories(scene):
    """A few schools, a lesson or two a day; one round of the access points."""
    yield _switches(scene)
    for rank, name in enumerate(SCHOOLS):
        yield _lessons(scene, name, rank)


def _switches(scene):
    """The city's IT goes round the carts and says which switch puts each access point off."""
    now = yield at(scene.today - days(120))
    points = Asset.objects.filter(city=scene.city, kind=Kind.ACCESS_POINT, state=State.DEPLOYED)
    for point in points.exclude(serial=NOT_SEEN).order_by("serial"):
        inventory.declare_off_switch(person=scene.pens["it"], asset=point, off_switch=OffSwitch.CART, now=now)


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
                person=scene.heads[name],
                room=rooms[lesson % len(rooms)],
                minutes=45,
                now=now,
                activity=activities[(lesson + rank) % len(activities)],
            )
            if lesson % 3 == 0:
                now = yield at(monday + days(7 * week + weekday), 20 * rank + 95)
                actions.close_window(person=scene.heads[name], window=window, now=now)
            else:
                now = yield at(monday + days(7 * week + weekday), 20 * rank + 106)
                actions.close_due(now=now)
