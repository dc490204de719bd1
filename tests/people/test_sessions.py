"""How long one stays in, and what ends it (trust.md 22–28)."""

import datetime
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from preau.people import actions, sessions
from preau.people.models import Account, SignIn
from tests.people.door import PASSWORD, give_password, sign_in
from tests.world import enter

PAGE = "/mon-compte/"
MINUTE, HOUR, DAY = datetime.timedelta(minutes=1), datetime.timedelta(hours=1), datetime.timedelta(days=1)


def is_in(client):
    return client.get(PAGE).status_code == 200


def age(client, *, opened=None, seen=None):
    """Makes the session older than it is."""
    session = client.session
    stamp = dict(session[sessions.STAMP])
    if opened:
        stamp["opened"] -= opened.total_seconds()
    if seen:
        stamp["seen"] -= seen.total_seconds()
    session[sessions.STAMP] = stamp
    session.save()


@pytest.mark.parametrize(
    "name, own, idle, life",
    [
        ("head", False, 15 * MINUTE, 8 * HOUR),
        ("head", True, 15 * MINUTE, 8 * HOUR),
        ("city_education", False, 15 * MINUTE, 8 * HOUR),
        ("operator", True, 15 * MINUTE, 8 * HOUR),
        ("pupil_cm2", True, 30 * MINUTE, 8 * HOUR),
        ("teacher", False, 2 * HOUR, 12 * HOUR),
        ("teacher", True, 12 * HOUR, 7 * DAY),
        ("guardian", False, 2 * HOUR, 12 * HOUR),
        ("guardian", True, 90 * DAY, None),
    ],
)
def test_silence_and_age_end_a_session(client, world, name, own, idle, life):
    account = world.account(name)
    enter(client, account, own_device=own)
    age(client, seen=idle - MINUTE)
    assert is_in(client)
    age(client, seen=idle + MINUTE)
    assert not is_in(client)
    if life:
        client = Client()
        enter(client, account, own_device=own)
        age(client, opened=life - MINUTE)
        assert is_in(client)
        age(client, opened=MINUTE * 2)
        assert not is_in(client)


def test_a_remembered_parent_stays_as_long_as_they_come_back(client, world):
    enter(client, world.account("guardian"), own_device=True)
    for _ in range(5):
        age(client, opened=80 * DAY, seen=80 * DAY)
        assert is_in(client)


def test_the_box_at_the_door_decides(client, world):
    account = give_password(world.account("guardian"))
    sign_in(client, account.identifier)
    assert client.cookies["preau"]["max-age"] == "" and not client.session[sessions.STAMP]["own"]
    client = Client()
    sign_in(client, account.identifier, remember="on")
    assert client.cookies["preau"]["max-age"] == 90 * 24 * 3600 and client.session[sessions.STAMP]["own"]


def test_activity_is_stored_at_most_every_five_minutes(client, world, django_assert_num_queries):
    entry = enter(client, world.account("guardian"))
    before = entry.seen_at
    is_in(client)
    assert SignIn.objects.get().seen_at == before
    age(client, seen=6 * MINUTE)
    is_in(client)
    assert SignIn.objects.get().seen_at > before


def test_a_session_that_no_way_in_stamped_is_refused(client, world):
    client.force_login(world.account("guardian"))
    assert client.get(PAGE)["Location"].startswith("/entrer/")
    assert not Session.objects.exists()


def test_a_closed_account_is_out_at_the_next_click(client, world):
    account = world.account("teacher")
    enter(client, account)
    assert is_in(client)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert not is_in(client)


def test_even_a_session_that_nobody_listed_ends_with_the_account(client, world):
    account = world.account("teacher")
    enter(client, account)
    SignIn.objects.all().delete()
    actions.end_sessions(account=account, now=timezone.now() + datetime.timedelta(seconds=1))
    assert not is_in(client)


def test_the_end_of_the_last_mandate_ends_the_session_that_day(client, world):
    teacher = world.people["teacher"]
    enter(client, teacher.account)
    yesterday = timezone.localdate() - DAY
    actions.end_mandate(mandate=teacher.mandates.get(), ends_on=yesterday, person=None, now=timezone.now())
    assert not is_in(client)


def test_a_mandate_that_runs_out_by_itself_ends_the_session_too(client, world):
    supply = world.people["supply"]
    enter(client, supply.account)
    yesterday = timezone.localdate() - DAY
    supply.mandates.update(starts_on=yesterday, ends_on=yesterday)
    assert not is_in(client)


def test_one_who_still_holds_something_stays(client, world):
    teacher = world.people["teacher"]
    second = actions.give_mandate(
        holder=teacher,
        role="aesh",
        place=world.classrooms["gs"],
        starts_on=timezone.localdate() - DAY,
        person=None,
        now=timezone.now(),
    )
    enter(client, teacher.account)
    actions.end_mandate(mandate=second, ends_on=timezone.localdate() - DAY, person=None, now=timezone.now())
    assert is_in(client)


def test_i_see_my_devices_and_end_one_or_the_others(client, world):
    account = give_password(world.account("guardian"))
    phone, library = Client(HTTP_USER_AGENT="Mozilla/5.0 (Android 14) Firefox/140.0"), Client()
    for each in (phone, library, client):
        sign_in(each, account.identifier)
    page = client.get(PAGE).content.decode()
    assert "Firefox sur Android" in page and page.count("Déconnecter</button>") == 2
    lost = SignIn.objects.get(device="Firefox sur Android")
    client.post(f"/mon-compte/appareils/{lost.id}/fin/")
    assert not is_in(phone) and is_in(library) and is_in(client)
    client.post("/mon-compte/appareils/fin/")
    assert not is_in(library) and is_in(client)


def test_of_many_devices_the_last_seen_are_shown_and_all_the_others_end_at_once(client, world):
    account, told = world.account("guardian"), "le bouton les déconnecte aussi"
    others = [enter(Client(HTTP_USER_AGENT="Mozilla/5.0 (Android 14) Firefox/140.0"), account) for _ in range(9)]
    enter(client, account)
    page = client.get(PAGE).text
    assert page.count("Déconnecter</button>") == 9 and told not in page
    old = enter(Client(), account)
    SignIn.objects.filter(pk=old.pk).update(seen_at=timezone.now() - HOUR)
    page = client.get(PAGE).text
    assert page.count("Déconnecter</button>") == 9 and told in page
    assert str(others[0].pk) in page and str(old.pk) not in page
    client.post("/mon-compte/appareils/fin/")
    assert is_in(client) and account.sign_ins.filter(ended_at=None).count() == 1


@pytest.mark.parametrize(
    "name, moved, is_open",
    [
        ("teacher", {"seen_at": 13 * HOUR}, False),
        ("teacher", {"seen_at": 11 * HOUR}, True),
        ("teacher", {"opened_at": 8 * DAY}, False),
        ("head", {"seen_at": HOUR}, False),
        ("guardian", {"seen_at": 80 * DAY, "opened_at": 80 * DAY}, True),
    ],
)
def test_a_session_that_has_ended_by_itself_is_no_longer_among_mine(client, world, name, moved, is_open):
    other = Client(HTTP_USER_AGENT="Mozilla/5.0 (Android 14) Firefox/140.0")
    entry = enter(other, world.account(name))
    found = {field: timezone.now() - ago for field, ago in moved.items()}
    SignIn.objects.filter(pk=entry.pk).update(device="Firefox sur Android", **found)
    enter(client, world.account(name))
    part = client.get(PAGE).content.decode().partition('id="devices"')[2].partition('id="journal"')[0]
    assert "ici" in part and ("Firefox sur Android" in part) is is_open


def test_nobody_ends_the_session_of_another(client, world):
    theirs = Client()
    entry = enter(theirs, world.account("teacher"))
    enter(client, world.account("guardian"))
    assert client.post(f"/mon-compte/appareils/{entry.id}/fin/").status_code == 404
    assert is_in(theirs)


def test_my_entries_are_mine_alone(client, world):
    enter(client, world.account("guardian"))
    enter(Client(), world.account("teacher"))
    SignIn.objects.filter(account=world.account("teacher")).update(device="Appareil du voisin")
    assert "Appareil du voisin" not in client.get(PAGE).content.decode()


def test_changing_the_password_asks_the_present_one_and_ends_the_others(client, world):
    account = give_password(world.account("guardian"))
    other = Client()
    sign_in(other, account.identifier)
    sign_in(client, account.identifier)
    new = {"password1": "cinq nuages roses et gris", "password2": "cinq nuages roses et gris"}
    wrong = client.post("/mon-compte/mot-de-passe/", {"oldpassword": "faux", **new})
    assert "Ce n’est pas votre mot de passe actuel" in wrong.content.decode() and is_in(other)
    assert client.post("/mon-compte/mot-de-passe/", {"oldpassword": PASSWORD, **new}).status_code == 302
    assert is_in(client) and not is_in(other)
    assert SignIn.objects.filter(ended_at=None).count() == 1
    client.post("/mon-compte/appareils/fin/")  # the session's new key is known: it is not ended by mistake
    assert is_in(client)


def test_guessing_the_present_password_is_throttled(client, world):
    account = give_password(world.account("guardian"))
    sign_in(client, account.identifier)
    new = {"password1": "cinq nuages roses et gris", "password2": "cinq nuages roses et gris"}
    for _ in range(5):
        client.post("/mon-compte/mot-de-passe/", {"oldpassword": "faux", **new})
    page = client.post("/mon-compte/mot-de-passe/", {"oldpassword": PASSWORD, **new}).content.decode()
    assert "Attendez 1\u00a0minute," in page
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_the_account_page_costs_few_queries(client, world, django_assert_max_num_queries):
    enter(client, world.account("guardian"))
    for _ in range(30):
        enter(Client(), world.account("guardian"))
    with django_assert_max_num_queries(10):
        assert is_in(client)


def test_signed_in_pages_are_never_stored(client, world):
    enter(client, world.account("guardian"))
    assert client.get(PAGE)["Cache-Control"] == "no-store"


def test_cookies_over_https():
    """Read in a process of its own: settings are read once."""
    import os
    import subprocess
    import sys

    code = (
        "from config.settings import base as s;"
        "assert s.SESSION_COOKIE_NAME.startswith('__Host-') and s.CSRF_COOKIE_NAME.startswith('__Host-');"
        "assert s.SESSION_COOKIE_SECURE and s.SESSION_COOKIE_HTTPONLY and s.CSRF_COOKIE_SECURE;"
        "assert s.SESSION_COOKIE_SAMESITE == 'Lax' and s.SECURE_HSTS_SECONDS >= 31536000;"
        "assert 'webauthn' in s.MFA_SUPPORTED_TYPES"
    )
    env = {**os.environ, "PREAU_HTTPS": "on", "PYTHONPATH": "src:."}
    subprocess.run([sys.executable, "-c", code], check=True, env=env)


def test_a_session_id_holds_at_least_128_bits(client, world):
    enter(client, world.account("guardian"))
    key = client.session.session_key
    assert len(key) == 32 and len(set(key) - set("abcdefghijklmnopqrstuvwxyz0123456789")) == 0  # 32 × log2(36) = 165


def test_a_row_past_its_end_opens_nothing(world, client):
    enter(client, world.account("teacher"))
    assert is_in(client)
    Session.objects.update(expire_date=timezone.now() - MINUTE)
    assert not is_in(client)


def test_a_key_made_up_by_a_browser_is_never_taken(db):
    store = import_module(settings.SESSION_ENGINE).SessionStore("a" * 32)
    assert store.get("theme") is None and store.session_key is None
    store["theme"] = "night"
    store.save()
    assert Session.objects.get().pk == store.session_key != "a" * 32
