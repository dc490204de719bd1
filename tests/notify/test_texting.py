"""Text messages: a number confirmed by its owner, a city that pays so many, a carrier whose receipt alone counts."""

import hashlib
import hmac
import json
from collections import Counter
from pathlib import Path

import pytest
from django.core import mail as django_mail
from django.test import Client
from django.utils.timezone import now

from preau.kit import mail
from preau.kit.mail import send_due
from preau.kit.models import Outgoing
from preau.kit.outbound import Answer, texting
from preau.notify import actions, queries
from preau.notify.models import PushDevice, Telling
from preau.people import actions as people
from preau.people.languages import WRITTEN
from preau.people.models import Account, MailCode, Phone, SheetAsk, TextMessage
from preau.people.recovery.mail_codes import figures_of
from tests.french_left import french, texts_of, unnamed
from tests.notify.told import at, said
from tests.people.door import give_password, sign_in
from tests.world import TODAY

pytestmark = pytest.mark.django_db
PAGE, CODE = "/mon-compte/telephone/", "/mon-compte/telephone/code/"
EVENING = "/mon-compte/courriel-du-soir/"
NUMBER = "06 12 34 56 78"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.SMS_FILE_PATH = tmp_path / "texts"
    return settings.SMS_FILE_PATH


@pytest.fixture
def paid(held):
    """The city pays ten a month."""
    budget(held, 10)
    return held


def budget(world, per_month):
    city, who = world.cities["marelle"], world.people["city_education"]
    return people.set_text_budget(person=who, city=city, per_month=per_month, now=now())


def with_phone(world, *names):
    """Confirmed."""
    for rank, name in enumerate(names):
        given = {"number": f"+3361234567{rank}", "given_at": at(-20, 12), "confirmed_at": at(-20, 12)}
        Phone.objects.create(account=world.account(name), city=world.cities["marelle"], **given)


def texts():
    return [json.loads(path.read_text()) for path in sorted(Path(texting.settings.SMS_FILE_PATH).glob("*.json"))]


def enter(client, account):
    """By the door, as a number is given soon after."""
    return sign_in(client, give_password(account).identifier)


def figures():
    said = texts()[-1]["text"]
    return "".join(sign for sign in said.split("code est ")[1][:7] if sign.isdigit())


def receipt(reference, state="delivered", key="the carrier's key in tests"):
    body = json.dumps({"reference": str(reference), "state": state}).encode()
    signature = f"sha256={hmac.new(key.encode(), body, hashlib.sha256).hexdigest()}"
    headers = {"X-Preau-Signature": signature}
    return Client(enforce_csrf_checks=True).post("/sms/recu/", body, "application/json", headers=headers).status_code


def carrier(monkeypatch, settings, answers):
    """Another server's answers, one after the other; what it was asked."""
    settings.SMS_DRIVER, settings.SMS_URL, settings.SMS_TOKEN = "http", "https://sms.example/envois", "jeton"
    asked = []

    def ask(method, url, *, hosts, headers, body):
        asked.append((url, hosts, headers, json.loads(body)))
        return Answer(answers.pop(0) if answers else 202)

    monkeypatch.setattr(texting, "ask", ask)
    return asked


def test_a_guardian_gives_a_number_confirms_it_and_erases_it(paid, client):
    enter(client, paid.account("guardian"))
    assert "Téléphone" in client.get("/mon-compte/").content.decode()
    wrong = client.post(PAGE, {"number": "05 49 12 34 56"})
    assert wrong.status_code == 422 and "numéro de portable" in wrong.content.decode()
    assert client.post(PAGE, {"number": NUMBER})["Location"] == CODE
    (sent,) = texts()
    assert sent["to"] == "+33612345678" and "Canari" not in sent["text"]
    assert client.post(CODE, {"code": "000000"}).status_code == 422
    assert not Phone.objects.get().confirmed_at and not queries.texts_due(
        said(paid, at(0, 10)), [paid.people["guardian"].pk], at(0, 10), TODAY
    )
    assert client.post(CODE, {"code": figures()}).status_code == 302
    assert Phone.objects.get().confirmed_at
    assert client.post("/mon-compte/telephone/fin/").status_code == 302 and not Phone.objects.exists()


def test_it_is_offered_to_guardians_alone_where_their_city_pays(held, client, settings):
    enter(client, held.account("guardian"))
    assert client.get(PAGE).status_code == 403 and "Téléphone" not in client.get("/mon-compte/").content.decode()
    budget(held, 10)
    assert client.get(PAGE).status_code == 200
    for who in ("teacher", "city_education", "pupil_cm2"):
        assert held.sign_in(client, who).get(PAGE).status_code == 403, who
    settings.SMS_DRIVER = ""
    city_page = f"/ville/{held.cities['marelle'].pk}/sms/"
    assert held.sign_in(client, "city_education").get(city_page).status_code == 403
    assert held.sign_in(client, "guardian").get(PAGE).status_code == 403


def test_a_lost_password_is_found_by_text_message(paid, client):
    account = give_password(paid.account("guardian"))
    with_phone(paid, "guardian")
    client.post("/mot-de-passe-perdu/", {"identifier": account.identifier})
    assert not django_mail.outbox and not SheetAsk.objects.exists()
    assert client.post("/mot-de-passe-perdu/code/", {"code": figures()}).status_code == 302
    new = "six pommes rouges dans un panier"
    client.post("/mot-de-passe-perdu/choix/", {"password": new, "again": new})
    assert client.get("/mon-compte/").status_code == 200
    other = {"account": paid.account("guardian_coparent"), "city": paid.cities["marelle"]}
    Phone.objects.create(number="+33612345670", given_at=now(), confirmed_at=now(), **other)
    Client().post("/mot-de-passe-perdu/", {"identifier": account.identifier})  # shared: it opens nothing
    assert len(texts()) == 1 and SheetAsk.objects.waiting().count() == 1


def test_who_has_no_other_way_is_texted_once_a_day_and_reached_by_the_receipt_alone(paid, monkeypatch, settings):
    with_phone(paid, "guardian", "guardian_coparent")
    mailed = {"email": "g@famille.example", "email_confirmed_at": at(-20, 12)}
    Account.objects.filter(person=paid.people["guardian_coparent"]).update(**mailed)
    asked = carrier(monkeypatch, settings, [])
    first, second = said(paid, at(0, 10)), said(paid, at(0, 11))
    send_due(now=at(0, 11, 1))
    ((url, hosts, headers, body),) = asked
    assert (url, hosts, headers["Authorization"]) == ("https://sms.example/envois", ("sms.example",), "Bearer jeton")
    assert body["to"] == "+33612345670" and "un message vous attend" in body["text"] and "Canari" not in body["text"]
    assert Telling.objects.get(way="sms").notice == first and queries.reach(first, TODAY).counts.texted_count == 0
    assert receipt(body["reference"], key="another key") == 401
    assert receipt("0197aaaa-0000-7000-8000-000000000000") == 404
    assert receipt("nothing") == 401
    assert Client().post("/sms/recu/", b"{}", "application/json", headers={"X-Preau-Signature": "é"}).status_code == 401
    assert queries.reach(first, TODAY).counts.texted_count == 0
    assert (receipt(body["reference"]), receipt(body["reference"], "failed")) == (204, 204)  # said twice
    reached = queries.reach(first, TODAY)
    assert (reached.counts.expected_count, reached.counts.texted_count) == (4, 1)
    assert paid.people["guardian"].pk not in [line.person_id for line in reached.unreached]
    assert queries.reach(second, TODAY).counts.texted_count == 0


def test_a_receipt_that_comes_before_we_noted_that_it_left_is_kept(paid, monkeypatch, settings):
    with_phone(paid, "guardian")
    carrier(monkeypatch, settings, [])
    notice = said(paid, at(0, 10))
    with monkeypatch.context() as before:
        before.setattr(mail.outbox, "_settle", lambda *_: True)
        send_due(now=at(0, 10, 1))
    row = Outgoing.objects.get(kind="notify.text")
    assert receipt(row.ids[0]) == 204 and queries.reach(notice, TODAY).counts.texted_count == 0
    mail.outbox._settle(row, mail.SENT, at(0, 10, 2))
    assert queries.reach(notice, TODAY).counts.texted_count == 1


def test_in_an_emergency_every_telephone_is_called_at_night(paid):
    with_phone(paid, "guardian", "guardian_coparent", "guardian_other_family")
    mailed = {"email": "g@famille.example", "email_confirmed_at": at(-20, 12)}
    Account.objects.filter(person=paid.people["guardian"]).update(**mailed)
    said(paid, at(0, 23), who="head", level="urgent", reason="Gaz")
    assert send_due(now=at(0, 23, 1)) == 4
    assert len(texts()) == 3 and all("urgent" in each["text"] for each in texts())


@pytest.mark.parametrize(
    ("level", "mails", "pushes", "texts_count"), [("info", 1, 0, 0), ("sign", 1, 1, 1), ("urgent", 1, 1, 2)]
)
def test_the_ways_announced_are_those_that_serve_at_each_level(paid, level, mails, pushes, texts_count):
    with_phone(paid, "guardian", "guardian_coparent")
    mailed = {"email": "g@famille.example", "email_confirmed_at": at(-20, 12)}
    Account.objects.filter(person=paid.people["guardian"]).update(**mailed)
    PushDevice.objects.create(person=paid.people["guardian"], endpoint="https://push.example/1", asked_at=at(-9, 12))
    notice = said(paid, at(0, 10), who="head", level=level, reason="Gaz" if level == "urgent" else "")
    ways = queries.ways_of({row.person_id for row in notice.expected.all()}, level)
    left = Counter(Outgoing.objects.values_list("kind", flat=True))
    assert left["notify.notice"] + left["notify.evening"] == ways.by_mail_count == mails
    assert left["notify.push"] == ways.by_push_count == pushes
    assert left["notify.text"] == ways.by_text_count == texts_count
    assert ways.on_screen_count == (1 if texts_count else 2) and ways.on_paper_count == 1


def test_past_its_budget_a_city_sends_none_and_the_sender_sees_who_was_left_out(paid, client):
    budget(paid, 1)
    with_phone(paid, "guardian", "guardian_other_family")
    notice = said(paid, at(0, 10))
    send_due(now=at(0, 10, 1))
    assert len(texts()) == 1 and TextMessage.objects.count() == 1
    reasons = [line.reason for line in queries.reach(notice, TODAY).unreached]
    assert reasons.count(queries.Reason.UNPAID) == 1
    enter(client, paid.account("guardian_coparent"))
    TextMessage.objects.update(asked_at=now())
    over = client.post(PAGE, {"number": NUMBER})
    assert over.status_code == 422 and "épuisés pour votre Ville" in over.content.decode()
    shown = paid.sign_in(client, "city_education").get(f"/ville/{paid.cities['marelle'].pk}/sms/")
    assert "1\u00a0SMS facturé" in shown.content.decode() and "pour 1\u00a0message envoyé" in shown.content.decode()
    assert paid.sign_in(client, "city_it").get(f"/ville/{paid.cities['marelle'].pk}/sms/").status_code == 403


def test_a_wrong_number_is_written_to_no_more_and_given_back_to_the_city(paid, client, monkeypatch, settings):
    with_phone(paid, "guardian")
    asked = carrier(monkeypatch, settings, [422])
    notice = said(paid, at(0, 10))
    send_due(now=at(0, 10, 1))
    assert Phone.objects.get().refused_at and not TextMessage.objects.exists()
    reasons = {line.person_id: line.reason for line in queries.reach(notice, TODAY).unreached}
    assert reasons[paid.people["guardian"].pk] == queries.Reason.UNTEXTED
    said(paid, at(1, 10))
    send_due(now=at(1, 10, 1))
    assert len(asked) == 1
    enter(client, paid.account("guardian"))
    assert "corrigez-le" in client.get(PAGE).content.decode()


def test_a_carrier_that_is_down_is_tried_again_with_the_same_key(paid, monkeypatch, settings):
    with_phone(paid, "guardian")
    asked = carrier(monkeypatch, settings, [503])
    said(paid, at(0, 10))
    assert send_due(now=at(0, 10, 1)) == 0 and send_due(now=at(0, 10, 5)) == 1
    assert len({headers["Idempotency-Key"] for _, _, headers, _ in asked}) == 1 and len(asked) == 2


def test_who_has_read_before_it_leaves_costs_nothing(paid):
    with_phone(paid, "guardian")
    notice = said(paid, at(-2, 12))
    assert TextMessage.objects.count() == 1
    actions.mark_seen(publication=notice.publication, person=paid.people["guardian"], now=at(-1, 9))
    send_due(now=at(0, 8))
    assert not texts() and not TextMessage.objects.exists()


def test_the_page_of_the_demo_shows_text_messages(paid, client):
    with_phone(paid, "guardian")
    said(paid, at(0, 10))
    send_due(now=at(0, 10, 1))
    assert "un message vous attend" in client.get("/courriels-de-la-demo/").content.decode()


def walk(world, client, name):
    """The pages of a number and of the evening's mail, with what they refuse."""
    enter(client, world.account(name))
    Account.objects.filter(person=world.people[name]).update(email=f"{name}@x.example", email_confirmed_at=now())
    pages = [client.get(PAGE), client.post(PAGE, {"number": "05 49 12 34 56"}), client.post(PAGE, {"number": ""})]
    pages += [client.post(PAGE, {"number": NUMBER}, follow=True), client.post(CODE, {"code": "1"}), client.get(PAGE)]
    Phone.objects.filter(account=world.account(name)).update(refused_at=now())
    pages.append(client.get(PAGE))
    code = figures_of(MailCode.objects.filter(account=world.account(name)).latest("asked_at"))
    Phone.objects.filter(account=world.account(name)).update(refused_at=None)
    pages += [client.post(CODE, {"code": code}, follow=True), client.get(PAGE)]
    pages += [client.post("/mon-compte/telephone/fin/", follow=True), client.get(EVENING)]
    return pages + [client.post(EVENING, data, follow=True) for data in ({"wants": "on"}, {})]


@pytest.mark.parametrize("language", list(WRITTEN))
def test_no_french_is_left_where_a_number_is_given_and_the_evening_mail_chosen(paid, language):
    said = [set(texts_of(page, "fr").found) for page in walk(paid, Client(), "guardian_coparent")]
    paid.people["guardian"].reading_language = language
    paid.people["guardian"].save()
    for page, in_french in zip(walk(paid, Client(), "guardian"), said, strict=True):
        found = unnamed(paid, texts_of(page, language)).found
        assert french(found, language, in_french) == [], page.request["PATH_INFO"]
    assert b"\xd8" in page.content or language != "ar"
