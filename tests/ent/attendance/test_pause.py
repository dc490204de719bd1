"""The page of the appel on a day without class: what is told for the days to come, and the last appels."""

import datetime
from types import SimpleNamespace

import pytest
from django.urls import reverse

from preau.ent.attendance import days
from preau.ent.attendance.days import halves_on
from preau.ent.attendance.models import Half
from preau.ent.sites.queries import read_wednesdays
from preau.schools.models import Guardianship
from preau.web.days_off import asks_wednesday, pause_of
from preau.web.faces import faces_of
from preau.web.views.waiting import TEAM_WAITING
from tests.ent.attendance.acts import ONE, at, call, open_on_wednesdays, tell
from tests.ent.attendance.test_roll import url_of
from tests.world import TODAY

pytestmark = pytest.mark.django_db
THURSDAY = datetime.date(2026, 11, 26)
ARMISTICE = datetime.date(2025, 11, 11)  # a Tuesday
AFTER, BEFORE = TODAY + ONE, TODAY - ONE


@pytest.fixture
def no_class_today(monkeypatch):
    monkeypatch.setattr(
        "preau.ent.attendance.days.halves_on",
        lambda school, day, has_wednesday: () if day == TODAY else tuple(Half),
    )


def test_without_class_today_the_page_says_who_is_told_absent_next(world, client, no_class_today):
    tell(world, reason="illness", day=AFTER)
    tell(world, "guardian_coparent", day=AFTER)  # the same days, told by the other parent
    answer = world.sign_in(client, "teacher").get(url_of(world))
    page = answer.content.decode()
    assert "Pas d’appel" in page.replace("\n    ", " ") and "Prochain appel" in page and "Appel fait" not in page
    assert "1\xa0absence déjà annoncée" in page and page.count("Enfant malade, dit par la famille") == 1
    assert f"?jour={BEFORE}&amp;demi=am" in page and f"?jour={BEFORE}&amp;demi=pm" in page


def test_the_last_appel_is_read_again_from_there(world, client, no_class_today):
    call(world, "child_adam", who="head", day=BEFORE)
    page = world.sign_in(client, "teacher").get(url_of(world, jour=BEFORE, demi="am")).content.decode()
    assert "1\xa0absent" in page and "Les absents" in page and "Prochain appel" not in page


def test_a_day_of_class_says_nothing_of_it(world, client):
    page = world.sign_in(client, "teacher").get(url_of(world)).content.decode()
    assert "Prochain appel" not in page and "Appel fait" in page


def test_a_reason_about_ones_own_child_stays_with_who_gave_it(world, client, no_class_today):
    tell(world, reason="illness", day=AFTER)
    teacher, adam = world.people["teacher"], world.people["child_adam"]
    Guardianship.objects.create(guardian=teacher, child=adam, starts_on=BEFORE, authority=Guardianship.Authority.YES)
    page = world.sign_in(client, "teacher").get(url_of(world)).content.decode()
    assert "1\xa0absence déjà annoncée" in page and ">dit par la famille<" in page and "malade" not in page


def test_on_a_day_without_class_the_page_says_its_title_once(world, client, no_class_today, monkeypatch):
    page = world.sign_in(client, "teacher").get(url_of(world)).text
    assert "Il n’y a pas classe" not in page and "L’appel ne se fait pas" not in page
    holidays = SimpleNamespace(label="vacances de Noël")
    monkeypatch.setattr("preau.ent.attendance.views.roll.pause_on", lambda city, day: holidays)
    assert "Vacances de Noël." in client.get(url_of(world)).text


def test_the_home_says_when_the_next_appel_is_instead_of_asking_for_one(world, client, no_class_today):
    roll = reverse("attendance:classroom_roll", args=[world.classrooms["cpb"].pk])
    home = " ".join(world.sign_in(client, "teacher").get("/aujourdhui/").text.split())
    assert "Pas de classe aujourd’hui" in home and 'class="first" href="' + roll not in home and roll in home
    world.sign_in(client, "aesh")
    assert "Pas de classe" not in client.get("/aujourdhui/").text


def test_on_a_day_of_class_the_appel_stands_first(world, client):
    roll = reverse("attendance:classroom_roll", args=[world.classrooms["cpb"].pk])
    home = " ".join(world.sign_in(client, "teacher").get("/aujourdhui/").text.split())
    assert "Pas de classe" not in home and 'class="first" href="' + roll in home


@pytest.mark.parametrize(("is_open", "says"), [(True, None), (False, THURSDAY)])
def test_on_a_wednesday_the_week_of_the_school_decides(world, monkeypatch, is_open, says):
    monkeypatch.setattr(days, "halves_on", halves_on)
    face = faces_of(world.people["teacher"], TODAY)[0]
    open_there = [world.schools["tilleuls"].pk] if is_open else []
    found = pause_of(face, THURSDAY - ONE, open_there)
    assert (found and found.begins_on) == says
    assert pause_of(face, THURSDAY, []) is None


@pytest.mark.parametrize(("is_open", "says"), [(True, ARMISTICE + ONE), (False, ARMISTICE + 2 * ONE)])
def test_a_public_holiday_before_a_wednesday_tells_the_next_appel(world, monkeypatch, is_open, says):
    monkeypatch.setattr(days, "halves_on", halves_on)
    face = faces_of(world.people["teacher"], TODAY)[0]
    assert pause_of(face, ARMISTICE, [world.schools["tilleuls"].pk] if is_open else []).begins_on == says


def test_a_home_asks_which_schools_have_class_on_wednesdays_where_it_decides(world):
    open_on_wednesdays(world)
    assert asks_wednesday(ARMISTICE) and not asks_wednesday(THURSDAY - 2 * ONE)
    for day, found in ((THURSDAY - ONE, {world.schools["tilleuls"].pk}), (THURSDAY, set())):
        rows = TEAM_WAITING.rows(world.people["teacher"], day, at(9, day=day))
        assert read_wednesdays(rows)[0] == found
