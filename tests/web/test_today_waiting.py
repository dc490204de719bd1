"""What waits is said where one arrives, a line for each kind of act: of whom, since when, and the page of the act."""

from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse

from preau.ent.posts.models import Scope
from preau.plan.applications import actions as applications
from preau.plan.applications.models import Opinion
from preau.plan.desk.queries import Heap
from preau.plan.desk.queries.waiting import Waiting, acts
from preau.schools.models import Enrolment
from tests.browser import WIDTHS, assert_accessible, open_page
from tests.ent.posts.test_actions import picture, publish
from tests.plan.applications.conftest import DAY, NOW, TODAY, Scene

HOME = "/aujourdhui/"


def text_of(page):
    return unescape(page.content.decode()).replace("\u00a0", " ")


@pytest.mark.django_db
def test_an_inspector_arrives_on_the_opinion_to_give(world, client):
    Scene(world).submitted()
    page = text_of(world.sign_in(client, "ien").get(HOME))
    (opinion,) = Opinion.objects.awaited()
    assert "1 chose vous attend" in page and "Rendre un avis" in page and opinion.application.school.name in page
    assert f'href="{reverse("applications:opinion_edit", args=[opinion.pk])}"' in page
    assert f'href="{reverse("desk:home")}"' not in page.split("<main")[1]
    assert "vous attend" not in text_of(world.sign_in(client, "ien_other").get(HOME))


@pytest.mark.django_db
def test_a_team_asked_for_changes_arrives_on_them(world, client):
    scene = Scene(world)
    applications.request_changes(person=scene.who("ien"), application=scene.submitted(), text="Précisez.", now=NOW)
    for name in ("head", "teacher"):
        page = text_of(world.sign_in(client, name).get(HOME))
        assert "Dans le plan numérique" in page and "Reprendre la candidature" in page, name
    for name in ("head_other_school", "atsem"):
        assert "Reprendre la candidature" not in text_of(world.sign_in(client, name).get(HOME)), name


@pytest.mark.django_db
def test_the_city_arrives_on_what_waits_for_it_and_heaps_are_counted(world, client, monkeypatch):
    Scene(world).in_state_review()
    page = text_of(world.sign_in(client, "city_it").get(HOME))
    assert "vous attend" in page and "Dans le plan numérique" in page and "en retard" not in page
    first = Waiting("opinion", acts()["opinion"], "Les Tilleuls", "", TODAY - DAY, uuid4(), "", is_late=True)
    monkeypatch.setattr("preau.web.views.today.heaps_of", lambda rows, today: [Heap(2, first)])
    page = text_of(client.get(HOME))
    assert "2 choses vous attendent" in page and '<span class="chip" data-is="late">en retard</span>' in page
    assert f'href="{reverse("applications:opinion_edit", args=[first.target])}"' in page
    assert f'href="{reverse("desk:home")}?acte=opinion"' in page and "Voir les 2" in page
    asked = Waiting("opinion", acts()["opinion"], "Quelle tablette ?", "", TODAY - DAY, uuid4(), "", is_late=False)
    monkeypatch.setattr("preau.web.views.today.heaps_of", lambda rows, today: [Heap(1, first), Heap(1, asked)])
    page = " ".join(text_of(client.get(HOME)).split())
    assert "Les Tilleuls, au plus tard" in page and "Quelle tablette ? au plus tard" in page


@pytest.mark.django_db
def test_the_acts_of_one_kind_are_shown_alone(world, client):
    Scene(world).in_state_review()
    world.sign_in(client, "city_it")
    whole = text_of(client.get(reverse("desk:home")))
    assert "Rendre un avis" in whole and "seulement" not in whole
    assert "« Rendre un avis » seulement" in text_of(client.get(reverse("desk:home") + "?acte=opinion"))
    nothing = text_of(client.get(reverse("desk:home") + "?acte=booking"))
    assert "Rien ne vous attend" in nothing and "Tout ce qui vous attend" in nothing
    assert "seulement" not in text_of(client.get(reverse("desk:home") + "?acte=autre"))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["ien", "dsden", "dan", "city_education", "city_it", "elected", "head", "teacher"])
def test_it_costs_no_more_than_ten_queries(world, client, name, django_assert_max_num_queries):
    Scene(world).in_state_review()
    world.sign_in(client, name)
    client.get(HOME)
    with django_assert_max_num_queries(10):
        client.get(HOME)


@pytest.mark.django_db
def test_what_the_head_has_in_hand_is_looked_at_not_taken_up_again(world, client):
    publish(world, scope=Scope.PUBLIC, pictures=[picture()], no_child_declared=True)
    page = text_of(world.sign_in(client, "teacher").get(HOME))
    assert "En attente de la direction" in page and ">Voir</a>" in page and ">Reprendre</a>" not in page


@pytest.mark.django_db
def test_the_list_of_a_class_of_one_level_does_not_repeat_it(world, client):
    path = reverse("schools:classroom", args=[world.classrooms["cpb"].pk])
    assert ">Niveau<" not in text_of(world.sign_in(client, "teacher").get(path))
    one = Enrolment.objects.filter(classroom=world.classrooms["cpb"]).first()
    Enrolment.objects.filter(pk=one.pk).update(level="CE1")
    assert ">Niveau<" in text_of(client.get(path))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_button_does_not_touch_the_line_below(world, browser, live_server, width):
    Scene(world).submitted()
    path = reverse("portal:classroom_home", args=[world.classrooms["cpb"].pk])
    page = open_page(browser, live_server, path, width=width, account=world.account("teacher"))
    button, line = (page.locator(each).bounding_box() for each in ("main .publish .btn", "main h2 >> nth=0"))
    assert line["y"] - button["y"] - button["height"] >= 16
    page = open_page(browser, live_server, HOME, width=width, account=world.account("ien"))
    assert_accessible(page, "web/today/_waiting.html")
