"""Wi-Fi lessons of made-up schools in bulk, and the year they make (tests compare both with what the actions leave)."""

import datetime
from functools import cache
from itertools import count, islice

from django.utils import timezone

from preau.demo.commune.calendar import HOLIDAYS
from preau.kit.dates import school_year_label
from preau.places.models import Building, Room
from preau.plan.premises.models import CouncilNotice
from preau.plan.wifi.models import Activity, Ending, WifiWindow, WifiYear

HOURS = (9, 10, 14, 15)  # of a day: no lesson meets the next
LESSON, CUT_SHORT = datetime.timedelta(minutes=45), datetime.timedelta(minutes=35)
A_YEAR = datetime.timedelta(days=365)  # before every lesson
STORY = datetime.timedelta(days=28)  # the last weeks are told by the commune's own story
ACTIVITIES = list(Activity)


def room_rows(made, bulk) -> Room:
    """A classroom for a school that has none, whose conseil d'école was told of the Wi-Fi."""
    building = made.add(Building(school=made.school, name="Bâtiment principal"))
    room = made.add(Room(building=building, name="Salle 1", kind=Room.Kind.CLASSROOM, has_power=True))
    notice = made.add(
        CouncilNotice(
            school=made.school,
            subject=CouncilNotice.Subject.WIFI,
            held_on=bulk.today - A_YEAR,
            reference="Procès-verbal fictif",
        )
    )
    for verb, row in (("building_added", building), ("room_added", room), ("council_notice_recorded", notice)):
        made.trace(bulk, verb, row, place=made.school)
    return room


def window_rows(made, room_id, numbers, years, bulk, head_id):
    """Lessons of a room, numbered from the last one back, one in three cut short. `years` are those the school has,
    {school year: WifiYear}: they are added to."""
    for number in numbers:
        day = _days(bulk.today, number // len(HOURS))
        opened_at = timezone.make_aware(datetime.datetime.combine(day, datetime.time(HOURS[number % len(HOURS)])))
        length, ending = (CUT_SHORT, Ending.HAND) if number % 3 == 0 else (LESSON, Ending.TIME)
        window = made.add(
            WifiWindow(
                city_id=made.school.city_id,
                school=made.school,
                room_id=room_id,
                opened_by_id=head_id,
                activity=ACTIVITIES[number % len(ACTIVITIES)],
                opened_at=opened_at,
                ends_at=opened_at + LESSON,
                ended_at=opened_at + length,
                ending=ending,
            )
        )
        made.trace(bulk, "wifi_put_on", window, place=made.school, actor_id=head_id, at=opened_at)
        made.trace(
            bulk,
            "wifi_put_off",
            window,
            place=made.school,
            actor_id=head_id if ending == Ending.HAND else None,
            at=window.ended_at,
            fields=["ended_at", "ending"],
        )
        _count(made, years, school_year_label(day), length)


def _count(made, years, label, length):
    if label not in years:
        years[label] = made.add(WifiYear(city_id=made.school.city_id, school=made.school, school_year=label))
    elif years[label] not in made.rows.get(WifiYear, ()):
        made.changed[years[label]] = ["windows_count", "length"]
    years[label].windows_count += 1
    years[label].length += length


@cache
def _days(today, index) -> datetime.date:
    """The `index`-th day with lessons before the story's."""
    back = (today - STORY - datetime.timedelta(days=n) for n in count())
    taught = (day for day in back if day.isoweekday() not in (3, 6, 7) and (day.month, day.day) not in HOLIDAYS)
    return next(islice(taught, index, None))
