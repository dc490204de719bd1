"""Signing in and out: throttle, silence about who exists, redirects that stay home."""

import datetime
import time
from urllib.parse import quote

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from preau.people import actions, queries, sessions
from preau.people.actions import throttle
from preau.people.models import Account, Person, SignIn, SignInAttempt
from preau.people.queries.identifiers import tried
from preau.people.recovery.forms import LostForm
from tests.people.door import PASSWORD, give_password, sign_in

WRONG = "Cet identifiant et ce mot de passe ne vont pas ensemble"


@pytest.fixture
def teacher(world):
    return give_password(world.account("teacher"))


def is_in(client):
    return client.get("/aujourdhui/").status_code == 200


def test_identifier_and_password_open_the_door_and_are_journalled(client, teacher):
    response = sign_in(client, f" {teacher.identifier.upper()} ")
    assert response.status_code == 302 and is_in(client)
    entry = SignIn.objects.get()
    assert (entry.account, entry.way, entry.ended_at) == (teacher, "password", None)
    assert entry.network == "127.0.0.1"


@pytest.mark.parametrize(
    "typed", ["e.d-ornelas", "E.D'Ornelas", "É. d’Ornelas ", "e.d ornelas", "e.d–ornelas", "e.d`ornelas"]
)
def test_a_name_with_an_apostrophe_enters_as_people_write_it(client, teacher, typed):
    """The identifier writes one sign for an apostrophe, a space and a hyphen; so may who types it."""
    assert queries.make_identifier(Person(first_name="Élodie", last_name="d’Ornelas")) == "e.d-ornelas"
    Account.objects.filter(pk=teacher.pk).update(identifier="e.d-ornelas")
    assert sign_in(client, typed).status_code == 302 and is_in(client)
    lost = LostForm({"identifier": typed})
    assert lost.is_valid() and lost.cleaned_data["identifier"] == "e.d-ornelas"


def test_the_session_gets_a_new_id_at_sign_in(client, teacher):
    client.get("/entrer/")
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key
    client.cookies["preau"] = before
    sign_in(client, teacher.identifier)
    assert client.session.session_key != before


def test_signing_out_ends_the_session_and_its_cookie_is_refused(client, teacher):
    sign_in(client, teacher.identifier)
    cookie = client.cookies["preau"].value
    assert client.get("/sortir/").status_code == 200 and is_in(client)  # a GET changes nothing
    client.post("/sortir/")
    client.cookies["preau"] = cookie
    assert not is_in(client)
    assert SignIn.objects.get().ended_at is not None


def test_five_failures_lock_the_account_then_longer_and_longer(client, teacher, monkeypatch):
    for _ in range(5):
        assert WRONG in sign_in(client, teacher.identifier, "faux").content.decode()
    page = sign_in(client, teacher.identifier).content.decode()
    assert "Attendez 1\u00a0minute," in page and not is_in(client)
    waits = []
    clock = timezone.now()
    for _ in range(6):
        row = SignInAttempt.objects.get(
            failures_count__gte=5, identifier_hash=throttle._digest(f"account {tried(teacher.identifier)}")
        )
        waits.append(round((row.locked_until - row.last_failure_at).total_seconds() / 60))
        clock = row.locked_until + datetime.timedelta(seconds=1)
        actions.count_try(what=f"account {tried(teacher.identifier)}", now=clock)
    assert waits == [1, 2, 4, 8, 15, 15]


def test_the_right_password_after_the_wait_forgives(client, teacher):
    for _ in range(5):
        sign_in(client, teacher.identifier, "faux")
    SignInAttempt.objects.update(locked_until=timezone.now() - datetime.timedelta(seconds=1))
    sign_in(client, teacher.identifier)
    assert is_in(client)
    assert not SignInAttempt.objects.filter(
        identifier_hash=throttle._digest(f"account {tried(teacher.identifier)}")
    ).exists()


def test_twenty_tries_at_once_are_twenty(db):
    now = timezone.now()
    refused = 0
    for _ in range(20):
        try:
            actions.count_try(what="account x", now=now)
        except actions.Locked:
            refused += 1
    assert refused == 15


def test_one_account_locked_leaves_its_neighbour_in_peace(client, world, teacher):
    for _ in range(6):
        sign_in(client, teacher.identifier, "faux")
    other = give_password(world.account("teacher_other_class"))
    sign_in(client, other.identifier)
    assert is_in(client)


HOME, AWAY = "198.51.100.7", "203.0.113.9"


def test_who_tries_from_elsewhere_does_not_lock_me_out_of_home(teacher):
    home, away = Client(REMOTE_ADDR=HOME), Client(REMOTE_ADDR=AWAY)
    sign_in(home, teacher.identifier)
    home.post("/sortir/")
    for _ in range(9):
        sign_in(away, teacher.identifier, "faux")
    assert "Attendez 1\u00a0minute," in sign_in(away, teacher.identifier).content.decode()
    sign_in(home, teacher.identifier)
    assert is_in(home)
    # Entering from home does not give the other one new tries.
    assert "Attendez 1\u00a0minute," in sign_in(away, teacher.identifier).content.decode() and not is_in(away)


def test_home_too_has_five_tries(teacher):
    home, away = Client(REMOTE_ADDR=HOME), Client(REMOTE_ADDR=AWAY)
    sign_in(home, teacher.identifier)
    home.post("/sortir/")
    for _ in range(5):
        sign_in(away, teacher.identifier, "faux")
    for _ in range(5):
        assert WRONG in sign_in(home, teacher.identifier, "faux").content.decode()
    assert "Attendez 1\u00a0minute," in sign_in(home, teacher.identifier).content.decode()


def test_fifty_networks_share_the_tries_of_one_account(teacher):
    heard = 0
    for number in range(50):
        page = sign_in(Client(REMOTE_ADDR=f"203.0.113.{number}"), teacher.identifier, "faux").content.decode()
        heard += WRONG in page
    assert heard == 5


def test_a_day_hears_a_hundred_tries_at_most(db):
    now = start = timezone.now()
    heard = 0
    while now < start + datetime.timedelta(days=1):
        try:
            actions.count_try(what="account x", network=AWAY, now=now)
            heard += 1
        except actions.Locked as locked:
            now = locked.until
    assert heard == 100


def test_an_ipv6_subscriber_is_one_network(db):
    now = timezone.now()
    for number in range(5):
        actions.count_try(what="account x", network=f"2001:db8:1:2::{number}", now=now, is_known=lambda: True)
    with pytest.raises(actions.Locked):
        actions.count_try(what="account x", network="2001:db8:1:2::ffff", now=now, is_known=lambda: True)
    actions.count_try(what="account x", network="2001:db8:1:3::1", now=now, is_known=lambda: True)


@pytest.mark.parametrize(
    "https, forwarded, seen",
    [
        (True, "203.0.113.9, 198.51.100.7", HOME),  # only what our own proxy added is believed
        (True, "pas une adresse", "127.0.0.1"),
        (True, "", "127.0.0.1"),
        (False, "203.0.113.9", "127.0.0.1"),  # no proxy: the visitor wrote it
    ],
)
def test_the_network_is_the_one_the_proxy_saw(rf, settings, https, forwarded, seen):
    settings.HTTPS = https
    assert sessions.network_of(rf.get("/", HTTP_X_FORWARDED_FOR=forwarded)) == seen


def test_who_exists_is_not_said(client, teacher, world):
    give_password(world.account("suspended"))
    pages = {}
    for name in (
        teacher.identifier,
        "nobody.at.all",
        world.account("suspended").identifier,
        world.account("aesh").identifier,
    ):
        answers = []
        for _ in range(6):
            response = sign_in(client, name, "un mot de passe faux")
            answers.append((response.status_code, response.content.decode().split("<form")[1].replace(name, "X")))
        pages[name] = [(status, _without_token(text)) for status, text in answers]
    first, *others = pages.values()
    assert all(other == first for other in others)


def _without_token(text):
    start = text.index("csrfmiddlewaretoken")
    return text[:start] + text[start + 120 :]


def test_unknown_accounts_cost_a_hash_too(client, teacher, settings):
    settings.PASSWORD_HASHERS = ["preau.people.hashers.SizedArgon2"]
    give_password(teacher)

    def spent(identifier):
        started = time.process_time()
        sign_in(client, identifier, "faux")
        return time.process_time() - started

    spent(teacher.identifier)
    known = min(spent(teacher.identifier) for _ in range(3))
    unknown = min(spent(f"nobody{n}") for n in range(3))
    assert abs(known - unknown) < 0.02


def test_if_tries_cannot_be_counted_nobody_enters(client, teacher, monkeypatch):
    def broken(**kwargs):
        raise DatabaseError("no table")

    monkeypatch.setattr("preau.people.actions.count_try", broken)
    page = sign_in(client, teacher.identifier).content.decode()
    assert "La porte est fermée pour un moment" in page and not is_in(client)


@pytest.mark.long
@pytest.mark.once  # what the door counts is rows, which the others of this file ask of each base
def test_six_hundred_people_of_one_address_enter(client_of_school, django_assert_max_num_queries):
    for account, client in client_of_school(600):
        assert sign_in(client, account.identifier).status_code == 302, account.identifier


@pytest.fixture
def client_of_school(db):
    from django.contrib.auth.hashers import make_password
    from django.test import Client

    from preau.people.models import Account, Person

    def clients(count):
        people = Person.objects.bulk_create(Person(first_name="A", last_name=f"N{n}") for n in range(count))
        hashed = make_password(PASSWORD)
        accounts = Account.objects.bulk_create(
            Account(person=person, identifier=f"a.n{n}", password=hashed) for n, person in enumerate(people)
        )
        # Some type it wrong first: still nobody else is refused.
        for number, account in enumerate(accounts):
            client = Client(REMOTE_ADDR="198.51.100.7")
            if number % 10 == 0:
                sign_in(client, account.identifier, "faux")
            yield account, client

    return clients


def test_two_thousand_failures_an_hour_from_one_address_raise_an_alarm(db, caplog):
    now = timezone.now()
    SignInAttempt.objects.create(
        identifier_hash=throttle._digest("network 198.51.100.7"),
        failures_count=1998,
        last_failure_at=now,
        locked_until=now + datetime.timedelta(minutes=30),
    )
    assert actions.count_network(network="198.51.100.7", now=now) and not caplog.records
    assert actions.count_network(network="198.51.100.7", now=now) and "198.51.100.7" in caplog.text
    assert not actions.count_network(network="198.51.100.7", now=now)
    assert actions.count_network(network="198.51.100.7", now=now + datetime.timedelta(hours=1))


def away():
    """60 forms of an address elsewhere."""
    hosts = (
        "evil.example",
        "evil.example/",
        "evil.example:80",
        "evil.example%2f",
        "testserver.evil.example",
        "testserver@evil.example",
    )
    starts = ("//", "///", "////", "/\\", "\\\\", "/\t/", "http://", "https://", "HTTP://", "http:/\\")
    return [f"{start}{host}" for start in starts for host in hosts]


def test_there_are_sixty_forms_of_elsewhere():
    assert len(set(away())) == 60


@pytest.mark.parametrize("target", away())
def test_next_stays_home(client, teacher, target):
    response = client.post(
        f"/entrer/?next={quote(target)}", {"login": teacher.identifier, "password": PASSWORD, "next": target}
    )
    assert response.status_code == 302 and response["Location"] == "/"


@pytest.mark.parametrize(
    "target", ["http://testserver/aujourdhui/", "javascript:alert(1)", "aujourdhui/", "/a\\b", " /x"]
)
def test_next_is_a_path_of_ours_or_nothing(client, teacher, target):
    response = client.post("/entrer/", {"login": teacher.identifier, "password": PASSWORD, "next": target})
    assert response["Location"] == "/"


def test_next_at_home_is_followed(client, teacher):
    response = client.post("/entrer/", {"login": teacher.identifier, "password": PASSWORD, "next": "/aujourdhui/?a=1"})
    assert response["Location"] == "/aujourdhui/?a=1"


def test_a_closed_account_is_told_only_with_its_password(client, world):
    account = give_password(world.account("suspended"))
    assert WRONG in sign_in(client, account.identifier, "faux").content.decode()
    assert sign_in(client, account.identifier)["Location"] == "/entrer/compte-ferme/"
    assert not is_in(client)


def test_no_sign_up_no_reset_by_mail_no_library_page_left(client, db):
    for path in (
        "/accounts/login/",
        "/compte/login/",
        "/signup/",
        "/compte/signup/",
        "/compte/password/reset/",
        "/compte/email/",
        "/admin/",
    ):
        assert client.get(path).status_code == 404, path
    for path in ("/entrer/", "/premiere-fois/", "/mot-de-passe-perdu/"):
        assert client.get(path).status_code == 200, path
