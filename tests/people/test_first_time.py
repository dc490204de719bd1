"""A first time: code → password → in. Single use, lenient to type, silent about who exists (trust.md 13–15)."""

import datetime
import re
import threading

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from preau.people import actions
from preau.people.codes import code_hash, code_in_groups
from preau.people.models import Account, ActivationCode, Person, SignIn
from preau.people.texts import NOTICE_VERSION
from tests.browser import open_page
from tests.people.door import draw, give_password, sign_in

WORDS = "huit lampes vertes dans la cour"
STEP_1, STEP_2 = "/premiere-fois/", "/premiere-fois/mot-de-passe/"
DEAD = "Ce code ne marche pas, ou ne marche plus"


@pytest.fixture
def secret(world):
    return draw(world.people["guardian_paper"])


def activate(client, secret, words=WORDS, **more):
    client.post(STEP_1, {"code": secret})
    return client.post(STEP_2, {"password": words, "again": words, **more})


def test_two_pages_and_one_is_in(client, world, secret):
    assert client.get(STEP_1).status_code == 200
    assert client.post(STEP_1, {"code": code_in_groups(secret)})["Location"] == STEP_2
    page = client.get(STEP_2).content.decode()
    assert "g.canari-guardian-paper" in page and "Vos données" in page and "Texte du 29\u00a0novembre 2026" in page
    assert "vous notez qu’il vous a été montré" in page.split('<button class="btn btn-main')[0]
    assert client.post(STEP_2, {"password": WORDS, "again": WORDS})["Location"] == "/"
    assert client.get("/mon-compte/").status_code == 200
    account = world.people["guardian_paper"].account
    assert account.email == "" and account.notice_version == NOTICE_VERSION and account.notice_at
    assert SignIn.objects.get().way == "sheet"


@pytest.mark.parametrize(
    "typed",
    [
        lambda s: s.lower(),
        lambda s: code_in_groups(s),
        lambda s: " ".join(s),
        lambda s: f"  {code_in_groups(s).lower().replace('-', '–')} ",
        lambda s: s.replace("Q", "O"),
        lambda s: s.replace("Q", "0"),
    ],
)
def test_the_code_is_read_as_people_type_it(client, secret, typed):
    assert client.post(STEP_1, {"code": typed(secret)}).status_code == 302


def test_the_secret_is_in_no_address(client, secret, caplog):
    response = client.post(STEP_1, {"code": secret}, follow=True)
    assert all(secret not in url for url, _ in response.redirect_chain)
    assert secret not in response.content.decode() and secret not in caplog.text
    assert secret not in str(dict(client.session))


def test_a_code_given_at_the_door_waits_half_an_hour_whoever_opens_that_browser_then(client, secret):
    """On a shared computer, whoever came next chose the password of a sheet left unfinished, as long as it lasted."""
    client.post(STEP_1, {"code": secret})
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=29)):
        assert client.get(STEP_2).status_code == 200
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=31)):
        assert client.get(STEP_2)["Location"] == STEP_1
        assert client.post(STEP_2, {"password": WORDS, "again": WORDS})["Location"] == STEP_1
    assert not Account.objects.filter(last_login__isnull=False).exists()
    assert activate(client, secret)["Location"] == "/", "the sheet itself serves on"


def test_unknown_used_replaced_and_expired_codes_get_one_answer(client, world):
    person = world.people["guardian_paper"]
    replaced, used = draw(person), draw(person)
    actions.use_activation_code(code=ActivationCode.objects.get(secret_hash=code_hash(used)), now=timezone.now())
    expired = draw(person)
    ActivationCode.objects.filter(secret_hash=code_hash(expired)).update(expires_at=timezone.now())
    closed = draw(world.people["suspended"])
    pages = set()
    for code in (replaced, used, expired, closed, "22222222222222"):
        response = client.post(STEP_1, {"code": code})
        text = response.content.decode()
        assert response.status_code == 200 and DEAD in text
        pages.add(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text).replace(code, "X"))
    assert len(pages) == 1


def test_who_is_in_hears_that_their_own_used_code_was_theirs_and_nobody_else_does(client, world, secret):
    activate(client, secret)
    assert "Cette fiche est déjà la vôtre" in client.post(STEP_1, {"code": secret}).content.decode()
    stranger = Client()
    sign_in(stranger, give_password(world.account("teacher")).identifier)
    for other in (stranger, Client()):
        assert DEAD in other.post(STEP_1, {"code": secret}).content.decode()


@pytest.mark.long
def test_step_two_needs_step_one(client, db):
    assert client.get(STEP_2)["Location"] == STEP_1
    assert client.post(STEP_2, {"password": WORDS, "again": WORDS})["Location"] == STEP_1
    assert not Account.objects.exists()


def test_a_code_replaced_between_the_two_steps_opens_nothing(client, world, secret):
    client.post(STEP_1, {"code": secret})
    draw(world.people["guardian_paper"])
    assert client.post(STEP_2, {"password": WORDS, "again": WORDS})["Location"] == STEP_1
    assert not hasattr(Person.objects.get(id=world.people["guardian_paper"].id), "account")


def test_a_code_serves_once(client, world, secret):
    activate(client, secret)
    thief = Client()
    activate(thief, secret, "un autre mot de passe long")
    assert thief.get("/mon-compte/").status_code == 302
    assert Account.objects.get(person=world.people["guardian_paper"]).check_password(WORDS)


@pytest.mark.parametrize("words, again", [("trop court", "trop court"), (WORDS, WORDS + "!")])
def test_a_refused_password_leaves_the_code_alive(client, world, secret, words, again):
    client.post(STEP_1, {"code": secret})
    assert client.post(STEP_2, {"password": words, "again": again}).status_code == 200
    assert ActivationCode.objects.get().used_at is None
    assert activate(client, secret)["Location"] == "/"


def test_a_new_sheet_gives_a_new_password_and_ends_the_sessions(client, world):
    account = give_password(world.account("guardian"))
    before = Client()
    sign_in(before, account.identifier)
    secret = draw(account.person)
    client.post(STEP_1, {"code": secret})
    page = client.get(STEP_2).content.decode()
    assert account.identifier in page and "C’est le même qu’avant" in page
    client.post(STEP_2, {"password": WORDS, "again": WORDS})
    assert client.get("/mon-compte/").status_code == 200
    assert before.get("/mon-compte/").status_code == 302
    account.refresh_from_db()
    assert account.check_password(WORDS) and Account.objects.filter(person=account.person).count() == 1


def test_someone_elses_session_is_left_when_a_sheet_is_used(client, world, secret):
    account = give_password(world.account("teacher"))
    sign_in(client, account.identifier)
    activate(client, secret)
    assert "Canari-guardian_paper" in client.get("/mon-compte/").content.decode()


def test_a_pupil_is_spoken_to_simply(client, world):
    secret = draw(world.people["pupil_cm2"])
    client.post(STEP_1, {"code": secret})
    page = client.get(STEP_2).content.decode()
    assert "choisis ton mot de passe" in page and "Tes données" in page
    notice = page.split("Tes données")[1].split("Texte du")[0]
    for sentence in re.findall(r"[^.?!<>]+[.?!]", re.sub(r"<[^>]+>", "\n", notice)):
        assert len(sentence.split()) <= 12, sentence


def test_guessing_codes_from_one_address_ends_by_being_refused(client, world, secret, monkeypatch):
    monkeypatch.setattr("preau.people.actions.throttle.NETWORK_LIMIT", 3)
    pages = [client.post(STEP_1, {"code": f"{n:014d}"}).content.decode() for n in range(4)]
    assert DEAD in pages[2] and "Trop de codes essayés" in pages[3]


def test_the_lost_password_page_says_the_same_to_everyone(client, world):
    page = client.get("/mot-de-passe-perdu/").content.decode()
    assert "nouvelle fiche" in page and page.count("<input") == 2  # the identifier, and the form's token


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_with_one_code_one_wins():
    person = Person.objects.create(first_name="Ada", last_name="Marelle")
    now = timezone.now()
    actions.issue_activation_codes(persons=[person], person=None, now=now)
    code = ActivationCode.objects.select_related("person").get()
    opened, start = [], threading.Barrier(20)

    def attempt(number):
        try:
            start.wait()
            opened.append(
                actions.open_with_code(code=code, password=f"{WORDS} {number}", notice_version="1", now=timezone.now())
            )
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=(number,)) for number in range(20)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(opened) == 20 and sum(account is not None for account in opened) == 1
    assert Account.objects.count() == 1


def test_a_code_outlives_neither_its_thirty_days_nor_its_use(world, secret):
    late = timezone.now() + datetime.timedelta(days=30, seconds=1)
    code = ActivationCode.objects.get()
    assert not actions.use_activation_code(code=code, now=late)


@pytest.mark.browser
def test_the_whole_code_is_seen_on_a_small_phone(world, browser, live_server, secret):
    page = open_page(browser, live_server, STEP_1, width=360)
    page.fill("#id_code", "H9FP-8GBM-AYK-JVW")
    page.click("main button:has-text('Continuer')")
    page.fill("#id_code", "H9FP-8GBM-AYK-JVW")
    assert page.locator(".field-wrong #id_code").evaluate("field => field.scrollWidth <= field.clientWidth")
