"""On for a room, an activity, a time; off by hand, at its end, at the day's end (AC-21; plan.md W8)."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from preau.journal.models import Entry
from preau.kit.answers import Conflict, Refused
from preau.places.models import Building, Room
from preau.plan.inventory import actions as inventory
from preau.plan.premises import actions as premises
from preau.plan.wifi import actions, queries, rules
from preau.plan.wifi.models import Ending, WifiWindow
from tests.plan.wifi.conftest import TEN, at
from tests.world import TODAY


def test_ac_21_it_is_off_until_a_teacher_puts_it_on(scene):
    assert not queries.on_now(WifiWindow.objects.all(), TEN).exists()
    window = scene.open()
    assert list(queries.on_now(WifiWindow.objects.all(), TEN)) == [window]
    assert window.ends_at == at(10, 45) and window.opened_by == scene.teacher


@pytest.mark.parametrize("actor", [None, "aesh", "guardian", "city_it", "teacher_other_school", "ien", "pupil_cm2"])
def test_ac_21_a_window_without_a_teacher_of_the_school_is_refused(scene, actor):
    person = scene.world.people[actor] if actor else None
    with pytest.raises(Refused):
        actions.open_window(person=person, room=scene.room, activity="search", minutes=45, now=TEN)
    assert not WifiWindow.objects.exists()


def test_ac_21_a_window_without_a_room_is_refused(scene):
    with pytest.raises(IntegrityError), transaction.atomic():
        WifiWindow.objects.create(
            city=scene.school.city, school=scene.school, room=None, activity="search", opened_at=TEN, ends_at=at(11)
        )


def test_ac_21_nothing_goes_on_before_the_council_was_told(untold):
    with pytest.raises(Refused, match="conseil d’école"):
        untold.open()


@pytest.mark.parametrize("kind, why", [("under_threes", "moins de trois ans"), ("secured_store", "ce local")])
def test_no_wifi_where_children_under_three_are_nor_in_a_store(scene, kind, why):
    Room.objects.filter(pk=scene.room.pk).update(kind=kind)
    with pytest.raises(Conflict, match=why):
        scene.open()


def test_one_window_at_a_time_in_a_room(scene):
    scene.open()
    with pytest.raises(Conflict, match="déjà allumé"):
        scene.open(now=at(10, 30))
    scene.open(scene.other_room, now=at(10, 30))
    scene.open(now=at(10, 45))  # the first is over, whether or not the worker wrote it
    assert WifiWindow.objects.get(room=scene.room, opened_at=TEN).ended_at == at(10, 45)


def test_the_base_itself_refuses_two_windows_in_a_room(scene):
    window = scene.open()
    window.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        WifiWindow.objects.bulk_create(
            [
                WifiWindow(
                    **{
                        name: getattr(window, name)
                        for name in ("city", "school", "room", "activity", "opened_at", "ends_at")
                    }
                )
            ]
        )


def test_the_base_itself_refuses_a_window_of_more_than_three_hours(scene):
    window = scene.open(now=at(9), minutes=180)
    with pytest.raises(Conflict, match="3 heures au plus"):
        scene.open(scene.other_room, now=at(9), minutes=181)
    longer = WifiWindow.objects.filter(pk=window.pk)
    with pytest.raises(IntegrityError, match="three_hours_at_most"), transaction.atomic():
        longer.update(ends_at=at(12, 1))
    longer.update(ends_at=at(12), opened_at=at(9) + datetime.timedelta(microseconds=1))


def test_one_access_point_serves_one_room(scene):
    scene.open(point=scene.carried)
    with pytest.raises(Conflict, match="allumée ailleurs"):
        scene.open(scene.other_room, point=scene.carried)


def test_off_by_hand_by_any_adult_of_the_school(scene):
    window = scene.open()
    with pytest.raises(Refused):
        actions.close_window(person=scene.world.people["teacher_other_school"], window=window, now=at(10, 10))
    actions.close_window(person=scene.world.people["aesh"], window=window, now=at(10, 10))
    window.refresh_from_db()
    assert (window.ended_at, window.ending) == (at(10, 10), Ending.HAND)
    actions.close_window(person=scene.teacher, window=window, now=at(10, 20))
    window.refresh_from_db()
    assert window.ended_at == at(10, 10)


def test_ac_21_off_at_its_end_then_at_the_days_end_and_logged(scene):
    short, late = scene.open(), scene.open(scene.other_room, now=at(17, 30), minutes=90)
    assert late.ends_at == at(18)
    assert actions.close_due(now=at(23)) == 2
    assert actions.close_due(now=at(23)) == 0
    for window, end, why in ((short, at(10, 45), Ending.TIME), (late, at(18), Ending.DAY)):
        window.refresh_from_db()
        assert (window.ended_at, window.ending) == (end, why)
        assert Entry.objects.filter(object_id=window.pk, verb="wifi_put_off").exists()


@pytest.mark.parametrize(
    "hour, minutes, why",
    [
        (18, 30, "journée est finie"),
        (3, 30, "n’a pas commencé.*avant 7\u00a0h"),
        (6, 30, "n’a pas commencé"),
        (9, 181, "3 heures au plus"),
        (9, 0, "au plus"),
    ],
)
def test_what_cannot_be_put_on_says_why(scene, hour, minutes, why):
    with pytest.raises(Conflict, match=why):
        scene.open(now=at(hour), minutes=minutes)


def test_the_rooms_own_access_point_is_taken_unless_one_is_brought(scene):
    assert scene.open(scene.other_room).point == scene.fixed
    assert scene.open(scene.room).point is None


def test_a_year_later_the_register_says_no_name(scene):
    window = scene.open()
    actions.close_due(now=at(11))
    assert actions.forget_openers(now=TEN + datetime.timedelta(days=364)) == 0
    assert actions.forget_openers(now=TEN + datetime.timedelta(days=365)) == 1
    window.refresh_from_db()
    assert window.opened_by is None and window.ended_at == at(10, 45)


def test_hours_of_a_school_are_counted_once(scene):
    scene.open(minutes=30)
    actions.close_due(now=at(11))
    scene.open(now=at(11), minutes=60)
    (line,) = queries.wifi_of([scene.school], at(11, 30))
    assert (line.windows_count, line.minutes, line.measured_minutes, line.on_count) == (1, 30, 0, 1)


@pytest.mark.parametrize("is_late", [False, True])
def test_a_window_confirmed_before_or_after_its_end_counts_once_as_measured(scene, is_late):
    window = scene.open(now=at(9, 30), point=scene.carried)

    def tell(state, minutes):
        report = actions.Report(scene.carried.tag, state, at(9, minutes))
        actions.receive_reports(city=scene.school.city, reports=[report], now=at(9, 55))

    if not is_late:
        tell("on", 31)
    actions.close_window(person=scene.teacher, window=window, now=at(9, 50))
    for state, minutes in (("on", 31), ("off", 35), ("on", 40)):
        tell(state, minutes)
    (line,) = queries.wifi_of([scene.school], TEN)
    assert (line.windows_count, line.minutes, line.measured_minutes) == (1, 20, 20)


def test_a_school_year_counts_what_was_put_on_in_it(scene):
    scene.open(minutes=30)
    actions.close_due(now=at(11))
    (line,) = queries.wifi_of([scene.school], TEN + datetime.timedelta(days=365))
    assert (line.windows_count, line.minutes) == (0, 0)


def test_who_put_it_on_is_read_by_the_school_alone(scene):
    people = scene.world.people
    team = {"head", "teacher", "teacher_other_class", "supply", "aesh", "atsem", "suspended"}
    assert {name for name in people if rules.reads_openers(people[name], scene.school, TODAY)} == team


def test_on_a_saturday_a_class_may_be_there(scene):
    """Some schools have class that day: no day is refused, its hours are."""
    saturday = TEN + datetime.timedelta(days=(5 - TEN.weekday()) % 7)
    assert scene.open(now=saturday).ends_at == saturday + datetime.timedelta(minutes=45)
    with pytest.raises(Conflict, match="n’a pas commencé"):
        scene.open(scene.other_room, now=saturday.replace(hour=3))


def test_an_access_point_on_at_night_is_kept_as_measured_and_wanted_off(scene):
    report = actions.Report(scene.fixed.tag, "on", at(3))
    (wanted,), unknown = actions.receive_reports(city=scene.school.city, reports=[report], now=at(3, 1))
    assert (wanted.state, unknown) == ("off", [])
    assert queries.on_outside(scene.school, at(0), 50)[0].at == at(3)
    assert not WifiWindow.objects.exists()


def test_a_cart_that_is_lent_brings_its_access_point_to_the_lessons_of_who_borrows_it(scene):
    """And to none of the school that lent it; its controller is told to keep it on meanwhile."""
    saules = scene.world.schools["saules"]
    room = Room.objects.create(building=Building.objects.create(school=saules, name="Bâtiment B"), name="Salle 9")
    premises.record_notice(person=None, school=saules, subject="wifi", held_on=TODAY, now=TEN)
    inventory.lend_asset(person=None, asset=scene.carried.cart, school=saules, now=TEN)
    with pytest.raises(Conflict, match="pas en service dans l’école"):
        scene.open(point=scene.carried)
    assert scene.carried not in [line.point for line in queries.points_of(scene.school)]
    (line,) = queries.points_of(saules)
    assert (line.point, line.place) == (scene.carried, f"Classe mobile, en prêt ({scene.school.name})")
    window = scene.open(room, point=scene.carried, person=scene.world.people["teacher_other_school"])
    report = actions.Report(scene.carried.tag, "on", TEN)
    (wanted,), _ = actions.receive_reports(city=saules.city, reports=[report], now=TEN)
    assert (wanted.until, window.school) == (window.ends_at, saules)
