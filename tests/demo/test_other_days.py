"""The demo is played on whatever day one tries Préau: days off, ends of year and holidays move its stories."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone

from preau.demo import cast, play, stage
from preau.places.models import School
from preau.plan.equipment.queries import situation_of

PARIS = ZoneInfo("Europe/Paris")
DAYS = 366


def assert_told_on(day, time_machine):
    """The acts that follow the calendar, at an hour of that day; nothing stays."""
    hour = day.toordinal() * 7 % 24
    time_machine.move_to(datetime.datetime(day.year, day.month, day.day, hour, 17, tzinfo=PARIS))
    with transaction.atomic():
        told = stage.Stage(now=timezone.now(), today=timezone.localdate())
        for _, scenes in play.ACTS[:2]:
            for scene in scenes:
                scene(told)
        plan = situation_of(School.objects.filter(city__slug=cast.COMMUNE), told.today)
        assert (len(plan.equipped), plan.classes, plan.paid.only) == (23, 161, 167_700_000), told.today
        transaction.set_rollback(True)


@pytest.mark.long
@pytest.mark.once  # the calendar is the same on any base; on PostgreSQL the demo is told as of today
def test_the_six_years_are_told_on_another_day(db, day, time_machine):
    """One of the year to come, another each day one tests."""
    drawn = day + datetime.timedelta(days=day.toordinal() * 97 % DAYS)
    print(f"told on {drawn}: --day {day} tells it again")
    assert_told_on(drawn, time_machine)


@pytest.mark.corpora
def test_the_six_years_are_told_each_week_of_a_year(db, day, time_machine):
    for number in range(0, DAYS, 7):
        assert_told_on(day + datetime.timedelta(days=number + number // 7 % 7), time_machine)


@pytest.mark.corpora
@pytest.mark.parametrize("day", ["2027-09-01", "2027-09-03", "2027-09-06", "2027-01-01", "2027-07-20"])
def test_the_whole_demo_is_played_on_a_day_without_class_behind_it(db, day, time_machine):
    time_machine.move_to(datetime.datetime.fromisoformat(f"{day}T09:30:00").replace(tzinfo=PARIS))
    with transaction.atomic():
        play.play_named_world(now=timezone.now(), say=lambda words: None)
        transaction.set_rollback(True)
