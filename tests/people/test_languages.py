"""A father who reads no French: the pages of the door, each in the language that its device asked for."""

import re
from itertools import product

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from preau.journal.models import Entry
from preau.people.actions import make_badges, throttle
from preau.people.languages import WRITTEN
from preau.people.models import Badge, SignInAttempt
from tests.french_left import french, read, texts_of, unnamed
from tests.people.door import PASSWORD, draw, give_password, sign_in, totp
from tests.people.test_email import figures_in

pytestmark = pytest.mark.django_db
ON_ANY_BASE = pytest.mark.once  # which words a page says does not depend on it; what it asks is asked by other tests
STEP = "/entrer/appareil/"
OPEN = ("/entrer/", "/entrer/compte-ferme/", "/donnees-personnelles/familles/", "/carte/")  # to anyone


def ask(client, language, path="/entrer/"):
    response = client.get(path, {"langue": language})
    assert response.status_code == 200
    return response


def no_french(pages, language, in_french):
    for name, page in pages.items():
        assert page.page.get("lang") == language, name
        assert page.page.get("dir", "ltr") == ("rtl" if language == "ar" else "ltr")
        assert french(page.found, language, in_french[name]) == [], name


def open_pages(client):
    return {path: client.get(path) for path in OPEN}


def refusals(client, account):
    """What the sign-in page answers: nothing written, a wrong password, too many tries."""
    empty = client.post("/entrer/", {"login": "", "password": ""})
    wrong = [sign_in(client, account.identifier, "faux") for _ in range(6)]
    return {"empty": empty, "wrong": wrong[0], "locked": wrong[-1]}


def walk(client, account, language):
    if language != "fr":
        ask(client, language)
    pages = open_pages(client) | refusals(client, account)
    return {name: texts_of(page, language) for name, page in pages.items()}


@ON_ANY_BASE
@pytest.mark.parametrize("language", list(WRITTEN))
def test_no_french_is_left_on_the_pages_of_the_door(world, language):
    account, other = give_password(world.account("guardian")), give_password(world.account("guardian_coparent"))
    said = {name: set(page.found) for name, page in walk(Client(), other, "fr").items()}
    no_french(walk(Client(), account, language), language, said)


def cards(client, account, card):
    """What the page of a card of home answers: a card of the class, one that is refused, too many, someone in."""
    answers = {"class": client.post("/carte/", {"card": card})}
    for name in ("refused", "many"):
        answers[name] = client.post("/carte/", {"card": "x" * 22})
    client.force_login(account)
    return answers | {"someone": client.get("/carte/")}


@ON_ANY_BASE
@pytest.mark.parametrize("language", list(WRITTEN))
def test_no_french_is_left_on_the_page_of_a_card(world, language, monkeypatch):
    monkeypatch.setattr(throttle, "NETWORK_LIMIT", 1)
    child, account = world.people["child_adam"], world.account("guardian")
    made = make_badges(pupils=[child], kind=Badge.Kind.CLASS, person=world.people["teacher"], now=timezone.now())
    pages = {}
    for spoken in ("fr", language):
        SignInAttempt.objects.all().delete()
        client = Client()
        ask(client, spoken, "/carte/")
        found = cards(client, account, made[child.pk])
        found["someone"] = client.get("/carte/", {"langue": spoken})
        assert found["many"].context["said"] != found["refused"].context["said"]
        pages[spoken] = {name: texts_of(page, spoken) for name, page in found.items()}
    no_french(pages[language], language, {name: set(page.found) for name, page in pages["fr"].items()})


def test_the_sign_in_page_offers_each_language_in_its_own_letters_and_asks_the_base_nothing(
    client, django_assert_num_queries
):
    with django_assert_num_queries(0):
        page = client.get("/entrer/?next=/mots/").content.decode()
    links = re.findall(
        r'<a class="tall" href="\?next=%2Fmots%2F&amp;langue=(\w+)" lang="\1" hreflang="\1">([^<]+)</a>', page
    )
    assert dict(links) == {code: name[0].upper() + name[1:] for code, name in WRITTEN.items()}
    with django_assert_num_queries(0):
        answer = client.get("/entrer/?next=/mots/&langue=ar").content.decode()
    assert 'lang="ar" dir="rtl"' in answer and ">Français</a>" in answer and "العربية" not in answer
    assert 'name="next" value="/mots/"' in answer


def test_the_device_keeps_it_and_the_rest_of_the_site_stays_french(world, client):
    ask(client, "tr")
    cookie = client.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["max-age"] == 365 * 24 * 3600
    assert read(client, "/entrer/", "tr").page["lang"] == "tr"
    assert texts_of(client.get("/ecoles/"), "fr").page["lang"] == "fr"
    assert texts_of(client.get("/adresse-inconnue/"), "tr").page["lang"] == "tr"
    ask(client, "fr")
    assert read(client, "/entrer/", "fr").page["lang"] == "fr"


@pytest.mark.parametrize("asked", ["xx", "vi", "", "ar\r\nX: y"])
def test_a_language_that_no_page_is_written_in_changes_nothing(client, asked):
    assert texts_of(ask(client, asked), "fr").page["lang"] == "fr"
    assert settings.LANGUAGE_COOKIE_NAME not in client.cookies
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "xx"
    assert read(client, "/entrer/", "fr").page["lang"] == "fr"


def enter_from(world, name, language):
    client = Client()
    ask(client, language)
    account = give_password(world.account(name))
    assert sign_in(client, account.identifier, PASSWORD).status_code == 302
    account.person.refresh_from_db()
    return client, account.person


def test_a_guardian_who_asked_for_it_at_the_door_reads_on_in_it(world):
    client, person = enter_from(world, "guardian", "ar")
    assert person.reading_language == "ar" and read(client, "/aujourdhui/", "ar").page["lang"] == "ar"
    assert Entry.objects.filter(verb="choose_reading_language", object_id=person.pk).exists()


def test_who_works_in_french_is_offered_other_languages_on_the_account_alone(world, client):
    def offered(name, path):
        return 'value="uk"' in world.sign_in(client, name).get(path).content.decode()

    found = {
        (name, path): offered(name, path) for name in ("teacher", "guardian") for path in ("/messages/", "/mon-compte/")
    }
    assert found == {key: key != ("teacher", "/messages/") for key in found}
    world.people["teacher"].reading_language = "ar"
    world.people["teacher"].save()
    assert offered("teacher", "/messages/")


@pytest.mark.parametrize("name", ["teacher", "head", "pupil_cm2"])
def test_staff_and_pupils_who_only_looked_keep_theirs(world, name):
    assert enter_from(world, name, "ar")[1].reading_language == ""


def test_who_chose_french_inside_is_not_changed_at_the_next_entry(world):
    client, person = enter_from(world, "guardian", "ar")
    client.post("/mon-compte/langue/", {"language": ""}, headers={"referer": "http://testserver/mots/"})
    client.post("/sortir/")
    assert read(client, "/entrer/", "fr").page["lang"] == "fr"
    sign_in(client, world.account("guardian").identifier)
    person.refresh_from_db()
    assert person.reading_language == ""


def half_way(world, language="", **person):
    """The password was right, on a device never seen."""
    account = give_password(world.account("guardian"))
    account.email, account.email_confirmed_at = "a@ecole.example", account.person.created_at
    account.save()
    type(account.person).objects.filter(pk=account.person_id).update(**person)
    client = Client()
    if language:
        ask(client, language)
    assert sign_in(client, account.identifier)["Location"].startswith(STEP)
    return client


def step(client, language):
    """The page of a new device: as it opens, then with a wrong code, an ask of the school, a mail on its way."""
    pages = [client.get(STEP), client.post(STEP, {"code": "1"})]
    for name in ("fiche", "courriel"):
        pages.append(client.post(f"{STEP}{name}/", follow=True))
    return dict(enumerate(texts_of(page, language) for page in pages))


@ON_ANY_BASE
@pytest.mark.parametrize("language", list(WRITTEN))
def test_no_french_is_left_where_a_new_device_is_confirmed(world, settings, language):
    settings.NEW_DEVICE_STEP = True
    said = {name: set(page.found) for name, page in step(half_way(world), "fr").items()}
    no_french(step(half_way(world, language), language), language, said)


def test_a_new_device_speaks_the_language_that_is_known_of_its_owner_unless_it_asks_for_another(world, settings):
    settings.NEW_DEVICE_STEP = True
    client = half_way(world, reading_language="uk")
    assert read(client, STEP, "uk").page["lang"] == "uk"
    ask(client, "es", STEP)
    assert read(client, STEP, "es").page["lang"] == "es"
    world.people["guardian"].refresh_from_db()
    assert world.people["guardian"].reading_language == "uk"  # a stolen password changes nothing


def first_time(world, name, language):
    """With a sheet: a wrong code, the right one, passwords that are refused, then the spare codes."""
    client, path = Client(), "/premiere-fois/mot-de-passe/"
    if language != "fr":
        ask(client, language, "/premiere-fois/")
    pages = {"sheet": client.get("/premiere-fois/"), "wrong": client.post("/premiere-fois/", {"code": "faux"})}
    client.post("/premiere-fois/", {"code": draw(world.people[name])})
    pages["choice"] = client.get(path)
    own = world.people[name].first_name * 4
    for typed in ("court", "a" * 130, "motdepassemotdepasse", own):
        pages[f"{typed[:9]}…"] = client.post(path, {"password": typed, "again": typed})
    pages["twice"] = client.post(path, {"password": PASSWORD, "again": "autre"})
    pages["codes"] = client.post(path, {"password": PASSWORD, "again": PASSWORD}, follow=True)
    pages["others"] = client.post("/mon-compte/appareils/codes/nouveaux/", follow=True)
    pages["device"] = client.get("/mon-compte/appareils/nouveau/")
    return pages


def lost(world, name, language):
    """A lost password: an identifier, a wrong code, the sheet; then the code of the mail."""
    account, client, path = give_password(world.account(name)), Client(), "/mot-de-passe-perdu/"
    account.email, account.email_confirmed_at = f"{name}@ecole.example", timezone.now()
    account.save()
    if language != "fr":
        ask(client, language, path)
    pages = {"whose": client.get(path), "empty": client.post(path, {"identifier": ""})}
    pages["code"] = client.post(path, {"identifier": account.identifier}, follow=True)
    pages["wrong"] = client.post(f"{path}code/", {"code": "1"})
    pages["choice"] = client.post(f"{path}code/", {"code": figures_in(mail.outbox[-1])}, follow=True)
    client.post(path, {"identifier": account.identifier})
    pages["asked"] = client.post(f"{path}fiche/", follow=True)
    return pages


def help_pages(world, name, language):
    """« Aide »: nothing written, too much written, then sent, with and without an answer wanted."""
    client = Client()
    if language != "fr":
        ask(client, language, "/aide/")
    pages = {"ask": client.get("/aide/"), "empty": client.post("/aide/", {"words": "", "name": "<3"})}
    pages["listed"] = client.get("/aide/", {"ville": world.schools["tilleuls"].city.slug})
    assert b"<select" in pages["listed"].content
    told = {"words": "03/05/2018", "school_typed": "École X"}
    pages["birth"] = client.post("/aide/", told | {"name": "4"})
    for reach in ("", "06 12 34 56 78"):
        pages[f"sent {reach}"] = client.post("/aide/", told | {"words": "perdu", "reach": reach}, follow=True)
    return pages


def account_pages(world, name, language):
    """What one does once in: the password, a device more, the way out."""
    client = Client()
    if language != "fr":
        ask(client, language)
    account = give_password(world.account(name))
    sign_in(client, account.identifier)
    sign_in(Client(), account.identifier)
    path = "/mon-compte/mot-de-passe/"
    pages = {"out": client.get("/sortir/"), "change": client.get(path), "confirm": client.get("/entrer/confirmer/")}
    pages["wrong"] = client.post("/entrer/confirmer/", {"password": "faux"})
    pages["changed"] = client.post(path, {"oldpassword": "faux", "password1": "a", "password2": "b"})
    pages["twice"] = client.post(path, {"oldpassword": PASSWORD, "password1": f"{PASSWORD} ici", "password2": "b"})
    pages["ended"] = client.post("/mon-compte/appareils/fin/", follow=True)
    pages["none"] = client.post("/mon-compte/appareils/fin/", follow=True)
    pages["email"] = client.post("/mon-compte/courriel/", {"email": "faux"})
    pages["child"] = client.post(reverse("arrivals:other_child"), {"code": "faux"})
    pages["own"] = client.post(reverse("arrivals:other_child"), {"code": draw(world.people[name])})
    pages["left"] = client.post("/sortir/", {"next": "/entrer/"}, follow=True)
    return pages


def factor_pages(world, name, language):
    """A second factor that nobody asks of her: set up, its spare codes, shown again, then the telephone removed."""
    client, account, path = Client(), give_password(world.account(name)), "/mon-compte/second-facteur/"
    if language != "fr":
        ask(client, language)
    sign_in(client, account.identifier)
    pages = {"set up": client.get(path), "wrong": client.post(path, {"code": "000000"})}
    secret = pages["wrong"].context["form"].secret
    pages["codes"] = client.post(path, {"code": totp(secret)}, follow=True)
    for address in ("mon-compte/codes-de-secours/", "mon-compte/codes-de-secours/nouveaux/", "entrer/confirmer/code/"):
        pages[address] = client.get(f"/{address}")
    pages["not yet"] = client.post("/entrer/confirmer/code/", {"code": "000000"})
    pages |= key_pages(client, account)
    pages["remove"] = client.get(f"{path}retirer/")
    pages["removed"] = client.post(f"{path}retirer/", follow=True)
    return pages


def key_pages(client, account):
    """Passkeys: none, one more, one to remove."""
    pages = {"keys": client.get("/mon-compte/cles/"), "key": client.get("/mon-compte/cles/nouvelle/")}
    key = Authenticator.objects.create(user=account, type="webauthn", data={"name": "Téléphone", "credential": {}})
    pages["kept"] = client.get("/mon-compte/cles/")
    pages["key to remove"] = client.get(f"/mon-compte/cles/{key.pk}/retirer/")
    key.delete()
    return pages


WALKS = [*product([first_time, lost, help_pages, account_pages], WRITTEN), (factor_pages, "ar")]


@ON_ANY_BASE
@pytest.mark.parametrize(("pages", "language"), WALKS)
def test_no_french_is_left_on_the_way_in_and_back(world, settings, pages, language):
    settings.NEW_DEVICE_STEP = pages in (first_time, lost)
    if pages is factor_pages:
        settings.ROOT_URLCONF = "tests.people.urls_https"
        settings.MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
    said = pages(world, "guardian_coparent", "fr")
    said = {name: set(unnamed(world, texts_of(page, "fr")).found) for name, page in said.items()}
    found = pages(world, "guardian", language)
    no_french({name: unnamed(world, texts_of(page, language)) for name, page in found.items()}, language, said)


def test_a_sheet_opens_in_the_language_that_the_school_noted(world, client):
    world.people["guardian"].reading_language = "ar"
    world.people["guardian"].save()
    client.post("/premiere-fois/", {"code": draw(world.people["guardian"])})
    assert read(client, "/premiere-fois/mot-de-passe/", "ar").page["lang"] == "ar"


def test_a_childs_sheet_stays_in_french_on_a_device_that_reads_something_else(world, client):
    ask(client, "tr")
    client.post("/premiere-fois/", {"code": draw(world.people["pupil_cm2"])})
    page = read(client, "/premiere-fois/mot-de-passe/", "fr")
    assert page.page["lang"] == "fr" and "Ton identifiant" in page.found and "Türkçe" not in page.found
