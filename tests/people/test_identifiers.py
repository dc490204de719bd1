"""An identifier typed without its apostrophe: heard when one account alone is meant, and nothing tells which exist."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from preau.people import queries
from preau.people.models import Account, Person, SignInAttempt
from preau.people.queries.identifiers import identifier_meant, tried
from tests.people.door import PASSWORD, give_password, sign_in

pytestmark = pytest.mark.django_db
WRONG, WAIT = "ne vont pas ensemble", "Attendez"


def open_account(identifier, password=PASSWORD):
    person = Person.objects.create(first_name="Nadia", last_name="M’Barek")
    return give_password(Account.objects.create(person=person, identifier=identifier), password)


def enters(typed, password=PASSWORD):
    """The account that this opens, or None."""
    client = Client()
    sign_in(client, typed, password)
    key = client.session.get("_auth_user_id")
    return key and Account.objects.get(pk=key)


def said(typed, password="faux"):
    return sign_in(Client(), typed, password).content.decode()


@pytest.mark.parametrize("typed", ["n.mbarek", "N.MBarek", "n.m'barek", "n.m’barek", "n.m barek", "n.m-barek"])
def test_it_is_heard_with_and_without_its_apostrophe(typed):
    assert queries.make_identifier(Person(first_name="Nadia", last_name="M’Barek")) == "n.m-barek"
    account = open_account("n.m-barek")
    assert enters(typed) == account and enters(typed, "faux") is None


@pytest.mark.parametrize(
    ("first", "last", "made"),
    [("Ольга", "Петрова", "personne"), ("Ольга", "Toupie", "toupie"), ("Elif", "Yıldız", "e.yildiz")],
)
def test_it_is_made_of_what_a_french_keyboard_types(first, last, made):
    assert queries.make_identifier(Person(first_name=first, last_name=last)) == made


def test_who_is_named_so_comes_first_and_of_two_others_none():
    whole, cut = open_account("n.mbarek", "trois tables rouges au vent"), open_account("n.m-barek")
    assert enters("n.mbarek", "trois tables rouges au vent") == whole
    assert enters("n.mbarek") is None and enters("n.m-barek") == cut
    whole.identifier = "n.mb-arek"
    whole.save()
    assert enters("n.mbarek") is None and identifier_meant("n.mbarek") == "n.mbarek"


def test_a_hyphen_is_added_between_two_letters_only():
    for identifier in ("-n.barek", "n-.barek", "n.-barek", "n.barek-2", "n.barek-"):
        open_account(identifier)
    assert identifier_meant("n.barek") == "n.barek" and identifier_meant("n.barek2") == "n.barek2"
    assert identifier_meant("x" * 500) == "x" * 500


def test_tries_count_alike_whichever_exists():
    """Five tries lock both spellings whether an account has one of them or none has: a lock tells nothing."""
    open_account("n.m-barek")
    for one, other in (("n.mbarek", "n.m-barek"), ("z.mbarek", "z.m-barek")):
        for number in range(5):
            page = said(one if number % 2 else other)
            assert WRONG in page and WAIT not in page
        assert WAIT in said(one) and WAIT in said(other)


def test_the_right_password_forgives_both_spellings():
    open_account("n.m-barek")
    for _ in range(5):
        said("n.mbarek")
    SignInAttempt.objects.update(locked_until=timezone.now() - datetime.timedelta(seconds=1))
    assert enters("n.mbarek")
    assert not SignInAttempt.objects.filter(failures_count__gte=5).exists()
    assert tried("n.m-barek") == tried("N.MBarek")


def test_who_exists_costs_no_more_nor_less_than_who_does_not():
    open_account("n.m-barek")
    counts = []
    for typed in ("n.mbarek", "z.mbarek", "n.m-barek"):
        with CaptureQueriesContext(connection) as captured:
            identifier_meant(typed)
        counts.append(len(captured))
    assert counts == [1, 1, 1]


def test_a_lost_password_is_found_the_same_way():
    account = open_account("n.m-barek")
    assert queries.find_account("n.mbarek") == queries.find_account("n.m-barek") == account
    assert queries.find_account("n.mb-arek") is None
