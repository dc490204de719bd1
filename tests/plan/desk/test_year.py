"""The year of the plan: calls, opinions due, sessions and roll-outs, each for who may read it."""

import datetime
from itertools import product

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from preau.kit.dates import day_text, school_year_asked
from preau.kit.tables import read_table
from preau.places.models import City
from preau.plan.applications import actions as applications
from preau.plan.applications.models import Authority, Opinion
from preau.plan.desk.queries.year import MILESTONES, milestones_in_sight
from preau.plan.governance import actions as governance
from tests.plan.days import due_on
from tests.plan.desk.conftest import NOW, TODAY
from tests.plan.governance.conftest import stage_of

DAY = datetime.timedelta(days=1)


@pytest.fixture
def stage(world):
    return stage_of(world)


@pytest.fixture
def read(world, client):
    """read(actor, day=…) → the year's page on the school year of that day; with `status`, what refuses it"""

    def read(name, *, day=TODAY, status=200, address="desk:year", args=()):
        client.logout()
        world.sign_in(client, name)
        year = school_year_asked("", day)
        answer = client.get(reverse(address, args=args), {"annee": year})
        assert answer.status_code == status
        return answer

    return read


def planned(stage, on):
    return governance.plan_session(
        person=stage.secretary, committee=stage.copil, planned_on=on, place="Mairie", now=NOW
    )


def test_the_year_holds_calls_opinions_sessions_and_rollouts(story, stage, read):
    story.until("under_way")
    session = planned(stage, TODAY + DAY)
    page = read("dsden").text
    closes = localdate(story.call.closes_at - datetime.timedelta(seconds=1))
    for words in (
        f"{story.call.title}, Marelle",
        f"au {day_text(closes)}",
        f"Avis, {story.call.title}",
        "tous rendus",
        f"séance {session.number}, prévue",
        story.school.name,
        "Voir ces dates en tableau",
    ):
        assert words in page, words
    assert f'aria-label="le {day_text(TODAY + DAY)}\u00a0: séance' in page, "the drawing says the same in words"


def test_opinions_wait_then_are_late_then_given(story, read):
    story.until("filed")
    due_on(Opinion.objects.filter(application=story.application), TODAY + DAY)
    assert "0 rendu sur 1" in read("ien", day=TODAY + DAY).text
    due_on(Opinion.objects.filter(application=story.application), TODAY - DAY)
    late = read("ien", day=TODAY - DAY).text
    assert "0 rendu sur 1 <" in late and ">en retard</span>" in late and 'class="g-late"' in late
    due_on(Opinion.objects.filter(application=story.application), TODAY)
    story.give(story.application)
    assert "tous rendus" in read("ien").text


def test_opinions_all_given_are_drawn_on_the_day_of_the_last(story, read):
    """Drawn on their last day, those given early were « fait » on a day to come."""
    story.until("filed")
    due_on(Opinion.objects.filter(application=story.application), TODAY + DAY)
    story.give(story.application)
    drawn = [band.words for band in read("ien").context["bands"] if band.label.startswith("Avis")]
    assert [words.split(", le ")[0] for words in drawn] == [f"le {day_text(TODAY)}\u00a0: tous rendus"]


def test_a_closed_file_waits_for_no_opinion(story, read):
    story.until("filed")
    applications.withdraw(person=story.who("head"), application=story.application, now=NOW)
    assert "Avis, " not in read("ien").text


SEEN = {
    "teacher": {"call", "opinion"}, "head_other_school": {"call"}, "aesh": set(), "elected": {"session"},
    "trainer": {"call", "opinion", "session"},
}  # fmt: skip


@pytest.mark.parametrize("name, sees", SEEN.items())
def test_each_reads_what_is_theirs(story, stage, read, name, sees):
    story.until("filed")
    due_on(Opinion.objects.filter(authority=Authority.IEN), TODAY)
    planned(stage, TODAY)
    page = read(name).text
    told = {"call": f"{story.call.title}, Marelle", "opinion": "Avis, ", "session": "séance 20"}
    assert {kind for kind, words in told.items() if words in page} == sees


def test_a_state_service_reads_the_year_of_one_city_at_a_time(story, stage, world, client):
    """Eleven cities drawn at once cost eleven times one, and nobody reads them (issue 3, « cost flat »)."""
    story.until("filed")
    planned(stage, TODAY)
    City.objects.create(name="Acacias", slug="acacias", department=world.departments["vienne"])
    world.sign_in(client, "dsden")
    first, second = (client.get(reverse("desk:year") + query) for query in ("", "?ville=marelle"))
    for words in (f"{story.call.title}, Marelle", "Avis, ", "COPIL, Marelle"):
        assert words in second.text and words not in first.text, words
    assert "séances, Acacias" in first.text and "séances, Marelle" in second.text
    taken = client.get(reverse("desk:year_export", args=["csv"]) + "?ville=marelle").text
    assert "COPIL, Marelle" in taken and "Marelle" not in client.get(reverse("desk:year_export", args=["csv"])).text


def test_another_city_keeps_the_school_year(world, client):
    City.objects.create(name="Acacias", slug="acacias", department=world.departments["vienne"])
    world.sign_in(client, "dsden")
    assert 'href="?annee=2024-2025&amp;ville=marelle"' in client.get(reverse("desk:year") + "?annee=2024-2025").text


def test_a_session_whose_day_passed_without_it_is_late(stage, read):
    planned(stage, TODAY - DAY)
    page = read("elected", day=TODAY - DAY).text
    assert "prévue <" in page and ">en retard</span>" in page and 'class="g-late"' in page


def test_a_cancelled_session_and_another_year_are_left_out(story, stage, read):
    governance.cancel_session(person=stage.secretary, session=planned(stage, TODAY), reason="Grève.", now=NOW)
    planned(stage, TODAY + 370 * DAY)
    assert "séance 20" not in read("elected").text
    assert "séance 20" in read("elected", day=TODAY + 370 * DAY).text


def test_who_takes_no_part_has_no_year(read):
    for name in ("guardian", "parents_federation", "operator"):
        read(name, status=404)
        read(name, status=404, address="desk:year_export", args=["csv"])


@pytest.mark.parametrize("extension", ("csv", "ods"))
def test_the_year_is_taken_away(story, stage, read, extension):
    session = planned(stage, TODAY)
    answer = read("dsden", address="desk:year_export", args=[extension])
    rows = [line.cells for line in read_table(f"a.{extension}", answer.content).rows]
    assert [cells[2] for cells in rows if session.number in cells[3]] == ["COPIL, Marelle"]
    assert len(rows) == 2


def test_the_year_costs_the_same_whatever_it_holds(story, stage, world, client, django_assert_max_num_queries):
    story.until("under_way")
    planned(stage, TODAY)
    url = reverse("desk:year")
    for name in ("dsden", "city_it", "head"):
        world.sign_in(client, name)
        client.get(url)
        with django_assert_max_num_queries(10) as few:
            client.get(url)
        for number in range(4):
            planned(stage, TODAY)
            story.open_call(title=f"Appel {name} {number}")
        with django_assert_max_num_queries(10) as many:
            client.get(url)
        assert len(few) == len(many)


@pytest.mark.parametrize("text", ["", "x", "2026-2028", "1926-1927", "2026-20 7", "²026-2027"])
def test_what_is_no_school_year_is_this_one(text):
    assert school_year_asked(text, datetime.date(2026, 11, 25)) == "2026-2027"
    assert school_year_asked("2024-2025", datetime.date(2026, 11, 25)) == "2024-2025"


@pytest.mark.long
def test_the_year_of_each_person_is_what_the_rules_give_them(story, stage):
    story.until("advised")
    planned(stage, TODAY + DAY)
    bounds, seen = (TODAY - 90 * DAY, TODAY + 90 * DAY), set()
    for person, of_city in product(story.world.people.values(), (False, True)):
        asked = (*bounds, "marelle")
        rows = MILESTONES.rows(person, TODAY, *asked, key=(of_city,))
        assert sorted(map(str, rows)) == sorted(map(str, milestones_in_sight(person, TODAY, *asked, of_city)))
        seen.add(tuple(rows))
    assert len(seen) > 2
