"""The second factor: who owes it, what it opens, what cannot be replayed (trust.md 9, 11, 15, 16)."""

import datetime
import re
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from preau.people.models import SECOND_FACTOR_ROLES, SignIn
from tests.house.test_pages import routes
from tests.people.door import PASSWORD, SECRET, draw, give_password, give_totp, sign_in, totp
from tests.world import STAFF, enter

OWING = [name for name, role, *_ in STAFF if role in SECOND_FACTOR_ROLES]
FREE = ["teacher", "supply", "aesh", "atsem", "parents_federation", "guardian", "pupil_cm2"]
SET_UP = "/mon-compte/second-facteur/"


@pytest.mark.parametrize("name", OWING)
def test_these_roles_reach_nothing_before_their_second_factor(client, world, name):
    enter(client, world.account(name), second_factor=False)
    response = client.get("/mon-compte/?x=1")
    assert response.status_code == 302 and response["Location"] == f"{SET_UP}?next=%2Fmon-compte%2F%3Fx%3D1"
    enter(client, world.account(name))
    assert client.get("/mon-compte/").status_code == 200


@pytest.mark.parametrize("name", FREE)
def test_the_others_enter_with_a_password(client, world, name):
    enter(client, world.account(name), second_factor=False)
    assert client.get("/mon-compte/").status_code == 200


@pytest.mark.parametrize(("name", "sees_more"), [("head", True), ("guardian", False), ("teacher", False)])
def test_who_is_not_asked_for_it_reads_that_it_guards_their_account(client, world, name, sees_more):
    enter(client, world.account(name), second_factor=False)
    page = client.get(SET_UP).content.decode()
    assert ("Votre rôle voit plus qu’une classe" in page) is sees_more
    assert ("un code de votre téléphone garde votre compte" in page) is not sees_more
    client.post(SET_UP, {"code": totp(client.get(SET_UP).context["form"].secret)})
    removal = client.get(f"{SET_UP}retirer/").content.decode()
    assert ("votre compte reste fermé" in removal) is sees_more


def test_a_pupil_is_offered_no_telephone_and_no_one_says_vous(client, world):
    world.sign_in(client, "guardian")
    assert SET_UP in client.get("/mon-compte/").content.decode()
    world.sign_in(client, "pupil_cm2")
    page = client.get("/mon-compte/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert SET_UP not in main and "Tu entres" in main
    assert not re.search(r"\b(vous|vos|votre)\b", main, re.IGNORECASE)
    refused = client.get(SET_UP)
    assert refused.status_code == 403 and "Ton mot de passe suffit" in refused.content.decode()


def test_no_ruled_page_opens_before_the_second_factor(client, world):
    """Every address without argument that is not public, by GET and by POST."""
    enter(client, world.account("head"), second_factor=False)
    tried = 0
    for path, _, view in routes():
        if "<" in path or getattr(view, "access", "") == "public" or getattr(view, "before_second_factor", False):
            continue
        if getattr(view, "__module__", "").startswith(("django.", "whitenoise.")):
            continue
        for method in (client.get, client.post):
            response = method(f"/{path}")
            assert response.status_code == 302 and response["Location"].startswith(SET_UP), path
            tried += 1
    assert tried >= 20


# The door itself, and its other ways: a code by mail, a sheet asked of the school.
FROM_A_NEW_DEVICE = {"new_device", "device_mail", "device_sheet"}


def test_pages_before_the_second_factor_are_few(db):
    before = {name for _, name, view in routes() if getattr(view, "before_second_factor", False)}
    assert before <= {
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_view_recovery_codes",
        "mfa_reauthenticate_webauthn",
        *FROM_A_NEW_DEVICE,
    }
    assert {name for _, name, view in routes() if getattr(view, "before_new_device", False)} == FROM_A_NEW_DEVICE


def test_someone_who_owes_it_is_nobody_on_public_pages(client, world):
    enter(client, world.account("head"), second_factor=False)
    assert "Canari-head" not in client.get("/").content.decode()


def test_setting_it_up_opens_the_door_and_changes_the_session(client, world):
    account = give_password(world.account("head"))
    response = sign_in(client, account.identifier, next="/aujourdhui/")
    assert response["Location"] == f"{SET_UP}?next=%2Faujourdhui%2F"
    page = client.get(response["Location"])
    secret = page.context["form"].secret
    assert secret in page.content.decode() and "data:image/svg+xml" in page.content.decode()
    before = client.session.session_key
    wrong = client.post(SET_UP, {"code": "000000"})
    assert "Ce code ne marche pas" in wrong.content.decode()
    assert client.get("/mon-compte/").status_code == 302
    response = client.post(SET_UP, {"code": totp(secret)})
    assert response["Location"] == "/mon-compte/codes-de-secours/"
    assert client.session.session_key != before
    codes = client.get(response["Location"])
    assert 'href="/aujourdhui/"' in codes.content.decode()
    assert len(codes.context["unused_codes"]) == 10
    assert client.get("/mon-compte/").status_code == 200
    assert secret not in str(Authenticator.objects.get(type="totp").data)  # sealed
    client.post("/mon-compte/appareils/fin/")
    assert client.get("/mon-compte/").status_code == 200  # the new key is the one remembered


def test_someone_not_signed_in_leaves_no_session(client, db):
    response = client.get(f"{SET_UP}?next=/aujourdhui/")
    assert response.status_code == 302 and response["Location"].startswith("/entrer/")
    assert not Session.objects.exists() and not response.cookies


@pytest.fixture
def head(world):
    account = give_password(world.account("head"))
    give_totp(account)
    return account


def test_the_password_alone_opens_nothing(client, head):
    assert sign_in(client, head.identifier)["Location"] == "/entrer/code/"
    assert client.get("/mon-compte/")["Location"].startswith("/entrer/")
    assert not SignIn.objects.exists()
    assert client.post("/entrer/code/", {"code": totp()})["Location"] == "/"
    assert client.get("/mon-compte/").status_code == 200
    assert SignIn.objects.get().way == "second_factor"


def test_a_code_is_not_replayed(client, head):
    sign_in(client, head.identifier)
    code = totp()
    client.post("/entrer/code/", {"code": code})
    thief = Client()
    sign_in(thief, head.identifier)
    assert "ne sert qu’une fois" in thief.post("/entrer/code/", {"code": code}).content.decode()
    assert thief.get("/mon-compte/").status_code == 302


def test_a_code_is_not_replayed_though_the_cache_forgot_it(client, head):
    """A busy site evicts marks from the cache, and an erasure empties it."""
    sign_in(client, head.identifier)
    code = totp()
    client.post("/entrer/code/", {"code": code})
    cache.clear()
    thief = Client()
    sign_in(thief, head.identifier)
    assert "ne sert qu’une fois" in thief.post("/entrer/code/", {"code": f" {code[:3]} {code[3:]}"}).content.decode()
    assert thief.get("/mon-compte/").status_code == 302
    with time_machine.travel(time.time() + 31, tick=False):
        thief.post("/entrer/code/", {"code": totp()})
        assert thief.get("/mon-compte/").status_code == 200


@pytest.mark.parametrize("read", [0, 2], ids=["read in time", "read a moment late"])
def test_a_code_is_not_replayed_once_its_half_minute_is_over(client, head, read):
    """What serves once is the code, not the moment when it is read: tests take one a half-minute more."""
    end = time.time() // 30 * 30 + 29
    with time_machine.travel(end, tick=False):
        code = totp()
    with time_machine.travel(end + read, tick=False):
        sign_in(client, head.identifier)
        client.post("/entrer/code/", {"code": code})
        assert client.get("/mon-compte/").status_code == 200
    cache.clear()
    with time_machine.travel(end + 3, tick=False):
        thief = Client()
        sign_in(thief, head.identifier)
        assert "ne sert qu’une fois" in thief.post("/entrer/code/", {"code": code}).content.decode()
        thief.post("/entrer/code/", {"code": totp()})
        assert thief.get("/mon-compte/").status_code == 200, "the next code has not served"


def test_the_first_code_of_a_telephone_does_not_open_the_door_again(client, world):
    account = give_password(world.account("head"))
    sign_in(client, account.identifier)
    code = totp(client.get(SET_UP).context["form"].secret)
    client.post(SET_UP, {"code": code})
    cache.clear()
    thief = Client()
    sign_in(thief, account.identifier)
    assert "ne sert qu’une fois" in thief.post("/entrer/code/", {"code": code}).content.decode()


def test_an_old_code_is_refused(client, head):
    sign_in(client, head.identifier)
    client.post("/entrer/code/", {"code": totp(at=time.time() - 120)})
    assert client.get("/mon-compte/").status_code == 302


def test_wrong_codes_lock_the_factor(client, head):
    sign_in(client, head.identifier)
    for _ in range(5):
        client.post("/entrer/code/", {"code": "123456"})
    page = client.post("/entrer/code/", {"code": totp()}).content.decode()
    assert "Attendez 1\u00a0minute," in page and client.get("/mon-compte/").status_code == 302


def test_a_spare_code_serves_once(client, head):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    codes = RecoveryCodes.activate(head).get_unused_codes()
    sign_in(client, head.identifier)
    client.post("/entrer/code/", {"code": codes[0]})
    assert client.get("/mon-compte/").status_code == 200
    other = Client()
    sign_in(other, head.identifier)
    other.post("/entrer/code/", {"code": codes[0]})
    assert other.get("/mon-compte/").status_code == 302


def test_a_new_sheet_does_not_get_around_it(client, head):
    secret = draw(head.person)
    client.post("/premiere-fois/", {"code": secret})
    words = "huit lampes vertes dans la cour"
    response = client.post("/premiere-fois/mot-de-passe/", {"password": words, "again": words})
    assert response["Location"] == "/entrer/code/"
    assert client.get("/mon-compte/").status_code == 302
    assert Authenticator.objects.filter(user=head, type="totp").exists()


def test_changing_the_factor_asks_for_it_again(client, head):
    sign_in(client, head.identifier)
    client.post("/entrer/code/", {"code": totp()})
    session = client.session
    for step in session["account_authentication_methods"]:
        step["at"] -= 600
    session.save()
    for path in ("/mon-compte/second-facteur/retirer/", "/mon-compte/codes-de-secours/nouveaux/"):
        assert client.get(path)["Location"].startswith("/entrer/confirmer/code/"), path
    # A stolen session with the stolen password is not enough.
    assert client.get("/entrer/confirmer/")["Location"].startswith("/entrer/confirmer/code/")
    assert client.post("/entrer/confirmer/", {"password": PASSWORD}).status_code == 302
    assert client.get("/mon-compte/second-facteur/retirer/").status_code == 302
    assert Authenticator.objects.filter(user=head, type="totp").exists()


def test_changing_telephones_leads_to_setting_the_new_one(client, head):
    sign_in(client, head.identifier)
    client.post("/entrer/code/", {"code": totp()})
    assert client.post("/mon-compte/second-facteur/retirer/").status_code == 302
    assert not Authenticator.objects.filter(user=head).exists()
    assert client.get("/mon-compte/")["Location"].startswith(SET_UP)
    page = client.get(SET_UP)
    client.post(SET_UP, {"code": totp(page.context["form"].secret)})
    assert client.get("/mon-compte/").status_code == 200


def test_named_head_in_the_middle_of_a_session_owes_it_at_once(client, world):
    from preau.people import actions

    enter(client, world.account("teacher"), second_factor=False)
    assert client.get("/mon-compte/").status_code == 200
    actions.give_mandate(
        holder=world.people["teacher"],
        role="school_head",
        place=world.schools["saules"],
        starts_on=timezone.localdate() - datetime.timedelta(days=1),
        person=None,
        now=timezone.now(),
    )
    assert client.get("/mon-compte/")["Location"].startswith(SET_UP)


def test_a_teacher_may_set_one_too(client, world):
    account = give_password(world.account("teacher"))
    sign_in(client, account.identifier)
    page = client.get(SET_UP)
    client.post(SET_UP, {"code": totp(page.context["form"].secret)})
    other = Client()
    assert sign_in(other, account.identifier)["Location"] == "/entrer/code/"


def test_the_demo_secret_gives_the_code_the_door_expects(client, head):
    assert Authenticator.objects.get(user=head).wrap().validate_code(totp(SECRET))
