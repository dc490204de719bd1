"""What a section's page sends as it is left: kept when it is saved, given back when it is refused."""

import uuid

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
