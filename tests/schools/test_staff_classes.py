"""Classes opened to an AESH or an ATSEM named for the whole school: by the head alone, and what each then reads."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.kit.answers import Refused
from preau.people.models import Mandate, Role
from preau.schools import actions
from preau.schools.rules.classes import atsem_without_class
from preau.schools.staff_forms import ClassesForm
from tests.world import TODAY

HOME, DAY = "/aujourdhui/", datetime.timedelta(days=1)
LACKS = "Aucune classe de cette école ne vous est encore ouverte"
DAY_PAGES = ("yearfile:classroom_handing", "afterschool:classroom_day", "schools:classroom")


@pytest.fixture
def agent(world):
    """The ATSEM of the world, named for her whole school as the Ville does."""
    mandate = Mandate.objects.get(person=world.people["atsem"])
    mandate.classroom, mandate.school = None, world.schools["tilleuls"]
    mandate.save()
    return mandate


def address(mandate):
    return reverse("schools:staff_classes", args=[mandate.pk])


def rooms_open(mandate):
    return set(
        Mandate.objects.filter(person=mandate.person, classroom__isnull=False).values_list("classroom", flat=True)
    )


def test_without_a_class_her_home_says_whom_to_ask_and_no_class_is_read(world, client, agent):
    page = world.sign_in(client, "atsem").get(HOME).text
    assert LACKS in page and "à qui remettre chaque enfant" in page
    assert "Canari-classe" not in page
    for name in DAY_PAGES:
        assert client.get(reverse(name, args=[world.classrooms["gs"].pk])).status_code == 404, name


def test_the_head_s_home_leads_to_the_class_and_she_then_has_her_day(world, client, agent):
    head = world.sign_in(Client(), "head")
    assert f'href="{address(agent)}"' in head.get(HOME).text
    assert "Aucune classe ne lui est ouverte" in head.get(reverse("schools:team", args=[agent.school_id])).text
    page = head.get(address(agent)).text
    assert world.classrooms["gs"].name in page and "qui mange et qui reste" in page
    chosen = [world.classrooms["gs"].pk, world.classrooms["cpb"].pk]
    said = head.post(address(agent), {"rooms": chosen}, follow=True).text
    assert world.classrooms["gs"].name in said and "Aucune classe ne lui est ouverte" not in said
    head.post(address(agent), {"rooms": chosen})
    assert rooms_open(agent) == set(chosen) and Mandate.objects.filter(person=agent.person).count() == 3
    assert f'href="{address(agent)}"' not in head.get(HOME).text
    page = world.sign_in(client, "atsem").get(HOME).text
    assert LACKS not in page and reverse("yearfile:classroom_handing", args=chosen[:1]) in page
    for name in DAY_PAGES:
        assert client.get(reverse(name, args=chosen[:1])).status_code == 200, name
        assert client.get(reverse(name, args=[world.classrooms["cm2"].pk])).status_code == 404, name


def test_nobody_else_opens_a_class_and_the_city_least(world, client, agent):
    for name in filter(None, world.actors()):
        if name == "head":
            continue
        answer = world.sign_in(client, name).post(address(agent), {"rooms": [world.classrooms["gs"].pk]})
        assert answer.status_code in (302, 403, 404), name
        assert not rooms_open(agent), name


def test_a_class_of_another_school_or_none_is_refused(world, client, agent):
    world.sign_in(client, "head")
    for rooms in ([], [world.classrooms["saules_cm2"].pk]):
        assert client.post(address(agent), {"rooms": rooms, "button": ""}).status_code == 422
    assert not rooms_open(agent)


def test_a_class_ends_with_the_function_and_begins_no_sooner(world, client, agent):
    agent.starts_on, agent.ends_on = TODAY + DAY, TODAY + 9 * DAY
    agent.save()
    world.sign_in(client, "head").post(address(agent), {"rooms": [world.classrooms["gs"].pk]})
    opened = Mandate.objects.get(person=agent.person, classroom=world.classrooms["gs"])
    assert (opened.role, opened.starts_on, opened.ends_on) == (Role.ATSEM, agent.starts_on, agent.ends_on)


def test_the_head_is_told_of_no_agent_of_another_school_nor_where_no_class_is_open(world, agent):
    assert list(atsem_without_class(world.people["head"], TODAY)) == [agent]
    assert not atsem_without_class(world.people["head_other_school"], TODAY)
    assert not atsem_without_class(world.people["teacher"], TODAY)
    world.schools["tilleuls"].classrooms.update(school_year="2020-2021")
    assert not atsem_without_class(world.people["head"], TODAY)


def test_a_class_elsewhere_or_under_another_title_is_not_one_of_hers(world, client, agent):
    role = {"person": agent.person, "starts_on": agent.starts_on}
    Mandate.objects.create(**role, role=Role.ATSEM, classroom=world.classrooms["saules_cm2"])
    Mandate.objects.create(**role, role=Role.AESH, classroom=world.classrooms["gs"])
    assert list(atsem_without_class(world.people["head"], TODAY)) == [agent]
    world.sign_in(client, "head").post(address(agent), {"rooms": [world.classrooms["gs"].pk]})
    assert Mandate.objects.filter(person=agent.person, role=Role.ATSEM, classroom=world.classrooms["gs"]).exists()


def test_of_a_function_that_ended_or_of_no_school_nothing_is_known(world, client, agent):
    world.sign_in(client, "head")
    elsewhere = ("city_education", "ien", "teacher_other_school", "animator", "operator")
    found = [Mandate.objects.get(person=world.people[name]) for name in elsewhere]
    agent.ends_on = TODAY - DAY
    agent.save()
    for mandate in (*found, agent):
        for send in (client.get, client.post):
            assert send(address(mandate)).status_code == 404, mandate.role


def test_a_head_is_not_opened_to_a_class(world, client):
    mandate = Mandate.objects.get(person=world.people["head"])
    assert world.sign_in(client, "head").get(address(mandate)).status_code == 403


def test_the_action_asks_the_rule_again(world, agent):
    asked = {"mandate": agent, "classrooms": [world.classrooms["gs"]], "today": TODAY}
    for name in ("teacher", "head_other_school", "city_education", "atsem"):
        with pytest.raises(Refused, match="direction"):
            actions.open_classes(person=world.people[name], now=now(), **asked)
    assert not rooms_open(agent)


def test_a_function_that_ends_while_the_head_chooses_is_said_and_opens_nothing(world, client, agent, monkeypatch):
    chosen = ClassesForm.chosen

    def ends_meanwhile(form):
        Mandate.objects.filter(pk=agent.pk).update(ends_on=TODAY - DAY)
        return chosen(form)

    monkeypatch.setattr(ClassesForm, "chosen", ends_meanwhile)
    answer = world.sign_in(client, "head").post(address(agent), {"rooms": [world.classrooms["gs"].pk]})
    assert answer.status_code == 409 and "Cette fonction a pris fin" in answer.text
    assert not rooms_open(agent)
