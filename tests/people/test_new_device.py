"""On a device never seen, a stolen password opens nothing (trust.md R6, statements 11, 16, 17, 22)."""

import datetime
import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from preau.journal.models import Entry
from preau.people import actions, known_devices, sessions
from preau.people.models import Account, SheetAsk
from tests.browser import WIDTHS, assert_accessible, open_page
from tests.people.door import PASSWORD, draw, give_password, give_totp, sign_in, totp
from tests.people.test_email import figures_in
from tests.world import enter

STEP, PAGE, CODE = "/entrer/appareil/", "/mon-compte/", "/mon-compte/appareils/nouveau/"
SPARE = "/mon-compte/appareils/codes/"
ADULTS = ("teacher", "supply", "aesh", "guardian", "guardian_coparent")


@pytest.fixture(autouse=True)
def asked(settings):
    settings.NEW_DEVICE_STEP = True


def enters(client, account):
    """By the password alone: the page after the door."""
    return sign_in(client, account.identifier)["Location"]


def at_home(world, name="guardian"):
    """A device known since its sheet, signed in, and the account."""
    client, account = at_home_with_sheet(world, name)
    assert client.get(PAGE).status_code == 200
    return client, account


def code_on(client):
    return re.search(r'class="sheet-code"[^>]*>([\d ]+)<', client.get(CODE).content.decode()).group(1)


@pytest.mark.parametrize("name", ADULTS)
def test_a_password_alone_opens_no_page_of_an_adult_on_a_new_device(world, client, name):
    account = give_password(world.account(name))
    assert enters(client, account).startswith(STEP)
    for path in (PAGE, "/aujourdhui/", CODE, "/mon-compte/mot-de-passe/", "/entrer/confirmer/"):
        assert client.get(path)["Location"].startswith(STEP), path
    assert world.people[name].first_name not in client.get("/").content.decode()  # the page of anyone
    assert client.get(STEP).status_code == 200


def test_a_thief_sets_up_no_telephone_of_their_own(world, client):
    enters(client, give_password(world.account("teacher")))
    for method in (client.get, client.post):
        for path in ("/mon-compte/second-facteur/", "/entrer/confirmer/code/", "/mon-compte/codes-de-secours/"):
            assert method(path)["Location"].startswith(STEP), path
    assert not world.account("teacher").authenticator_set.exists()


def test_a_thief_of_a_strong_role_sets_up_no_telephone_either(world, client):
    """The sheet is used, the telephone not yet set: only the password stands there."""
    account = give_password(world.account("ien"))
    assert enters(client, account).startswith(STEP)
    assert client.post("/mon-compte/second-facteur/")["Location"].startswith(STEP)
    page = client.get(STEP).content.decode()
    assert "J’ai une fiche" in page and "Ajouter un appareil" not in page
    phone, account = at_home_with_sheet(world, "ien")
    assert phone.get("/mon-compte/second-facteur/").status_code == 200
    give_totp(account)
    assert not enters(Client(), account).startswith(STEP), "the telephone is asked, and is enough"


def at_home_with_sheet(world, name):
    client, person = Client(), world.people[name]
    client.post("/premiere-fois/", {"code": draw(person)})
    client.post("/premiere-fois/mot-de-passe/", {"password": PASSWORD, "again": PASSWORD})
    return client, Account.objects.get(person=person)


def test_a_code_of_a_known_device_opens_once_and_the_device_is_known(world, client):
    phone, account = at_home(world)
    code, key = code_on(phone), None
    enters(client, account)
    key = client.session.session_key
    assert client.post(f"{STEP}?next={PAGE}", {"code": code})["Location"] == PAGE
    assert client.get(PAGE).status_code == 200 and client.session.session_key != key
    assert Entry.objects.filter(verb="admit_device", object_id=account.pk).count() == 1
    client.post("/sortir/")
    assert enters(client, account) == "/" and client.get(PAGE).status_code == 200
    third = Client()
    enters(third, account)
    assert third.post(STEP, {"code": code}).status_code == 422
    assert code_on(phone) != code and third.get(PAGE).status_code == 302


def test_a_spare_code_of_the_first_sign_in_opens_once_and_the_other_stays(world):
    phone, account = at_home(world)
    codes = spare_codes_on(phone)
    laptop, third = Client(), Client()
    for client in (laptop, third):
        assert enters(client, account).startswith(STEP)
        assert "Sur votre papier" in client.get(STEP).content.decode()
    assert len(set(codes)) == 2
    assert laptop.post(STEP, {"code": f" {codes[0].lower().replace('-', ' ')} "}).status_code == 302
    assert laptop.get(PAGE).status_code == 200
    assert third.post(STEP, {"code": codes[0]}).status_code == 422 and third.get(PAGE).status_code == 302
    assert spare_codes_on(phone) == codes[1:]
    phone.post(f"{SPARE}nouveaux/")
    assert third.post(STEP, {"code": codes[1]}).status_code == 422, "renewed, the former ones are dead"
    assert third.post(STEP, {"code": spare_codes_on(phone)[0]}).status_code == 302


def spare_codes_on(client):
    return re.findall(r"<code[^>]*>([\w-]+)</code>", client.get(SPARE).content.decode())


def test_a_first_sign_in_leads_to_the_spare_codes_of_an_adult_alone(world):
    for name in ("pupil_cm2", "ien"):
        assert world.sign_in(Client(), name).get(SPARE).status_code == 403
    for name, page in (("guardian", SPARE), ("teacher", SPARE), ("pupil_cm2", "/"), ("ien", "/mon-compte/second")):
        client = Client()
        client.post("/premiere-fois/", {"code": draw(world.people[name])})
        answer = client.post("/premiere-fois/mot-de-passe/", {"password": PASSWORD, "again": PASSWORD})
        assert answer["Location"].startswith(page) and (answer["Location"] == SPARE) == (page == SPARE), name


def test_the_codes_are_shown_again_only_to_who_shows_the_password_again(world, client):
    account = give_password(world.account("guardian"))
    actions.draw_spare_codes(account=account, now=timezone.now())
    enter(client, account, at=timezone.now() - datetime.timedelta(minutes=6))
    assert client.get(SPARE)["Location"].startswith("/entrer/confirmer/")


def test_a_mail_admits_a_device_at_night_too(world, client, monkeypatch):
    monkeypatch.setattr("preau.kit.mail.hours.Hours.is_quiet", lambda hours, now: True)
    account = give_password(world.account("guardian"))
    Account.objects.filter(pk=account.pk).update(email="ada@maison.example", email_confirmed_at=timezone.now())
    assert enters(client, account).startswith(STEP)
    assert client.post(f"{STEP}courriel/?next={PAGE}")["Location"] == f"{STEP}?next=%2Fmon-compte%2F"
    (letter,) = mail.outbox
    assert account.person.last_name not in letter.body and "nouvel appareil" in letter.subject
    other = Client()
    enters(other, account)
    assert other.post(STEP, {"code": figures_in(letter)}).status_code == 422, "it serves the device that asked"
    assert client.post(f"{STEP}?next={PAGE}", {"code": figures_in(letter)})["Location"] == PAGE
    assert client.get(PAGE).status_code == 200


def test_a_device_without_any_code_asks_the_school_in_one_press(world, client):
    account = give_password(world.account("guardian"))
    assert client.post(f"{STEP}fiche/").status_code == 302 and not SheetAsk.objects.exists()
    enters(client, account)
    assert client.post(f"{STEP}courriel/").status_code == 403, "no address was confirmed"
    client.post(f"{STEP}fiche/")
    assert SheetAsk.objects.get().person == account.person
    page = client.get(STEP).content.decode()
    assert "L’école a votre demande" in page and "Demander une fiche" not in page


def test_two_devices_with_one_code_are_one(world):
    _, account = at_home(world)
    assert actions.admit_device(account=account, now=timezone.now())
    assert not actions.admit_device(account=account, now=timezone.now())


def test_a_code_is_of_one_account_and_lasts_ten_minutes_at_most(world):
    (_, mine), (_, other) = at_home(world), at_home(world, "teacher")
    now = timezone.now()
    code, until = known_devices.code_of(mine, now)
    assert known_devices.is_code_of(mine, f" {code[:3]} {code[3:]} ", now)
    assert not known_devices.is_code_of(other, code, now) and not known_devices.is_code_of(mine, "", now)
    assert datetime.timedelta(minutes=5) < until - now <= datetime.timedelta(minutes=10)
    assert known_devices.is_code_of(mine, code, until - datetime.timedelta(seconds=1))
    assert not known_devices.is_code_of(mine, code, until + datetime.timedelta(seconds=1))


def test_codes_are_not_guessed(world, client):
    phone, account = at_home(world)
    enters(client, account)
    wrong = f"{(int(code_on(phone).replace(' ', '')) + 1) % 1_000_000:06d}"
    for _ in range(5):
        assert client.post(STEP, {"code": wrong}).status_code == 422
    assert "Trop d’essais" in client.post(STEP, {"code": code_on(phone)}).content.decode()
    assert client.get(PAGE).status_code == 302


def test_a_new_sheet_opens_and_the_former_devices_are_new_again(world, client):
    phone, account = at_home(world)
    laptop, _ = at_home(world)
    phone.post("/sortir/")
    assert enters(phone, account).startswith(STEP)
    assert laptop.get(PAGE).status_code == 200


def test_a_telephone_s_code_is_a_second_step_already(world, client):
    account = give_password(world.account("teacher"))
    give_totp(account)
    assert enters(client, account) == "/entrer/code/"
    client.post("/entrer/code/", {"code": totp()})
    assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize("name", ["head", "city_it", "pupil_cm2"])
def test_who_always_shows_a_factor_or_is_a_child_is_asked_nothing_of_devices(world, client, name):
    account = give_password(world.account(name))
    if not name.startswith("pupil"):
        give_totp(account)
    assert STEP not in enters(client, account)
    assert world.sign_in(Client(), name).get(CODE).status_code == 403


@pytest.mark.parametrize("end", ["/mon-compte/appareils/fin/", "one", "password"])
def test_who_sends_the_others_away_is_asked_again_there_and_not_here(world, end):
    phone, account = at_home(world)
    laptop = Client()
    enters(laptop, account)
    laptop.post(STEP, {"code": code_on(phone)})
    if end == "password":
        new = {"oldpassword": PASSWORD, "password1": PASSWORD + " gris", "password2": PASSWORD + " gris"}
        assert phone.post("/mon-compte/mot-de-passe/", new).status_code == 302
    else:
        theirs = laptop.session[sessions.STAMP]["id"]
        phone.post(end if end != "one" else f"/mon-compte/appareils/{theirs}/fin/")
    words = PASSWORD + (" gris" if end == "password" else "")
    for client in (laptop, phone):
        client.post("/sortir/")
        asked = sign_in(client, account.identifier, words)["Location"].startswith(STEP)
        assert asked is (client is laptop)


def test_the_cookie_is_ours_alone_and_says_no_name(world, client):
    phone, account = at_home(world)
    cookie = phone.cookies[known_devices.COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and account.identifier not in cookie.value
    for forged in (cookie.value[:-1], "{}", f"{cookie.value}x"):
        other = Client()
        other.cookies[known_devices.COOKIE] = forged
        assert enters(other, account).startswith(STEP)
    other = Client()
    other.cookies[known_devices.COOKIE] = cookie.value
    assert enters(other, give_password(world.account("teacher"))).startswith(STEP)  # known for another account


def test_nobody_else_finds_a_step_to_pass(world, client):
    assert client.get(STEP)["Location"] == "/entrer/"
    assert world.sign_in(client, "guardian").get(STEP)["Location"] == "/"


def test_without_the_step_a_password_opens(world, client, settings):
    settings.NEW_DEVICE_STEP = False
    assert enters(client, give_password(world.account("teacher"))) == "/"
    assert known_devices.COOKIE not in client.cookies


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_telephone_admits_a_laptop(world, browser, live_server, width):
    account = give_password(world.account("guardian"))
    phone = open_page(browser, live_server, "/mon-compte/", width=width, account=account)
    phone.click("text=Ajouter un appareil")
    assert_accessible(phone, "people/device_code.html")
    laptop = open_page(browser, live_server, "/entrer/", width=width, javascript=False)
    laptop.fill("#id_login", account.identifier)
    laptop.fill("#id_password", PASSWORD)
    laptop.click("main button:has-text('Entrer')")
    laptop.wait_for_url("**/entrer/appareil/**")
    step = open_page(browser, live_server, STEP, width=width)
    step.context.add_cookies(laptop.context.cookies())
    step.goto(STEP)
    assert_accessible(step, "people/new_device.html")
    laptop.fill("#id_code", phone.inner_text(".sheet-code"))
    laptop.click("main button:has-text('Entrer')")
    laptop.wait_for_url("**/aujourdhui/")
    step.context.add_cookies(laptop.context.cookies())
    step.goto(SPARE)
    assert_accessible(step, "people/spare_codes.html")
