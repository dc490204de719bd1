"""Whatever teachers, clocks and switches do, no two windows of a room overlap and none is on past its end."""

import contextlib
import datetime
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preau.kit.answers import Conflict
from preau.plan.wifi import actions
from preau.plan.wifi.models import PointSignal, WifiWindow, WifiYear
from preau.plan.wifi.queries import day_end, why_not_at, with_measures
from tests.plan.wifi.conftest import TEN
from tests.sharing import walks

# Many openings, close to one another: that is where two could overlap.
VERBS = ["open", "open", "open", "open", "close", "due", "on", "off"]
MOVES = st.tuples(st.sampled_from(VERBS), st.integers(0, 1), st.integers(1, 180), st.integers(-5, 25))


@pytest.mark.long
@pytest.mark.django_db
@settings(max_examples=walks(40))
@given(moves=st.lists(MOVES, min_size=5, max_size=20))
def test_windows_of_a_room_never_overlap(scene, moves):
    WifiYear.objects.all().delete()
    PointSignal.objects.all().delete()
    WifiWindow.objects.all().delete()
    now = TEN
    for verb, number, minutes, later in moves:
        now += datetime.timedelta(minutes=later)  # a clock may be put back a little
        room = (scene.room, scene.other_room)[number]
        with contextlib.suppress(Conflict):
            if verb == "open":
                scene.open(room, now=now, minutes=minutes, point=scene.carried if minutes % 2 else None)
            elif verb == "due":
                actions.close_due(now=now)
            elif verb == "close":
                for window in WifiWindow.objects.filter(room=room, ended_at=None):
                    actions.close_window(person=scene.teacher, window=window, now=now)
            else:
                report = actions.Report((scene.carried, scene.fixed)[number].tag, verb, now)
                actions.receive_reports(city=scene.school.city, reports=[report], now=now)
        check(room)
        check_year()


def check(room):
    windows = list(WifiWindow.objects.filter(room=room).order_by("opened_at", "id"))
    for window in windows:
        end = window.ended_at or window.ends_at
        assert window.opened_at <= end <= window.ends_at <= day_end(window.opened_at)
        assert not why_not_at(window.opened_at)
    for before, after in itertools.pairwise(windows):
        assert before.ended_at is not None and before.ended_at <= after.opened_at


def check_year():
    """What the acts keep is what the register adds up to."""
    ended = with_measures(WifiWindow.objects.exclude(ended_at=None))
    by_points = [window.length for window in ended if window.is_measured]
    summed = (len(ended), sum((w.length for w in ended), datetime.timedelta()), sum(by_points, datetime.timedelta()))
    kept = WifiYear.objects.values_list("windows_count", "length", "measured_length").first()
    assert (kept or (0, datetime.timedelta(), datetime.timedelta())) == summed
