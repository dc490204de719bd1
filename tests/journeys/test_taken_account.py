"""An account is taken, on a first morning: from a telephone the head stops, suspends and recalls, and the page that a
parent left open falls silent by its own script (trust.md R1, R2, T13)."""

import pytest
from django.urls import reverse

from preau.people.models import Account
from tests.browser import Finger, assert_no_sideways_scroll, assert_says, new_page
from tests.ent.posts.test_actions import publish

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]
FALSE = "Envoyez-moi vos mots de passe"
ASK = "document.dispatchEvent(new Event('visibilitychange'))"  # what happens every 40 seconds, and on coming back


def on_telephone(browser, live_server, world, name, path):
    page = new_page(browser, live_server, width=360, account=world.account(name))
    page.goto(path)
    return page


def test_a_taken_account_is_silenced_and_an_open_page_with_it(browser, live_server, world):
    kept = publish(world, text="Piscine jeudi")
    publish(world, who="supply", text=FALSE)
    parent = on_telephone(browser, live_server, world, "guardian", "/aujourdhui/")
    assert_says(parent, FALSE, "Piscine jeudi")
    parent.evaluate(ASK)
    parent.wait_for_timeout(300)
    assert_says(parent, FALSE)  # nothing was stopped: the page stays as it is
    head = Finger(on_telephone(browser, live_server, world, "head", "/arrets/"))
    head.page.get_by_role("checkbox", name="les adultes").uncheck()
    head.touch("Arrêter", "button")
    assert_says(head.page, "C’est arrêté")
    parent.evaluate(ASK)
    parent.get_by_text("Ce qui est publié ici a changé.").wait_for()
    assert FALSE not in parent.content() and "Piscine jeudi" not in parent.content()
    head.touch("Un compte pris par quelqu’un d’autre")
    head.page.get_by_role("checkbox", name=world.people["supply"].full_name).check()
    head.touch("Suspendre et tout rappeler", "button")
    assert_says(head.page, "Comptes suspendus\u00a0: 1. Publications rappelées\u00a0: 1.")
    assert_no_sideways_scroll(head.page)
    assert not Account.objects.get(person=world.people["supply"]).is_active
    head.touch("Arrêt d’urgence")
    head.touch("Remettre en marche", "button")
    assert_says(head.page, "C’est remis en marche")
    parent.get_by_role("link", name="Rechargez la page").click()
    assert_says(parent, "Piscine jeudi")
    assert FALSE not in parent.content()
    told = parent.goto(reverse("posts:post_detail", args=[kept.pk]))
    assert told.status == 200, "an innocent account is disturbed by nothing"
