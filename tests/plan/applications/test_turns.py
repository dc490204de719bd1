"""Whose turn a file is at, and what an opinion that nobody gave reads (W1)."""

import pytest

from preau.plan.applications import actions
from preau.plan.applications.models import Opinion
from tests.plan.applications.conftest import DAY, NOW, TODAY
from tests.plan.days import due_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(scene, client):
    """told(address, day) → the page as the Direction Éducation reads it, what is asked being due that day."""
    scene.world.sign_in(client, "city_education")

    def read(address, day):
        due_on(Opinion.objects.filter(given_at=None), day)
        return client.get(address).text.replace("\u00a0", " ")

    return read


def withdraw(scene, application):
    actions.withdraw(person=scene.who("head"), application=application, now=NOW)


def close(scene, application):
    actions.close_without_follow_up(person=scene.who("dsden"), application=application, reason="Doublon.", now=NOW)


@pytest.mark.parametrize("day", [TODAY + DAY, TODAY - DAY])
@pytest.mark.parametrize("leave", [withdraw, close])
def test_a_file_that_left_awaits_no_opinion(scene, told, leave, day):
    """Neither « attendu » before its day nor « avis non rendu » after it: nobody has to give one any more."""
    application = scene.in_state_review()
    leave(scene, application)
    application.refresh_from_db()
    page = told(f"/plan/candidatures/{application.pk}/", day)
    assert "Le dossier n’attend plus cet avis." in page and 'aria-current="step"' not in page
    assert f"Candidature : {application.get_state_display()}." in page and "Le dossier est « " not in page
    for text in (page, told("/plan/candidatures/?etat=fin", day)):
        assert "sans objet" in text and "avis non rendu" not in text.lower() and ">attendu<" not in text


@pytest.mark.parametrize("day", [TODAY + DAY, TODAY - DAY])
def test_a_file_that_went_on_without_an_opinion_says_so_and_whose_turn_it_is(scene, told, day):
    application = scene.in_state_review()
    actions.mark_ranked(person=scene.who("dsden"), applications=[application], now=NOW)
    page = told(f"/plan/candidatures/{application.pk}/", day)
    assert "avis non rendu" in page and "Attendu au plus tard" not in page
    assert '<p class="lead">Le COPIL décide du programme de l’année.</p>' in page


def test_a_file_back_at_school_is_at_one_turn(scene, told):
    application = scene.submitted()
    actions.request_changes(person=scene.who("ien"), application=application, text="Précisez.", now=NOW)
    assert told(f"/plan/candidatures/{application.pk}/", TODAY).count('aria-current="step"') == 1


def test_an_opinion_on_a_copy_replaced_since_is_awaited_no_more(scene, told):
    application, _ = scene.refiled()
    address = f"/plan/candidatures/{application.pk}/dossier/"
    first = told(f"{address}?copie=1", TODAY)
    assert "copie remplacée" in first and "sans objet" not in first and ">attendu<" in told(address, TODAY)


@pytest.mark.parametrize("has_district", [True, False])
def test_who_files_is_told_that_the_ien_knows_only_when_one_does(scene, client, has_district):
    if not has_district:
        scene.school.district = None
        scene.school.save()
    application = scene.fill(scene.start())
    answer = scene.world.sign_in(client, "head").post(f"/plan/candidatures/{application.pk}/depot/", follow=True)
    assert ("L’IEN est prévenu à l’écran." in answer.text) is has_district
    assert ("l’avis de l’IEN dès qu’elle en aura." in answer.text) is not has_district


def test_a_name_that_holds_a_comma_is_no_two_authorities(scene, told):
    application = scene.in_state_review()
    page = told(f"/plan/candidatures/{application.pk}/", TODAY + DAY)
    assert "Avis attendu au plus tard le" in page
    assert ": DSDEN ; DAN ; Ville, informatique ; Ville, bâtiments." in page
    page = told(f"/plan/candidatures/{application.pk}/", TODAY - DAY)
    assert "Avis non rendu : DSDEN ; DAN ; Ville, informatique ; Ville, bâtiments. Ce silence" in page
