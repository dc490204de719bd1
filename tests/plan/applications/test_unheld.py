"""What waits for nobody: a school without its head, an authority for which nobody was named."""

import pytest
from django.urls import reverse

from preau.people.models import Mandate, Role
from preau.plan.applications import queries, rules
from preau.plan.applications.models import Authority
from tests.plan.applications.conftest import DAY, TODAY

pytestmark = pytest.mark.django_db
NOBODY = "Personne n’est encore nommé"


def leave(role):
    Mandate.objects.filter(role=role).update(ends_on=TODAY - DAY)


def read(scene, client, name, address):
    return " ".join(scene.world.sign_in(client, name).get(address).text.replace("\u00a0", " ").split())


def test_a_call_says_which_schools_nobody_heads_yet(scene, client):
    address, school = reverse("applications:call_detail", args=[scene.call.pk]), scene.world.schools["saules"]
    Mandate.objects.filter(role=Role.SCHOOL_HEAD, school=school).delete()
    page = read(scene, client, "city_education", address)
    assert page.count("direction pas encore nommée") == 1
    assert "1 école n’a pas encore de direction dans Préau" in page
    page = read(scene, client, "head", address)
    assert "direction pas encore nommée" not in page and "pas encore de direction" not in page


def test_a_file_names_the_authority_that_nobody_was_named_for(scene, client, django_assert_max_num_queries):
    file = scene.submitted()
    address = reverse("applications:application_detail", args=[file.pk])
    assert NOBODY not in read(scene, client, "city_education", address)
    leave(Role.IEN)
    page = read(scene, client, "head", address)
    assert f"{NOBODY} pour le rendre : IEN." in page and f"{NOBODY} dans Préau pour le rendre." in page
    scene.world.sign_in(client, "city_education")
    with django_assert_max_num_queries(15):
        client.get(address)


def test_who_files_is_not_told_that_an_ien_nobody_named_knows(scene, client):
    leave(Role.IEN)
    file = scene.fill(scene.start())
    page = scene.world.sign_in(client, "head").post(f"/plan/candidatures/{file.pk}/depot/", follow=True).text
    assert "L’IEN n’est pas encore nommé dans Préau." in page and "est prévenu à l’écran" not in page


def test_the_pens_of_the_state_are_apart_one_missing_is_told_alone(scene, client):
    file = scene.in_state_review()
    leave(Role.DAN)
    assert rules.pens_unheld(file.school, TODAY) == {Authority.DAN}
    page = read(scene, client, "head", reverse("applications:application_detail", args=[file.pk]))
    assert f"{NOBODY} pour le rendre : DAN." in page and page.count(f"{NOBODY} dans Préau") == 1


def test_the_operator_is_led_to_name_who_an_opinion_waits_for(scene, client):
    """By authority and place, with how many files: neither school nor project."""
    file = scene.in_state_review()
    assert queries.unheld_opinions(rules.HOLDS_PEN, TODAY) == []
    assert "que personne n’est nommé pour rendre" not in read(scene, client, "operator", "/aujourdhui/")
    leave(Role.DAN)
    department = file.school.city.department
    page = read(scene, client, "operator", "/aujourdhui/")
    assert f"DAN, {department.name}" in page and "1 dossier d’école attend son avis" in page
    assert reverse("base_name", args=["department", department.pk]) in page
    assert file.school.full_name not in page and file.title not in page
