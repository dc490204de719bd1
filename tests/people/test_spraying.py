"""One password on many accounts from one network: slowed and said, and a school that mistypes is no attack."""

import datetime
import json

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from preau.people import actions, queries
from preau.people.actions.spraying import SPRAY_FROM
from preau.people.models import Account, Person, SignIn, SignInAttempt
from preau.people.queries import sprays
from tests.people.door import PASSWORD, give_password, give_totp, sign_in
from tests.world import enter

AWAY, SCHOOL = "203.0.113.9", "198.51.100.7"
DAY = datetime.timedelta(days=1)
WRONG, WAIT = "ne vont pas ensemble", "Trop d’essais. Attendez"


def spray(count, now, network=AWAY, start=0):
    """How many of these accounts were heard, one try each at the same instant."""
    heard = 0
    for number in range(start, start + count):
        what = f"account nobody{number}"
        try:
            actions.hear_network(network=network, now=now, is_known=lambda: False)
        except actions.Locked:
            continue
        actions.count_try(what=what, now=now, network=network)
        actions.count_account(what=what, network=network, now=now)
        heard += 1
    return heard


@pytest.mark.long
@pytest.mark.once  # the sum is the same on any base
def test_two_thousand_accounts_in_forty_seconds_are_not_two_thousand_tries(db):
    start = timezone.now()
    heard = sum(spray(50, start + datetime.timedelta(seconds=n), start=50 * n) for n in range(41))
    assert SPRAY_FROM <= heard <= SPRAY_FROM + 41
    (row,) = sprays(start + datetime.timedelta(seconds=41), DAY)
    assert (row.failures_count, row.network, row.started_at) == (heard, "203.0.113.0/24", start)


def test_the_pause_grows_to_a_minute_and_no_more(db):
    now, waits = timezone.now(), []
    spray(SPRAY_FROM, now)
    row = SignInAttempt.objects.get(network="203.0.113.0/24")
    for count in (80, 159, 160, 240, 560, 6000):
        SignInAttempt.objects.filter(pk=row.pk).update(failures_count=count, locked_until=None)
        actions.hear_network(network=AWAY, now=now, is_known=lambda: False)
        with pytest.raises(actions.Locked) as locked:
            actions.hear_network(network=AWAY, now=now, is_known=lambda: False)
        waits.append((locked.value.until - now).total_seconds())
    assert waits == [1, 1, 2, 4, 60, 60]


def test_a_day_later_it_is_counted_anew_and_forgotten(db):
    now = timezone.now()
    spray(SPRAY_FROM, now)
    assert sprays(now, DAY) and not sprays(now + DAY, DAY)
    assert spray(5, now + DAY, start=9000) == 5
    assert SignInAttempt.objects.get(network="203.0.113.0/24").failures_count == 5


def test_the_same_account_tried_again_is_one(db):
    now = timezone.now()
    for _ in range(4):
        spray(3, now)
    assert SignInAttempt.objects.get(network="203.0.113.0/24").failures_count == 3


def test_two_tries_of_one_account_at_the_same_time_are_counted(db):
    """Both are noted before either is found wrong: what hides from the count would spray in pairs."""
    now = timezone.now()
    for number in range(3):
        for _ in range(2):
            actions.count_try(what=f"account nobody{number}", now=now, network=AWAY)
        for _ in range(2):
            actions.count_account(what=f"account nobody{number}", network=AWAY, now=now)
    assert SignInAttempt.objects.get(network="203.0.113.0/24").failures_count == 3
    spray(SPRAY_FROM, now)
    SignInAttempt.objects.filter(network="").update(failures_count=SPRAY_FROM)  # an account tried often is no network
    assert len(sprays(now, DAY)) == 1


def test_a_password_known_pays_for_others_only_by_entering(world, client):
    """Neither a first step without its second, nor a password asked again in a session opened before."""
    teacher, ien = give_password(world.account("teacher")), give_password(world.account("ien"))
    give_totp(ien)
    inside = Client(REMOTE_ADDR=AWAY)
    assert sign_in(inside, teacher.identifier).status_code == 302
    spray(10, timezone.now())
    for _ in range(3):
        assert sign_in(Client(REMOTE_ADDR=AWAY), ien.identifier).status_code == 302
        inside.post("/entrer/confirmer/", {"password": PASSWORD})
    assert SignInAttempt.objects.get(network="203.0.113.0/24").failures_count == 10
    sign_in(Client(REMOTE_ADDR=AWAY), give_password(world.account("teacher_other_class")).identifier)
    assert SignInAttempt.objects.get(network="203.0.113.0/24").failures_count == 9


def test_at_the_door_a_sprayed_network_waits_and_who_is_at_home_there_does_not(world, client):
    teacher, other = (give_password(world.account(name)) for name in ("teacher", "teacher_other_class"))
    here = Client(REMOTE_ADDR=AWAY)
    assert sign_in(here, teacher.identifier).status_code == 302  # at home there from now on
    spray(SPRAY_FROM, timezone.now())
    SignInAttempt.objects.filter(network="203.0.113.0/24").update(failures_count=5 * SPRAY_FROM)  # a pause of 16 s
    for name in ("nobody.one", "nobody.two"):
        page = sign_in(Client(REMOTE_ADDR=AWAY), name, "faux").content.decode()
    assert WAIT in page and "second" in page and WRONG not in page
    hashes = SignInAttempt.objects.count()
    assert WAIT in sign_in(Client(REMOTE_ADDR=AWAY), "nobody.three", "faux").content.decode()
    assert SignInAttempt.objects.count() == hashes  # refused before it is counted against the account
    assert sign_in(Client(REMOTE_ADDR=AWAY), teacher.identifier).status_code == 302
    assert sign_in(Client(REMOTE_ADDR=SCHOOL), other.identifier).status_code == 302


def test_the_page_of_health_and_the_operator_s_say_it_at_once(world, client, caplog):
    enter(client, world.account("operator"))
    spray(SPRAY_FROM - 1, timezone.now())
    assert "essaie des mots de passe" not in client.get("/aujourdhui/").content.decode()
    assert json.loads(client.get("/sante").content)["essais"] is None and not caplog.records
    spray(1, timezone.now(), start=9000)
    said = json.loads(client.get("/sante").content)
    assert (said["essais"]["comptes"], said["essais"]["reseaux"]) == (SPRAY_FROM, 1) and said["essais"]["depuis"]
    assert "mots de passe essayés sur de nombreux comptes" in said["alertes"]
    assert "203.0.113" not in json.dumps(said) and "203.0.113.0/24" in caplog.text and AWAY not in caplog.text
    page = client.get("/aujourdhui/").content.decode()
    assert f"{SPRAY_FROM} comptes" in page.replace("\u00a0", " ") and "203.0.113.0/24" in page and AWAY not in page


def test_each_person_who_enters_takes_one_failure_away_once_a_day(db):
    people = Person.objects.bulk_create(Person(first_name="A", last_name=f"N{n}") for n in range(3))
    accounts = [Account.objects.create(person=person, identifier=f"a.n{n}") for n, person in enumerate(people)]
    now = timezone.now()
    spray(10, now, network=SCHOOL)

    def left():
        return SignInAttempt.objects.get(network="198.51.100.0/24").failures_count

    for account in accounts:
        actions.settle_account(account=account, network=SCHOOL, now=now)
        SignIn.objects.create(
            account=account, session_key="x", opened_at=now, seen_at=now, way="password", network=SCHOOL
        )
    assert left() == 7
    for account in accounts * 3:  # one's own password typed again pays for nobody else's
        actions.settle_account(account=account, network=SCHOOL, now=now)
    assert left() == 7


def test_who_enters_does_not_wash_a_network_that_sprays(db):
    account = Account.objects.create(person=Person.objects.create(first_name="A", last_name="B"), identifier="a.b")
    now = timezone.now()
    spray(SPRAY_FROM, now)
    actions.settle_account(account=account, network=AWAY, now=now)
    assert sprays(now, DAY)


@pytest.mark.long
def test_a_school_of_one_address_whose_pupils_mistype_is_all_heard(db):
    """Each gives a wrong password, then enters; classes of 25 at once."""
    people = Person.objects.bulk_create(Person(first_name="A", last_name=f"N{n}") for n in range(200))
    accounts = Account.objects.bulk_create(Account(person=p, identifier=f"a.n{n}") for n, p in enumerate(people))
    now = timezone.now()
    for start in range(0, 200, 25):
        now += datetime.timedelta(seconds=25)
        for wrong in (True, False):
            for account in accounts[start : start + 25]:
                what = f"account {account.identifier}"
                actions.hear_network(network=SCHOOL, now=now, is_known=lambda: False)
                actions.count_try(what=what, now=now, network=SCHOOL)
                if wrong:
                    actions.count_account(what=what, network=SCHOOL, now=now)
                else:
                    actions.forgive(what=what, network=SCHOOL)
                    actions.settle_account(account=account, network=SCHOOL, now=now)
    assert not sprays(now, DAY)


def test_if_networks_cannot_be_counted_nobody_enters(world, client, monkeypatch):
    teacher = give_password(world.account("teacher"))

    def broken(**kwargs):
        raise DatabaseError("no table")

    monkeypatch.setattr("preau.people.actions.hear_network", broken)
    assert "La porte est fermée pour un moment" in sign_in(client, teacher.identifier).content.decode()


def test_what_is_shown_of_a_network_is_not_an_address():
    assert queries.network_shown("2001:db8:1:2::9") == "2001:db8:1::/48"
    assert queries.network_shown(AWAY) == "203.0.113.0/24" and queries.network_shown(AWAY, whole=True) == f"{AWAY}/32"
