"""The plan's pages: who reaches which, what they show, how many queries they ask."""

import pytest
from django.urls import reverse

from preau.demo.plan_world import build_commune
from preau.people.models import Person
from preau.plan.equipment.models import Acceptance
from tests.plan.conftest import NOW

READ = ("plan_home", "school_list", "class_list", "kit_list", "fact_list")


@pytest.fixture
def plan(world):
    """The world's own city with a whole plan beside its two schools."""
    build_commune(city=world.cities["marelle"], person=Person.objects.get(pk=world.people["city_it"].pk), now=NOW)
    return world


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("actor", ["city_education", "city_it", "city_finance", "elected", "dsden", "dan", "ia_dasen"])
def test_the_city_and_the_state_read_the_plan(plan, client, name, actor):
    response = plan.sign_in(client, actor).get(reverse(f"equipment:{name}"))
    assert response.status_code == 200
    assert "!!" not in response.content.decode()


@pytest.mark.parametrize("actor", ["guardian", "pupil_cm2", "operator", "trainer"])
@pytest.mark.parametrize("name", READ)
def test_families_and_others_find_nothing(plan, client, actor, name):
    assert plan.sign_in(client, actor).get(reverse(f"equipment:{name}")).status_code == 404


def test_home_opens_on_the_parts_of_each_figure(plan, client):
    page = plan.sign_in(client, "city_education").get("/plan/").content.decode()
    for text in (
        "<b>23</b>",
        "<b>161</b>",
        "<b>1\u00a0677\u00a0000\u00a0€</b>",
        "/plan/classes/?ville=marelle",
        "sur 47",
    ):
        assert text in page, text
    classes = client.get("/plan/classes/?ville=marelle&page=4").content.decode()
    assert "161" in classes and "/plan/receptions/" in classes


def test_another_city_does_not_exist(plan, client):
    plan.sign_in(client, "city_education")
    assert client.get("/plan/?ville=ailleurs").status_code == 404
    assert client.get(reverse("equipment:school_detail", args=[plan.schools["loin"].id])).status_code == 404


def test_an_ien_reads_the_schools_of_the_district(plan, client):
    plan.sign_in(client, "ien")
    page = client.get("/plan/").content.decode()
    assert "écoles de votre circonscription" in page and "sur 1" in page
    assert client.get(reverse("equipment:school_detail", args=[plan.schools["tilleuls"].id])).status_code == 200
    assert client.get(reverse("equipment:school_detail", args=[plan.schools["saules"].id])).status_code == 404


@pytest.mark.parametrize("actor", ["teacher", "head"])
def test_a_school_team_reads_its_own_school(plan, client, actor):
    plan.sign_in(client, actor)
    assert client.get("/plan/").headers["Location"] == "/plan/ecoles/"
    assert "École Tilleuls" in client.get("/plan/ecoles/").content.decode()
    assert client.get(reverse("equipment:school_detail", args=[plan.schools["tilleuls"].id])).status_code == 200
    assert client.get(reverse("equipment:school_detail", args=[plan.schools["saules"].id])).status_code == 404


def test_a_federation_reads_totals_only(plan, client):
    plan.sign_in(client, "parents_federation")
    page = client.get("/plan/").content.decode()
    assert "<b>23</b>" in page and "/plan/ecoles/" not in page and "/plan/classes/" not in page
    acceptance = Acceptance.objects.first()
    assert client.get(reverse("equipment:acceptance_detail", args=[acceptance.id])).status_code == 404
    assert client.get(reverse("equipment:kit_list")).status_code == 404


WRITES = {
    "acceptance_create": lambda plan, a: [a.school_id],
    "school_closing": lambda plan, a: [a.school_id],
    "school_reopening": lambda plan, a: [a.school_id],
    "acceptance_removal": lambda plan, a: [a.id],
    "acceptance_restoral": lambda plan, a: [a.id],
    "kit_publication": lambda plan, a: ["elementary"],
    "fact_create": lambda plan, a: [],
    "import_new": lambda plan, a: [],
}


@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize("actor", ["city_finance", "elected", "dsden", "dan", "ia_dasen"])
def test_readers_are_told_why_they_do_not_write(plan, client, name, actor):
    acceptance = Acceptance.objects.first()
    response = plan.sign_in(client, actor).post(reverse(f"equipment:{name}", args=WRITES[name](plan, acceptance)))
    assert response.status_code == 403
    assert "écrivent son plan" in response.content.decode()
    assert Acceptance.objects.standing().count() == 169
    acceptance.school.refresh_from_db()
    assert acceptance.school.closed_on is None


@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize("actor", ["city_education_far", "guardian", "ien_other"])
def test_strangers_find_nothing_to_write(plan, client, name, actor):
    acceptance = Acceptance.objects.first()
    response = plan.sign_in(client, actor).post(
        reverse(f"equipment:{name}", args=WRITES[name](plan, acceptance)) + "?ville=marelle"
    )
    assert response.status_code == 404
    assert Acceptance.objects.standing().count() == 169


@pytest.mark.parametrize("name", READ)
def test_pages_ask_ten_queries_at_most(plan, client, name, django_assert_max_num_queries):
    plan.sign_in(client, "city_education")
    client.get(reverse(f"equipment:{name}"))
    with django_assert_max_num_queries(10):
        client.get(reverse(f"equipment:{name}"))
