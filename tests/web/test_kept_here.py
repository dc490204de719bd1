"""In a browser: what a teacher types while the line is cut comes back, leaves once, and goes with who signs out."""

import pytest
from django.urls import reverse

from preau.ent.posts.models import Post
from tests.browser import open_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = "Nous avons planté des radis."


def test_what_a_teacher_types_is_kept_through_a_cut_line(world, browser, live_server):
    publish = reverse("posts:classroom_publish", args=[world.classrooms["cpb"].pk])
    page = open_page(browser, live_server, publish, width=360, account=world.account("teacher"))
    page.locator("form[data-ready]").wait_for()
    page.fill("[name=text]", TEXT)
    page.context.set_offline(True)
    page.locator("button[value=publish]").click()
    page.get_by_text("Pas de réseau. Votre texte est gardé dans cet appareil").wait_for()
    assert page.input_value("[name=text]") == TEXT and not Post.objects.exists()

    page.context.set_offline(False)
    page.goto(publish)
    page.get_by_text("Ce que vous aviez écrit était gardé").wait_for()
    page.locator("button[value=publish]").click()
    page.wait_for_url(lambda address: "/publier/" not in address)
    assert Post.objects.get().text == TEXT
    page.goto(publish)
    page.locator("form[data-ready]").wait_for()
    assert page.input_value("[name=text]") == ""

    page.goto(reverse("notes:classroom_write", args=[world.classrooms["cpb"].pk]))
    page.locator("form[data-ready]").wait_for()
    page.fill("[name=title]", "Sortie à la mare")
    kept = "() => Object.keys(localStorage).filter((place) => place.startsWith('brouillon:')).length"
    assert page.evaluate(kept) == 1
    page.locator("details.face summary").click()
    page.locator("form[data-exit] button").click()
    page.locator("form[data-exit]").wait_for(state="detached")
    assert page.evaluate(kept) == 0


def test_what_is_typed_while_the_server_is_asked_stays_beside_what_comes_back(world, browser, live_server):
    publish = reverse("posts:classroom_publish", args=[world.classrooms["cpb"].pk])
    page = open_page(browser, live_server, publish, width=360, account=world.account("teacher"))
    page.locator("form[data-ready]").wait_for()
    page.fill("[name=text]", TEXT)
    page.context.clear_cookies(name="preau-csrf")
    page.locator("button[value=publish]").click()
    page.get_by_text("Reprendre la page").wait_for()

    asked = []
    page.route("**/publications/**", lambda route: asked.append(route))
    page.goto(publish)
    while not asked:
        page.wait_for_timeout(20)
    page.fill("[name=text]", "Et des petits pois.")
    asked[0].fulfill(status=404)
    page.locator("form[data-ready]").wait_for()
    assert page.input_value("[name=text]") == "Et des petits pois."
    page.locator("details.note summary").click()
    page.get_by_text(TEXT).wait_for()
