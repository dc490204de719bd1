"""From an empty base to a head at work, in a real browser: the first steps of the whole journey."""

import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from preau.people.models import Account, Mandate
from tests.browser import WIDTHS, assert_accessible, assert_says, open_page
from tests.people.door import draw, give_password, give_totp, totp

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "dix-sept lampes vertes dans la cour"


def choose_password(page, words=WORDS):
    page.fill("#id_password", words)
    page.fill("#id_again", words)
    page.click("main button:has-text('Entrer')")


def set_up_telephone(page):
    page.wait_for_url("**/mon-compte/second-facteur/**")
    page.fill("#id_code", totp(page.locator(".factor-secret").text_content().strip()))
    page.click("text=Vérifier le code")
    page.wait_for_url("**/mon-compte/codes-de-secours/")
    assert page.locator(".spare-codes li").count() == 10
    page.click("text=Je les ai gardés")


def test_from_an_empty_base_to_a_head_at_work(browser, live_server, capsys):
    call_command("init", address=live_server.url, first_name="Ada", last_name="Levoile")
    link = re.search(r"/premiere-fois/#\w{14}", capsys.readouterr().out)[0]
    page = open_page(browser, live_server, link)
    page.wait_for_url("**/premiere-fois/mot-de-passe/")
    assert_says(page, "a.levoile")
    choose_password(page)
    set_up_telephone(page)
    page.click("nav >> text=La base")
    assert_accessible(page)

    page.click("main >> text=Un département")
    page.select_option("#id_code", "86")
    page.click("main button.btn-main")
    page.click("main >> text=Une ville")
    page.fill("#id_name", "Marelle")
    page.click("main button.btn-main")
    page.click("main >> text=Une école")
    page.fill("#id_name", "École des Tilleuls")
    page.select_option("#id_kind", "primary")
    page.click("main button.btn-main")
    page.click("text=Nommer la directrice ou le directeur")
    page.fill("#id_first_name", "Inès")
    page.fill("#id_last_name", "Craie")
    page.click("text=Nommer et faire sa fiche")
    code = page.locator(".sheet-code").text_content()
    assert_accessible(page, "people/sheet.html")

    # The head, on her own telephone, types the code in small letters.
    phone = open_page(browser, live_server, "/premiere-fois/", width=360)
    phone.fill("#id_code", code.lower().replace("-", " "))
    phone.click("text=Continuer")
    choose_password(phone)
    set_up_telephone(phone)
    phone.wait_for_url("**/aujourdhui/")
    assert_says(phone, "Inès", "École des Tilleuls")
    assert page.elsewhere == [] and phone.elsewhere == []
    assert Account.objects.count() == 2


def test_all_of_it_works_without_javascript(browser, live_server, world):
    secret = draw(world.people["guardian_paper"])
    page = open_page(browser, live_server, "/premiere-fois/", width=360, javascript=False)
    page.fill("#id_code", secret)
    page.click("text=Continuer")
    choose_password(page)
    page.goto("/mon-compte/")
    assert_says(page, "Canari-guardian_paper")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_the_door_are_accessible(browser, live_server, world, width):
    page = open_page(browser, live_server, "/entrer/", width=width)
    page.fill("#id_login", "personne")
    page.fill("#id_password", "faux")
    page.click("main button:has-text('Entrer')")
    assert_accessible(page)
    page.goto("/premiere-fois/")
    page.fill("#id_code", "2222")
    page.click("text=Continuer")
    assert_accessible(page)
    page.goto(f"/premiere-fois/#{draw(world.people['guardian_paper'])}")
    page.wait_for_url("**/mot-de-passe/")
    assert_accessible(page, "people/first_time_password.html")
    choose_password(page, "court")
    assert_accessible(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_second_step_and_new_spare_codes_are_accessible(browser, live_server, world, width):
    head = give_password(world.account("head"))
    give_totp(head)
    page = open_page(browser, live_server, "/entrer/", width=width)
    page.fill("#id_login", head.identifier)
    page.fill("#id_password", "quatre chaises bleues au soleil")
    page.click("main button:has-text('Entrer')")
    page.wait_for_url("**/entrer/code/")
    assert_accessible(page, "mfa/authenticate.html")
    page.fill("#id_code", totp())
    page.click("main button:has-text('Entrer')")
    page.wait_for_url("**/aujourdhui/")
    page.goto("/mon-compte/second-facteur/retirer/")
    assert_accessible(page, "mfa/totp/deactivate_form.html")
    page.goto("/mon-compte/codes-de-secours/nouveaux/")
    assert_accessible(page, "mfa/recovery_codes/generate.html")
    page.click("text=Faire de nouveaux codes >> nth=-1")
    page.wait_for_url("**/mon-compte/codes-de-secours/")
    assert_accessible(page, "mfa/recovery_codes/index.html")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_lost_telephone_is_accessible(browser, live_server, world, width):
    named = Mandate.objects.get(person=world.people["city_education"])
    path = reverse("base_lost_telephone", args=[named.pk])
    page = open_page(browser, live_server, path, width=width, account=world.account("operator"))
    assert_accessible(page, "people/lost_telephone.html")
