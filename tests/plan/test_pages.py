"""The plan's pages: who reaches which, what they show, how many queries they ask."""

import re

import pytest
from django.urls import reverse

from preau.plan.equipment.models import Acceptance
from preau.plan.finance.actions import record_expense
from preau.plan.rollouts.actions import record_acceptance
from tests.plan.conftest import NOW, TODAY
from tests.rights.rollouts import kit as kit_of

READ = (
    "equipment:plan_home", "equipment:school_list", "equipment:class_list", "equipment:fact_list",
    "priorities:kit_list",
)  # fmt: skip


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize(
    "actor", ["city_education", "city_it", "city_finance", "elected", "dsden", "dan", "ia_dasen", "trainer"]
)
def test_the_city_and_the_state_read_the_plan(plan, client, name, actor):
    response = plan.sign_in(client, actor).get(reverse(name))
    assert response.status_code == 200
    assert "!!" not in response.content.decode()


@pytest.mark.parametrize("actor", ["guardian", "pupil_cm2", "operator"])
@pytest.mark.parametrize("name", READ)
def test_families_and_others_find_nothing(plan, client, actor, name):
    assert plan.sign_in(client, actor).get(reverse(name)).status_code == 404


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


def test_ac_30_from_23_schools_one_opens_every_acceptance(plan, client):
    """From the tile to the list, to a school, to a class received: each link that the pages draw is followed."""
    plan.sign_in(client, "city_education")
    (equipped,) = set(re.findall(r'href="([^"]+etat=equipees)"', client.get("/plan/").text))
    listed = client.get(equipped.replace("&amp;", "&")).text
    schools = set(re.findall(r'href="(/plan/ecoles/[0-9a-f-]{36}/)"', listed))
    assert len(schools) == 23
    reports = {r for s in schools for r in re.findall(r'href="(/plan/receptions/[0-9a-f-]{36}/)"', client.get(s).text)}
    standing = Acceptance.objects.standing().filter(school__in=[s.split("/")[3] for s in schools])
    assert {f"/plan/receptions/{a.pk}/" for a in standing} <= reports
    assert len({(a.school_id, a.label) for a in standing}) == 161
    assert {client.get(report).status_code for report in sorted(reports)[::20]} == {200}


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
    assert client.get(reverse("rollouts:acceptance_detail", args=[acceptance.id])).status_code == 404
    assert client.get(reverse("priorities:kit_list")).status_code == 404


WRITES = {
    "rollouts:acceptance_create": lambda plan, a: [a.school_id],
    "equipment:school_closing": lambda plan, a: [a.school_id],
    "equipment:school_reopening": lambda plan, a: [a.school_id],
    "rollouts:acceptance_removal": lambda plan, a: [a.id],
    "rollouts:acceptance_restoral": lambda plan, a: [a.id],
    "equipment:kit_publication": lambda plan, a: ["elementary"],
    "equipment:fact_create": lambda plan, a: [],
    "sheets:import_new": lambda plan, a: [],
}


@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize("actor", ["city_finance", "elected", "dsden", "dan", "ia_dasen"])
def test_readers_are_told_why_they_do_not_write(plan, client, name, actor):
    is_received = name.startswith("rollouts:acceptance_")
    acceptance = Acceptance.objects.first()
    response = plan.sign_in(client, actor).post(reverse(name, args=WRITES[name](plan, acceptance)))
    assert response.status_code == 403
    assert ("reçoit une classe" if is_received else "écrivent son plan") in response.content.decode()
    assert Acceptance.objects.standing().count() == 169
    acceptance.school.refresh_from_db()
    assert acceptance.school.closed_on is None


RECEIVES = ("acceptance_create", "acceptance_removal", "acceptance_restoral")


@pytest.mark.parametrize("name", RECEIVES)
def test_the_citys_education_reads_receptions_and_writes_none(plan, client, name):
    acceptance = Acceptance.objects.first()
    plan.sign_in(client, "city_education")
    args = WRITES[f"rollouts:{name}"](plan, acceptance)
    response = client.post(reverse(f"rollouts:{name}", args=args), {"reason": "x"})
    assert response.status_code == 403 and "reçoit une classe" in response.text
    assert Acceptance.objects.standing().count() == 169
    for page, key in (("rollouts:acceptance_detail", acceptance.id), ("equipment:school_detail", acceptance.school_id)):
        shown = client.get(reverse(page, args=[key])).text
        assert "Retirer cette réception" not in shown and "Recevoir une classe" not in shown


@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize("actor", ["city_education_far", "guardian", "ien_other"])
def test_strangers_find_nothing_to_write(plan, client, name, actor):
    acceptance = Acceptance.objects.first()
    response = plan.sign_in(client, actor).post(reverse(name, args=WRITES[name](plan, acceptance)) + "?ville=marelle")
    assert response.status_code == 404
    assert Acceptance.objects.standing().count() == 169


@pytest.mark.parametrize("name", READ)
def test_pages_ask_ten_queries_at_most(plan, client, name, django_assert_max_num_queries):
    plan.sign_in(client, "city_education")
    client.get(reverse(name))
    with django_assert_max_num_queries(10):
        client.get(reverse(name))


@pytest.mark.parametrize(
    ("actor", "reads"),
    [("city_finance", True), ("elected", True), ("dsden", True), ("head", False), ("ien", False), ("trainer", False)],
)
def test_what_a_school_cost_is_read_by_those_who_pay_or_steer(plan, client, actor, reads):
    school, kit = plan.schools["tilleuls"], kit_of(plan)
    accepted = record_acceptance(
        person=None, school=school, label="CP B", kit=kit, accepted_on=TODAY, source="essai", now=NOW
    )
    record_expense(
        person=None,
        school=school,
        fiscal_year=TODAY.year,
        amount_cents=4_321_000,
        regime="ttc",
        source="essai",
        quality="declared",
        now=NOW,
    )
    plan.sign_in(client, actor)
    pages = {"equipment:school_list": [], "equipment:school_detail": [school.pk]}
    for name, args in {**pages, "rollouts:acceptance_detail": [accepted.pk]}.items():
        answer = client.get(reverse(name, args=args))
        assert answer.status_code == 200
        assert ("43\u00a0210" in answer.text) is reads, f"{actor} {name}"
