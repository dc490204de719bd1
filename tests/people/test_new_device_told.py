"""An account let in on a device never seen: its person is told, by mail or at the next entry, without noise."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from preau.kit.mail import put, send_due
from preau.people import known_devices
from preau.people.models import Account, SignIn
from tests.people.door import give_password, give_totp, sign_in, totp
from tests.people.test_new_device import PAGE, STEP, at_home, code_on, enters

pytestmark = pytest.mark.django_db
PHONE = {"HTTP_USER_AGENT": "Mozilla/5.0 (Android 14; Mobile) Firefox/130.0", "REMOTE_ADDR": "192.0.2.7"}


@pytest.fixture(autouse=True)
def asked(settings):
    settings.NEW_DEVICE_STEP = True


def reached(account):
    """The account, with an address its person confirmed."""
    Account.objects.filter(pk=account.pk).update(email="moi@ac.example", email_confirmed_at=timezone.now())
    return account


def admitted(known, account):
    """A telephone let in with a code read on the device already known."""
    phone = Client(**PHONE)
    enters(phone, account)
    assert phone.post(STEP, {"code": code_on(known)}).status_code == 302
    return phone


def entry(account):
    """One entry more, whose person is not told yet."""
    now = timezone.now()
    return SignIn.objects.create(
        account=account, session_key="x", way="password", opened_at=now, seen_at=now, new_device_at=now
    )


def test_the_first_device_is_no_news(world):
    _, account = at_home(world, "teacher")
    reached(account)
    assert mail.outbox == [] and not SignIn.objects.exclude(new_device_at=None).exists()


def test_a_teacher_is_told_by_mail_of_one_more_device_once(world):
    known, account = at_home(world, "teacher")
    phone = admitted(known, reached(account))
    (letter,) = mail.outbox
    text = letter.body.replace("\u00a0", " ")
    assert letter.to == ["moi@ac.example"] and "nouvel appareil : Firefox sur Android" in text
    assert " h" in text and "changez votre mot de passe" in text
    for unsaid in ("192.0.2.7", "http", account.identifier, account.person.last_name, account.person.first_name):
        assert unsaid not in letter.subject + text
    phone.post("/sortir/")
    enters(phone, account)
    assert len(mail.outbox) == 1  # known by now


def test_nothing_is_said_of_who_stopped_at_the_door(world, client):
    _, account = at_home(world, "teacher")
    enters(client, reached(account))
    assert mail.outbox == []


def test_a_head_is_told_of_a_new_device_though_the_telephone_s_code_was_right(world, client):
    account = reached(give_password(world.account("head")))
    give_totp(account)
    entry(account)
    sign_in(client, account.identifier)
    assert mail.outbox == []
    client.post("/entrer/code/", {"code": totp()})
    assert client.get(PAGE).status_code == 200 and len(mail.outbox) == 1
    assert known_devices.COOKIE in client.cookies  # told once


@pytest.mark.parametrize("email", ["", "pas@confirme.example"])
def test_who_has_confirmed_no_address_reads_it_at_the_next_entry_on_a_known_device(world, email):
    known, account = at_home(world)
    Account.objects.filter(pk=account.pk).update(email=email)
    phone = admitted(known, account)
    assert "nouvel appareil" not in phone.get(PAGE).text and mail.outbox == []
    known.post("/sortir/")
    enters(known, account)
    page = known.get(PAGE).text.replace("\u00a0", " ")
    assert "ouvert sur un nouvel appareil : Firefox sur Android, " in page and ">nouveau</span></div></td>" in page
    known.post("/sortir/")
    enters(known, account)
    assert "ouvert sur un nouvel appareil" not in known.get(PAGE).text  # said once


def test_a_pupil_on_the_school_s_devices_is_told_nothing(world):
    account = give_password(world.account("pupil_cm2"))
    for client in (Client(), Client(**PHONE)):
        sign_in(client, account.identifier)
    assert not SignIn.objects.exclude(new_device_at=None).exists()


def tell(sign_in, now):
    put("people.new_device", sign_in.pk, key=str(sign_in.pk), now=now)


def test_mails_are_counted_by_the_hour_and_a_device_is_told_once(world):
    account, now = reached(world.account("teacher")), timezone.now()
    entries = [entry(account) for _ in range(5)]
    for each in (*entries, *entries):
        tell(each, now)
    assert len(mail.outbox) == 3
    tell(entries[0], now + timedelta(hours=2))
    assert len(mail.outbox) == 3


def test_a_mail_that_could_not_leave_is_tried_again(world, monkeypatch):
    account, now = reached(world.account("teacher")), timezone.now()
    told = entry(account)
    with monkeypatch.context() as down:
        down.setattr(mail.EmailMessage, "send", lambda *_: (_ for _ in ()).throw(OSError()))
        tell(told, now)
    told.refresh_from_db()
    assert mail.outbox == [] and told.told_at is None  # it is still said at the next entry
    send_due(now=now + timedelta(minutes=2))
    told.refresh_from_db()
    assert len(mail.outbox) == 1 and told.told_at is not None


def test_a_parent_is_told_at_night_too_and_nobody_without_a_relay(world, settings, monkeypatch):
    monkeypatch.setattr("preau.kit.mail.hours.Hours.is_quiet", lambda hours, now: True)  # security waits for no morning
    now = timezone.now()
    tell(entry(reached(world.account("guardian"))), now)
    assert len(mail.outbox) == 1
    settings.MAIL_LEAVES = False
    tell(entry(reached(world.account("teacher"))), now)
    assert len(mail.outbox) == 1
