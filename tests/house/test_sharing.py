"""How the run is shared between processes, and what it must have proved at its end."""

import datetime
from collections import Counter

import pytest
from django.utils import timezone

from tests import clock, sharing, tally
from tests.house.source import ROOT

MATRIX = f"{sharing.MATRIX}::test_each_address_answers_each_actor_as_written"


def test_what_is_made_once_for_several_tests_stays_in_one_process():
    for one, other in (
        ("tests/demo/played/test_world.py::test_one", "tests/demo/played/test_commune.py::test_other"),
        ("tests/people/test_door.py::test_one", "tests/people/test_door.py::test_other[x]"),
        (f"{MATRIX}[GET home]", f"{sharing.MATRIX}::test_axe_reads_each_page_once_per_audience"),
    ):
        assert sharing.part_of(one) == sharing.part_of(other)


def test_the_longest_files_are_shared():
    look = "tests/look/test_every_page.py::test_each_page_is_accessible"
    assert sharing.part_of(f"{look}[chromium-posts]") != sharing.part_of(f"{look}[chromium-web]")
    stopped = "tests/web/test_standing_up.py::test"
    assert sharing.part_of(f"{stopped}_sqlite_is_held") != sharing.part_of(f"{stopped}_postgresql_is_stopped")
    assert sharing.part_of(f"{MATRIX}[GET home]") != sharing.part_of(f"{MATRIX}[POST home]")
    assert sharing.part_of(f"{MATRIX}[GET home]", halve=False) == sharing.part_of(f"{MATRIX}[POST home]", halve=False)


@pytest.mark.parametrize("name", [*sharing.APART, *sharing.TOGETHER, sharing.MATRIX])
def test_what_is_shared_by_name_is_there(name):
    assert (ROOT / name).exists()


def test_a_run_that_proves_less_says_what_is_missing(monkeypatch):
    monkeypatch.setattr(tally, "COUNTS", Counter(tally.FLOORS["all"]))
    assert tally.missing("all") == tally.missing(None) == []
    tally.count(tally.MUTANTS, -1)
    (line,) = tally.missing("all")
    assert line.startswith(f"{tally.FLOORS['all'][tally.MUTANTS] - 1} mutants caught")


def test_processes_add_what_they_counted_but_collect_the_same_tests(monkeypatch):
    monkeypatch.setattr(tally, "COUNTS", Counter())
    for checks in (10, 5):
        tally.join({tally.COLLECTED: 100, tally.CHECKS: checks})
    assert tally.told().startswith("100 tests collected · 15 route × actor checks")


def test_what_asks_no_base_is_known_by_what_it_is_given(request):
    assert not sharing.is_for_both_bases(request.node)


def test_what_is_given_the_base_is_played_on_both(request, world):
    assert sharing.is_for_both_bases(request.node)


def test_a_run_begun_just_before_midnight_ends_on_its_day(time_machine):
    time_machine.move_to("2026-11-29 22:59:50+00:00")
    held = clock.hold_the_day()
    day = timezone.localtime() + datetime.timedelta(hours=3)
    held.stop()
    assert day.date() == datetime.date(2026, 11, 29)


def test_by_day_a_run_has_the_hour_that_it_is(time_machine):
    time_machine.move_to("2026-11-29 08:00:00+00:00")
    assert clock.hold_the_day() is None
