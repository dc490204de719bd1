"""The Wi-Fi lessons that `bulk` makes: as a teacher could have put them on, and their years as the acts would have."""

import datetime
from itertools import pairwise

import pytest
from django.utils.timezone import localdate, localtime

from preau.demo import bulk
from preau.demo.rows.school import Bulk, Identifiers, SchoolRows
from preau.demo.rows.wifi import STORY, room_rows, window_rows
from preau.kit.dates import school_year_label
from preau.plan.wifi.models import WifiWindow, WifiYear
from preau.plan.wifi.queries import day_end
from tests.plan.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def lessons(world):
    """lessons(numbers): those of a school, written on what it has."""
    school, shared = world.schools["tilleuls"], Bulk(TODAY, NOW, Identifiers(()), TODAY, "!")
    made = SchoolRows(school)
    room = room_rows(made, shared)
    bulk._insert(made)

    def write(numbers):
        made, years = SchoolRows(school), {year.school_year: year for year in WifiYear.objects.all()}
        window_rows(made, room.pk, numbers, years, shared, world.people["head"].pk)
        bulk._insert(made)

    return write


def test_a_year_of_lessons_is_what_its_windows_add_up_to(lessons):
    for numbers in (range(12), range(12, 12), range(12, 120)):
        lessons(numbers)
        found = {}
        for window in WifiWindow.objects.all():
            label = school_year_label(localdate(window.opened_at))
            number, length = found.get(label, (0, datetime.timedelta()))
            found[label] = (number + 1, length + window.length)
        kept = {year.school_year: (year.windows_count, year.length) for year in WifiYear.objects.all()}
        assert kept == found and sum(number for number, _ in kept.values()) == numbers.stop


def test_lessons_never_meet_nor_fall_on_a_day_without_class(lessons):
    lessons(range(120))
    windows = list(WifiWindow.objects.order_by("opened_at"))
    assert len(windows) == 120 and {window.ending for window in windows} == {"hand", "time"}
    assert all(first.ends_at <= then.opened_at for first, then in pairwise(windows))
    for window in windows:
        assert localtime(window.opened_at).isoweekday() in (1, 2, 4, 5) and window.ends_at < day_end(window.opened_at)
        assert localdate(window.opened_at) <= TODAY - STORY
