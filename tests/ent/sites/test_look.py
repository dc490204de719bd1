"""Each public page in a real browser, at two widths, by axe."""

import pytest
from django.utils.timezone import now

from preau.ent.posts import actions
from preau.ent.posts.models import Scope
from tests.browser import WIDTHS, assert_accessible, open_page, targets_too_small

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = [
    "/", "/ecoles/", "/ecoles/?q=zzz", "/ecoles/tilleuls/", "/ecoles/tilleuls/vie/", "/ecoles/tilleuls/agenda/",
    "/ecoles/tilleuls/contact/", "/mentions-legales/", "/accessibilite/", "/plan-du-site/",
]  # fmt: skip


@pytest.mark.parametrize("width", WIDTHS)
def test_public_pages(browser, live_server, world, width):
    post = actions.publish_post(
        person=world.people["head"], place=world.schools["tilleuls"], scope=Scope.PUBLIC, now=now(),
        text="Les radis sont plantés\nChaque élève a semé six graines.",
    )  # fmt: skip
    for path in [*PAGES, f"/ecoles/tilleuls/vie/{post.publication_id}/"]:
        page = open_page(browser, live_server, path, width=width)
        assert_accessible(page)
        assert targets_too_small(page) == []
        assert page.context.cookies() == []
        page.context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_head_s_page_and_a_refused_message(browser, live_server, world, width):
    school = world.schools["tilleuls"].pk
    page = open_page(browser, live_server, f"/mon-ecole/{school}/site/", width=width, account=world.account("head"))
    page.click("text=Afficher le message")
    assert page.locator(".to-fix").is_visible() and page.locator(".field-wrong").count() == 1
    assert_accessible(page)
    # Three acts from the head's home: the door, the words, the button.
    page.goto("/aujourdhui/")
    page.click("text=Site public")
    page.fill("#id_text", "Pas de cantine jeudi.")
    page.click("text=Afficher le message")
    assert_accessible(page)
    page.goto("/ecoles/tilleuls/")
    assert page.locator(".alert").inner_text().startswith("Pas de cantine jeudi.")
    assert_accessible(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_forms_of_hours_and_legal_words(browser, live_server, world, width):
    school, city = world.schools["tilleuls"].pk, world.cities["marelle"].pk
    for path, name in (
        (f"/mon-ecole/{school}/site/modification/", "head"), (f"/ma-ville/{city}/site/", "city_education"),
    ):  # fmt: skip
        page = open_page(browser, live_server, path, width=width, account=world.account(name))
        assert_accessible(page)
        page.context.close()
