"""A password lost and found without the school, or asked of it; the same words for all (trust.md 15, 17)."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from preau.people import actions, queries
from preau.people.models import Account, Contact, MailCode, SheetAsk, SignIn
from preau.people.recovery.answering import next_class_day
from tests.browser import WIDTHS, assert_accessible, open_page
from tests.people.door import PASSWORD, draw, give_password, give_totp, sign_in, totp
from tests.people.test_email import figures_in

pytestmark = pytest.mark.django_db
LOST, CODE, CHOICE = "/mot-de-passe-perdu/", "/mot-de-passe-perdu/code/", "/mot-de-passe-perdu/choix/"
SHEET = "/mot-de-passe-perdu/fiche/"
NEW = "six pommes rouges dans un panier"


@pytest.fixture(autouse=True)
def asked(settings):
    settings.NEW_DEVICE_STEP = True


def reached(account, address="ada@maison.example"):
    """The account, whose person confirmed an address."""
    Account.objects.filter(pk=account.pk).update(email=address, email_confirmed_at=timezone.now())
    account.refresh_from_db()
    return account


def ask(client, identifier):
    return client.post(LOST, {"identifier": identifier})


def choose(client):
    return client.post(CHOICE, {"password": NEW, "again": NEW})


def test_a_parent_finds_a_lost_password_by_mail_on_a_new_telephone(client, world):
    account = reached(give_password(world.account("guardian")))
    assert ask(client, account.identifier.upper())["Location"] == CODE
    (letter,) = mail.outbox
    names = (account.person.first_name, account.person.last_name, account.identifier)
    assert letter.to == [account.email] and not any(name in letter.body + letter.subject for name in names)
    assert choose(client)["Location"] == LOST, "nothing is chosen before the code"
    assert client.post(CODE, {"code": figures_in(letter)})["Location"] == CHOICE
    assert choose(client).status_code == 302
    assert client.get("/mon-compte/").status_code == 200
    assert SignIn.objects.get(account=account).way == "mail_code"
    assert sign_in(Client(), account.identifier).status_code == 200, "the former password opens nothing"
    assert choose(client)["Location"] == LOST and not SheetAsk.objects.exists()
    assert "le mot de passe a été changé" in mail.outbox[-1].body


def test_whoever_has_no_account_or_no_address_is_told_the_same(world):
    told = set()
    for name in ("nobody.at.all", reached(world.account("guardian")).identifier, world.account("teacher").identifier):
        client = Client()
        answer, page = ask(client, name), client.get(CODE)
        wrong = client.post(CODE, {"code": "000000"})
        said = [re.sub(r'value="[^"]{64}"', "", each.content.decode()) for each in (page, wrong)]
        told.add((answer.status_code, answer["Location"], *said))
    assert len(told) == 1
    assert [ask.person for ask in SheetAsk.objects.waiting()] == [world.people["teacher"]]


def test_a_code_serves_the_browser_that_asked(world):
    account, mine, thief = reached(give_password(world.account("guardian"))), Client(), Client()
    ask(mine, account.identifier)
    figures = figures_in(mail.outbox[-1])
    ask(thief, account.identifier)
    assert thief.post(CODE, {"code": figures}).status_code == 422
    assert mine.post(CODE, {"code": figures}).status_code == 302


def test_a_code_dies_when_the_address_changes(client, world):
    account = reached(world.account("guardian"))
    ask(client, account.identifier)
    figures = figures_in(mail.outbox[-1])
    reached(account, "autre@maison.example")
    assert client.post(CODE, {"code": figures}).status_code == 422


def test_the_school_is_asked_in_one_press_by_who_reads_no_mail_any_more(client, world):
    account = reached(world.account("guardian"))
    ask(client, account.identifier)
    assert not SheetAsk.objects.exists()
    client.post(SHEET)
    client.post(SHEET)
    row = SheetAsk.objects.get()
    page = client.get(CODE).content.decode()
    assert row.person == account.person and "L’école reçoit votre demande" in page
    assert len(mail.outbox) == 1
    draw(account.person)
    assert not SheetAsk.objects.waiting().exists() and SheetAsk.objects.get(pk=row.pk).answered_at


@pytest.mark.parametrize("how", ["account", "onde"])
def test_an_address_that_two_parents_share_gives_nobody_a_password(client, world, how):
    account = reached(world.account("guardian"), "toupie@maison.example")
    if how == "account":
        reached(world.account("guardian_coparent"), "Toupie@maison.example")
    else:
        other = world.people["guardian_coparent"]
        Contact.objects.create(person=other, kind="email", value="toupie@maison.example", match_key=account.email)
    ask(client, account.identifier)
    assert mail.outbox == [] and SheetAsk.objects.get().person == account.person


def test_who_types_the_address_of_another_takes_no_way_back_from_them(client, world):
    account = reached(world.account("guardian"), "toupie@maison.example")
    Account.objects.filter(pk=world.account("guardian_coparent").pk).update(email="toupie@maison.example")
    ask(client, account.identifier)
    assert len(mail.outbox) == 1 and not SheetAsk.objects.exists()


def test_a_reset_does_not_pass_over_a_second_factor(client, world):
    account = reached(give_password(world.account("head")))
    ask(client, account.identifier)
    assert mail.outbox == [], "a role whose telephone is not set takes a sheet"
    give_totp(account)
    ask(client, account.identifier)
    client.post(CODE, {"code": figures_in(mail.outbox[-1])})
    assert choose(client)["Location"].startswith("/entrer/code/")
    assert client.get("/mon-compte/").status_code == 302
    client.post("/entrer/code/", {"code": totp()})
    assert client.get("/mon-compte/").status_code == 200


def test_nobody_is_written_to_without_end(client, world):
    account = reached(world.account("guardian"))
    answers = {ask(client, account.identifier)["Location"] for _ in range(9)}
    assert answers == {CODE} and len(mail.outbox) < 6


def test_whoever_the_operator_named_is_answered_by_the_operator(client, world):
    ask(client, world.account("head").identifier)
    ask(client, world.account("ia_dasen").identifier)
    operator = world.sign_in(Client(), "operator")
    assert operator.get("/base/").content.decode().count("demande une fiche") == 2
    mandate = world.people["head"].mandates.get()
    operator.post(f"/base/fiche/{mandate.pk}/")
    assert operator.get("/base/").content.decode().count("demande une fiche") == 1


def test_a_pupil_asks_for_a_sheet_of_their_own_and_receives_no_mail(client, world):
    account = reached(world.account("pupil_cm2"))
    ask(client, account.identifier)
    assert mail.outbox == [] and SheetAsk.objects.get().person == account.person


def test_a_code_typed_waits_half_an_hour_for_its_password(client, world):
    account = reached(give_password(world.account("guardian")))
    ask(client, account.identifier)
    client.post(CODE, {"code": figures_in(mail.outbox[-1])})
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert choose(client)["Location"] == LOST
    assert sign_in(Client(), account.identifier, PASSWORD).status_code == 302


@pytest.mark.parametrize("lost", [{"email_confirmed_at": None}, {"email_refused_at": timezone.now()}])
def test_a_code_typed_serves_no_more_once_its_address_does_not(client, world, lost):
    account = reached(give_password(world.account("guardian")))
    ask(client, account.identifier)
    client.post(CODE, {"code": figures_in(mail.outbox[-1])})
    Account.objects.filter(pk=account.pk).update(**lost)
    assert choose(client)["Location"] == LOST
    assert sign_in(Client(), account.identifier, PASSWORD).status_code == 302, "the former password is left alone"


def test_an_account_that_was_closed_finds_no_way_back(client, world):
    account = reached(give_password(world.account("guardian")))
    ask(client, account.identifier)
    client.post(CODE, {"code": figures_in(mail.outbox[-1])})
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert choose(client)["Location"] == LOST
    ask(client, account.identifier)
    assert not SheetAsk.objects.exists() and len(mail.outbox) == 1


def test_the_school_answers_on_a_day_of_class(world):
    local = timezone.get_current_timezone()
    for day, hour, read in ((14, 9, 14), (14, 17, 15), (18, 17, 21), (15, 20, 17)):
        assert next_class_day(datetime(2026, 9, day, hour, tzinfo=local)).day == read
    holidays = datetime(2026, 12, 23, 9, tzinfo=local)
    assert next_class_day(holidays).isoformat() == "2027-01-04"
    assert queries.sheet_ask_of(world.people["guardian"]) is None


def test_what_was_asked_is_forgotten_after_three_months(world):
    from preau.privacy.actions.retention import clocks

    now = timezone.now()
    actions.ask_sheet(holder=world.people["guardian"], now=now - timedelta(days=92))
    before, guardian = now - timedelta(days=2), world.account("guardian")
    actions.ask_mail_code(account=guardian, purpose=MailCode.Purpose.DEVICE, now=before)
    due = {clock.table: clock.rows(now).count() for clock in clocks() if getattr(clock, "table", None)}
    assert due[SheetAsk] == 1 and due[MailCode] == 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_password_is_lost_and_found_on_a_telephone(world, browser, live_server, width):
    account = reached(give_password(world.account("guardian")))
    phone = open_page(browser, live_server, "/entrer/", width=width, javascript=False)
    phone.click("text=J’ai perdu mon mot de passe")
    phone.fill("#id_identifier", account.identifier)
    phone.click("main button:has-text('Continuer')")
    phone.wait_for_url("**/code/")
    seen = open_page(browser, live_server, LOST, width=width)
    seen.context.add_cookies(phone.context.cookies())
    seen.goto(CODE)
    assert_accessible(seen, "people/lost_password_code.html")
    phone.fill("#id_code", figures_in(mail.outbox[-1]))
    phone.click("main button:has-text('Continuer')")
    phone.wait_for_url("**/choix/")
    seen.context.add_cookies(phone.context.cookies())
    seen.goto(CHOICE)
    assert_accessible(seen, "people/lost_password_choice.html")
    for name in ("#id_password", "#id_again"):
        phone.fill(name, NEW)
    phone.click("main button:has-text('Entrer')")
    phone.wait_for_url(lambda url: "choix" not in url)
    assert phone.goto("/mon-compte/").status == 200
