"""What a section's page sends as it is left: kept when it is saved, given back when it is refused."""

import uuid

import pytest

from preau.plan.applications import actions
from tests.browser import assert_accessible, open_page
from tests.plan.applications.conftest import NOW, Scene
from tests.plan.applications.test_pages import url

LEAVING = {"HX-Request": "true", "X-Leaving": "true"}


def test_what_is_refused_as_one_leaves_is_found_again(scene, client, django_assert_max_num_queries):
    application = scene.start()
    scene.call.pk = uuid.uuid4()
    scene.call.save(force_insert=True)
    other = url("application_detail", scene.start().id)
    where, file = url("section_edit", application.id, "usages"), url("application_detail", application.id)
    scene.world.sign_in(client, "head").post(where, {"version": "0", "usages-semaine": "Le texte de la directrice"})
    scene.world.sign_in(client, "teacher")
    mine = {"version": "0", "usages-semaine": "Ma dernière seconde"}
    assert client.post(where, mine, headers={"HX-Request": "true"}).status_code == 200  # read on the page, still open
    assert "Votre dernière saisie" not in client.get(file).text
    assert client.post(where, mine, headers=LEAVING).status_code == 422
    with django_assert_max_num_queries(10):
        told = client.get(file).text
    assert "Votre dernière saisie n’a pas pu être enregistrée" in told and f'href="{where}"' in told
    assert "Votre dernière saisie" not in client.get(other).text
    page = client.get(where).text
    assert "Ma dernière seconde</textarea>" in page and "quand vous avez quitté la page" in page
    both = client.post(where, mine).text  # the button: beside what the head wrote
    assert "Le texte de la directrice" in both and "Ma dernière seconde" in both
    assert "Votre dernière saisie" not in client.get(file).text  # it is before their eyes
    assert client.post(where, mine | {"version": "1"}).status_code == 302
    assert "Votre dernière saisie" not in client.get(file).text and "quitté la page" not in client.get(where).text


def test_what_one_left_is_nobody_else_s_and_what_was_saved_waits_for_nobody(scene, client):
    application = scene.start()
    where, file = url("section_edit", application.id, "usages"), url("application_detail", application.id)
    scene.world.sign_in(client, "teacher")
    assert client.post(where, {"version": "0", "usages-semaine": "Bien gardé ici"}, headers=LEAVING).status_code == 200
    assert "Votre dernière saisie" not in client.get(file).text
    client.post(where, {"version": "0", "usages-semaine": "Une autre page à moi"}, headers=LEAVING)
    assert "Votre dernière saisie" in client.get(file).text
    scene.world.sign_in(client, "head")
    assert "Votre dernière saisie" not in client.get(file).text
    assert "Une autre page à moi" not in client.get(where).text


def test_what_one_left_after_a_colleague_filed_is_shown_and_waits(scene, client):
    """A colleague files the project while one types: the last words are refused, not lost."""
    application = scene.fill(scene.start())
    where, file = url("section_edit", application.id, "usages"), url("application_detail", application.id)
    scene.world.sign_in(client, "teacher")
    actions.submit(person=scene.who("head"), application=application, now=NOW)
    mine = {"version": "1", "usages-semaine": "Ma dernière seconde"}
    assert client.post(where, mine, headers=LEAVING).status_code == 403
    told = client.get(file).text
    assert "Votre dernière saisie n’a pas pu être enregistrée" in told and f'href="{where}"' in told
    for _ in range(2):  # it is there as long as one may want it
        page = client.get(where)
        assert page.status_code == 403 and "Ma dernière seconde</textarea>" in page.text
        assert "il ne se modifie plus" in page.text and "Envoyer ce texte" not in page.text
        assert "puis enregistrez" not in page.text, "nothing can be saved there"
    actions.request_changes(person=scene.who("ien"), application=application, text="Précisez.", now=NOW)
    again = client.get(where)
    assert again.status_code == 200 and "Ma dernière seconde</textarea>" in again.text, "open again: back in its form"
    scene.world.sign_in(client, "head")
    assert "Ma dernière seconde" not in client.get(where).text


def test_several_sections_left_wait_each_at_its_place(scene, client):
    application = scene.start()
    file = url("application_detail", application.id)
    places = {name: url("section_edit", application.id, name) for name in ("usages", "familles")}
    scene.world.sign_in(client, "head")
    for place in places.values():
        client.post(place, {"version": "0", "usages-semaine": "À moi", "familles-place": "À moi"})
    scene.world.sign_in(client, "teacher")
    for name, place in places.items():
        words = {"usages-semaine": f"Texte de {name}", "familles-place": f"Texte de {name}"}
        assert client.post(place, {"version": "0", **words}, headers=LEAVING).status_code == 422
    told = client.get(file).text
    assert told.count("Votre dernière saisie") == 2 and all(f'href="{place}"' in told for place in places.values())
    for name, place in places.items():
        assert f"Texte de {name}" in client.get(place).text
    client.post(places["usages"], {"version": "1", "usages-semaine": "Repris"})
    told = client.get(file).text
    assert told.count("Votre dernière saisie") == 1 and f'href="{places["familles"]}"' in told


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_text_left_on_a_file_filed_meanwhile_is_read_on_a_telephone(world, browser, live_server):
    scene = Scene(world)
    application = scene.fill(scene.start())
    page = open_page(
        browser, live_server, url("section_edit", application.id, "usages"), width=360, account=world.account("teacher")
    )
    page.fill("[name=usages-semaine]", "Ma toute dernière phrase")
    actions.submit(person=scene.who("head"), application=application, now=NOW)
    page.goto(live_server.url + url("application_detail", application.id))
    back = page.get_by_role("link", name="Reprendre votre texte")
    for _ in range(100):  # what leaves with a page arrives on its own
        if back.count():
            break
        page.wait_for_timeout(100)
        page.reload()
    back.click()
    page.get_by_role("heading", name="Votre texte est gardé").wait_for()
    assert page.get_by_label("Ce que vous aviez écrit").last.input_value() == "Ma toute dernière phrase"
    assert_accessible(page, "people/kept_writing.html")
