"""The head gives a connection sheet to one of the school's team: who had none, or lost a password."""

import datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from preau.kit.dates import memory_of
from preau.people.actions import issue_activation_codes
from preau.people.models import CLASS_ROLES, Account, ActivationCode, Mandate, Role
from preau.people.queries import code_of
from preau.schools import rules
from preau.schools.models import Guardianship
from tests.canaries import leaks
from tests.schools.test_sheets import code_on
from tests.world import BEFORE, TODAY, add_person

DAY = datetime.timedelta(days=1)
TEAM = ("teacher", "teacher_other_class", "supply", "aesh", "atsem")


def held(world, name):
    return world.people[name].mandates.get(role__in=CLASS_ROLES)


def ask(world, asker, mandate):
    return world.sign_in(Client(), asker).post(reverse("schools:team_sheet", args=[mandate.pk]))


def team_page(world, client, asker="head"):
    return client_text(world.sign_in(client, asker), world)


def client_text(client, world):
    return client.get(reverse("schools:team", args=[world.schools["tilleuls"].pk])).text


def test_a_teacher_come_by_a_file_gets_a_first_sheet_and_enters(world, client):
    """The ONDE file gives a person and a mandate, no code (issue 2 §3)."""
    nadia = add_person(world, "nadia", account=False, civility="Mme")
    mandate = Mandate.objects.create(
        person=nadia, role=Role.TEACHER, classroom=world.classrooms["gs"], starts_on=BEFORE
    )
    address = reverse("schools:team_sheet", args=[mandate.pk])
    assert f'action="{address}"' in team_page(world, client)
    page = client.post(address)
    assert "Canari-classe-gs" in page.text and leaks(page.text, "head") == set()
    theirs, words = Client(), "dix-sept lampes vertes dans la cour"
    theirs.post("/premiere-fois/", {"code": code_on(page)})
    theirs.post("/premiere-fois/mot-de-passe/", {"password": words, "again": words})
    assert Account.objects.get(person=nadia).check_password(words)


@pytest.mark.parametrize("name", TEAM)
def test_each_of_the_team_has_one_and_the_others_keep_theirs(world, name):
    others = [world.people[other] for other in (*TEAM, "guardian") if other != name]
    issued = issue_activation_codes(persons=[world.people[name], *others], person=None, now=timezone.now())
    code = code_of(code_on(ask(world, "head", held(world, name))), timezone.now())
    assert code.person == world.people[name]
    assert code_of(issued[code.person_id], timezone.now()) is None
    assert all(code_of(issued[other.pk], timezone.now()) for other in others)


def test_nobody_but_the_head_of_the_school_gives_one(world):
    mandate = held(world, "teacher")
    for name in filter(None, world.actors()):
        if name not in ("head", "suspended"):
            assert ask(world, name, mandate).status_code in (403, 404), name
    assert "Seule la direction" in ask(world, "teacher_other_class", mandate).text
    assert ask(world, "head", held(world, "teacher_other_school")).status_code == 404
    assert ask(world, "head", held(world, "former_teacher")).status_code == 404
    assert not ActivationCode.objects.exists()


@pytest.mark.parametrize(
    "role, kind, place",
    [
        (Role.ELECTED, "city", "marelle"), (Role.TRAINER, "department", "vienne"), (Role.IEN, "district", "north"),
        (Role.SCHOOL_HEAD, "school", "saules"), (Role.SCHOOL_HEAD, "school", "tilleuls"), (Role.OPERATOR, None, None),
    ],
)  # fmt: skip
def test_who_holds_more_than_classes_asks_who_named_them(world, client, role, kind, place):
    """The city's elected member who happens to teach, the head who has a class: the head of a school opens neither."""
    shelves = {
        "city": world.cities, "department": world.departments, "district": world.districts, "school": world.schools,
    }  # fmt: skip
    mandate = held(world, "teacher")
    where = {kind: shelves[kind][place]} if kind else {}
    Mandate.objects.create(person=mandate.person, role=role, starts_on=BEFORE, **where)
    refused = ask(world, "head", mandate)
    assert refused.status_code == 403 and "à l’opératrice ou à l’opérateur de la base" in refused.text
    page = team_page(world, client)
    assert reverse("schools:team_sheet", args=[mandate.pk]) not in page
    assert ("tient aussi une autre fonction" in page) is (place != "tilleuls")  # of a head, the page says who names
    assert not ActivationCode.objects.exists()


@pytest.mark.parametrize(("ended", "is_given"), [(TODAY - DAY, False), (memory_of(TODAY) - DAY, True)])
def test_a_function_that_ended_counts_while_what_was_said_in_it_is_read(world, ended, is_given):
    mandate = held(world, "teacher")
    past = {"starts_on": ended - DAY, "ends_on": ended, "school": world.schools["saules"]}
    Mandate.objects.create(person=mandate.person, role=Role.SCHOOL_HEAD, **past)
    assert ask(world, "head", mandate).status_code == (200 if is_given else 403)
    assert ActivationCode.objects.exists() is is_given


def test_the_operator_gives_a_head_theirs_and_no_head_does(world, client):
    head = world.people["head"].mandates.get()
    assert not rules.can_give_team_sheet(world.people["head"], head, TODAY)
    assert reverse("schools:team_sheet", args=[head.pk]) not in team_page(world, client)
    assert ask(world, "head", head).status_code in (403, 404)


def test_a_teacher_of_two_schools_asks_either_head(world):
    person = world.people["teacher"]
    there = Mandate.objects.create(
        person=person, role=Role.TEACHER, classroom=world.classrooms["saules_cm2"], starts_on=BEFORE
    )
    here = Mandate.objects.get(person=person, classroom=world.classrooms["cpb"])
    assert ask(world, "head", here).status_code == ask(world, "head_other_school", there).status_code == 200
    assert ask(world, "head", there).status_code == 404


def test_two_parents_of_a_child_draw_no_code_for_each_other(world, client):
    mandate = held(world, "teacher")
    for name in ("teacher", "head"):
        child = world.people["pupil_far"]
        Guardianship.objects.create(guardian=world.people[name], child=child, starts_on=BEFORE, ends_on=BEFORE)
    assert ask(world, "head", mandate).status_code == 403
    assert "Vous répondez d’un même élève" in team_page(world, client)


def test_a_closed_account_stays_closed(world):
    assert ask(world, "head", held(world, "suspended")).status_code == 403


def test_who_has_an_address_is_told(world):
    account = world.account("teacher")
    Account.objects.filter(pk=account.pk).update(email="moi@ac.example", email_confirmed_at=timezone.now())
    ask(world, "head", held(world, "teacher"))
    assert [letter.to for letter in mail.outbox] == [["moi@ac.example"]]
    assert "une nouvelle fiche de connexion a été faite" in mail.outbox[0].body


def test_the_page_of_the_team_costs_few_queries(world, client, django_assert_max_num_queries):
    for number in range(12):
        person = add_person(world, f"aesh_{number}")
        Mandate.objects.create(person=person, role=Role.AESH, school=world.schools["tilleuls"], starts_on=BEFORE)
    world.sign_in(client, "head")
    with django_assert_max_num_queries(10):
        assert client_text(client, world).count("/fiche/") == 17


def test_a_supply_teacher_has_one_on_the_day_and_not_the_next(world):
    Mandate.objects.filter(person=world.people["supply"]).update(
        starts_on=BEFORE, ends_on=TODAY - datetime.timedelta(days=1)
    )
    assert ask(world, "head", held(world, "supply")).status_code == 404
