"""Who holds a title here and one elsewhere finds on the desk what each title lets them read, and nothing more."""

import itertools
import re

import pytest
from django.urls import reverse

from preau.people.models import Mandate, Role
from preau.places.models import School
from preau.plan.governance import actions as governance
from preau.plan.priorities import actions as priorities
from tests.plan.desk.conftest import NOW, Story
from tests.plan.governance.conftest import day, stage_of
from tests.plan.loans.conftest import add_kits, ask
from tests.plan.priorities.conftest import Scene as Ranks
from tests.world import BEFORE, add_person

FAR = (
    (Role.CITY_EDUCATION, "cities", "ailleurs"), (Role.CITY_IT, "cities", "ailleurs"),
    (Role.ELECTED, "cities", "ailleurs"), (Role.PARENTS_FEDERATION, "cities", "ailleurs"),
    (Role.DSDEN, "departments", "far"), (Role.DAN, "departments", "far"), (Role.TRAINER, "departments", "far"),
    (Role.IEN, "districts", "far"), (Role.SCHOOL_HEAD, "schools", "loin"),
)  # fmt: skip
NEAR = (
    (Role.TEACHER, "classrooms", "saules_cm2"), (Role.SCHOOL_HEAD, "schools", "saules"),
    (Role.PARENTS_FEDERATION, "cities", "marelle"), (Role.IEN, "districts", "south"),
)  # fmt: skip
PLACES = {
    "cities": "city", "departments": "department", "districts": "district", "schools": "school",
    "classrooms": "classroom",
}  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_holiday(monkeypatch):
    monkeypatch.setattr("preau.places.queries.break_on", lambda zone, day: None)


def give_title(world, person, role, shelf, name):
    Mandate.objects.create(person=person, role=role, starts_on=BEFORE, **{PLACES[shelf]: getattr(world, shelf)[name]})


def desk_of(world, client, name):
    return world.sign_in(client, name).get(reverse("desk:home")).text.split("<main", 1)[-1]


def assert_opens(client, page):
    for address in set(re.findall(r'href="(/[^"#?]*)', page)):
        assert client.get(address).status_code in (200, 302), address


def test_who_lends_here_and_teaches_elsewhere_reads_no_booking_of_that_city(world, client):
    far = world.cities["ailleurs"]
    neighbour = School.objects.create(
        name="École Voisine",
        slug="voisine",
        kind="elementary",
        uai="0990009Z",
        city=far,
        district=world.districts["far"],
        is_fictitious=True,
    )
    add_kits(far)
    booking = ask(neighbour, activity="Activité-voisine")
    give_title(world, world.people["city_education"], Role.TEACHER, "classrooms", "loin_cm2")
    page = desk_of(world, client, "city_education")
    assert "École Voisine" not in page and "Activité-voisine" not in page
    assert client.get(reverse("loans:booking_detail", args=[booking.pk])).status_code == 404
    assert "Activité-voisine" in desk_of(world, client, "city_education_far")


def test_a_title_of_another_departement_is_asked_nothing_here(world, client):
    stage = stage_of(world)
    governance.add_follow_up(
        person=stage.secretary,
        decision=stage.decide(stage.session("held")),
        text="Suite-de-Marelle",
        owner="DSDEN",
        owner_role="dsden",
        due_on=day(9),
        now=NOW,
    )
    give_title(world, add_person(world, "two"), Role.IEN, "districts", "south")
    give_title(world, world.people["two"], Role.DSDEN, "departments", "far")
    assert "Suite-de-Marelle" not in desk_of(world, client, "two")
    assert "Suite-de-Marelle" in desk_of(world, client, "dsden")
    governance.add_follow_up(
        person=stage.secretary,
        decision=stage.decide(stage.session("held")),
        text="Suite-des-IEN",
        owner="IEN",
        owner_role="ien",
        due_on=day(9),
        now=NOW,
    )
    assert "Suite-des-IEN" in desk_of(world, client, "two")
    assert "Suite-des-IEN" not in desk_of(world, client, "ien_other")


def titled(world, *titles):
    person = add_person(world, "two")
    for title in titles:
        give_title(world, person, *title)


def told(page, words):
    return f">{words}<" in page


def test_a_duty_of_a_committee_is_its_own_citys_or_departements(world, client):
    """Each title reads the session, or would do the duty in its own city: neither does it here."""
    stage = stage_of(world)
    for college in ("city", "majority"):
        governance.add_seat(
            person=stage.secretary, committee=stage.copil, college=college, title=college, starts_on=day(-9), now=NOW
        )
    stage.session("convened", on=day(5))
    stage.session("minutes_draft")
    governance.add_follow_up(
        person=stage.secretary,
        decision=stage.decide(stage.session("held")),
        text="Suite-de-Marelle",
        owner="la Ville",
        owner_role="city_it",
        due_on=day(9),
        now=NOW,
    )
    here = (Role.CITY_FINANCE, "cities", "marelle")
    titled(
        world,
        here,
        (Role.CITY_EDUCATION, "cities", "ailleurs"),
        (Role.DSDEN, "departments", "far"),
        (Role.ELECTED, "cities", "ailleurs"),
    )
    page = desk_of(world, client, "two")
    for words in ("Remettre les lettres de convocation", "Approuver le relevé", "Préparer ou suivre la séance"):
        assert not told(page, words), words
        assert any(told(desk_of(world, client, name), words) for name in ("city_education", "elected")), words
    assert "Suite-de-Marelle" not in page


def test_the_secretary_of_a_city_is_asked_what_another_title_of_hers_was_given(world, client):
    stage = stage_of(world)
    governance.add_follow_up(
        person=stage.secretary,
        decision=stage.decide(stage.session("held")),
        text="Suite-de-Marelle",
        owner="la Ville",
        owner_role="city_it",
        due_on=day(9),
        now=NOW,
    )
    titled(world, (Role.CITY_IT, "cities", "marelle"), (Role.CITY_EDUCATION, "cities", "ailleurs"))
    assert told(desk_of(world, client, "two"), "Faire ce qu’une décision vous demande")
    give_title(world, world.people["city_education"], Role.CITY_IT, "cities", "marelle")
    page = desk_of(world, client, "city_education")
    assert told(page, "Suivre une décision") and not told(page, "Faire ce qu’une décision vous demande")


def test_a_step_or_a_signature_is_its_own_places(world, client):
    story = Story(world).until("under_way")
    titled(
        world,
        (Role.CITY_FINANCE, "cities", "marelle"),
        (Role.CITY_IT, "cities", "ailleurs"),
        (Role.DSDEN, "departments", "far"),
        (Role.SCHOOL_HEAD, "schools", "saules"),
        (Role.TEACHER, "classrooms", "saules_cm2"),
    )
    assert "Avancer une étape" not in desk_of(world, client, "two")
    assert "Avancer une étape" in desk_of(world, client, "city_it")
    story.be_received()
    give_title(world, world.people["two"], Role.TEACHER, "classrooms", "cpb")
    assert "Signer la réception" not in desk_of(world, client, "two")
    assert "Signer la réception pour l’école" in desk_of(world, client, "head")


def test_a_list_is_signed_by_its_own_departements_dan(world, client):
    scene = Ranks(world)
    priorities.propose_list(person=scene.who("dsden"), priority_list=scene.open(), now=NOW)
    titled(world, (Role.DSDEN, "departments", "vienne"), (Role.DAN, "departments", "far"))
    assert "Signer la liste" not in desk_of(world, client, "two")
    assert "Signer la liste" in desk_of(world, client, "dan")


@pytest.mark.long
@pytest.mark.parametrize("reached", ["filed", "advised", "under_way", "received"])
def test_two_titles_tell_nothing_of_a_school_neither_reads(world, client, reached, day, pytestconfig):
    """A third of the pairs each day; `--day` asks again those of that day, `--corpora` all of them."""
    pairs = list(itertools.product(FAR, NEAR))
    asked = pairs if pytestconfig.getoption("--corpora") else pairs[day.toordinal() % 3 :: 3]
    Story(world).until(reached)
    add_kits(world.cities["marelle"])
    ask(world.schools["tilleuls"], activity="Activité-Tilleuls")
    for rank, titles in enumerate(asked):
        person = add_person(world, f"two{rank}")
        for title in titles:
            give_title(world, person, *title)
        page = desk_of(world, client, f"two{rank}")
        assert "Tilleuls" not in page, titles
        assert_opens(client, page)
