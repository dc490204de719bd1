"""Password rules (trust.md 3–8)."""

import re

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from preau.people.models import Account
from preau.people.passwords import french_words
from tests.people.door import give_password, sign_in


def refused(password, account=None):
    try:
        validate_password(password, account)
    except ValidationError as error:
        return [each.code for each in error.error_list]
    return []


def test_twelve_signs_are_accepted_eleven_refused(world):
    account = world.account("guardian")
    assert refused("azbycxdwevfu", account) == []
    assert "short" in refused("azbycxdwevf", account)


@pytest.mark.parametrize("name", ["head", "city_education", "ien", "operator", "dsden"])
def test_who_sees_more_than_a_class_writes_sixteen(world, name):
    assert "short" in refused("azbycxdwevfugth", world.account(name))
    assert refused("azbycxdwevfugthi", world.account(name)) == []


def test_128_signs_are_accepted_and_each_counts(world, client):
    account = world.account("guardian")
    long = "é" * 99 + "x" + "y" * 28
    assert refused(long, account) == [] and "long" in refused(long + "z", account)
    give_password(account, long)
    other = "é" * 99 + "X" + "y" * 28
    sign_in(client, account.identifier, other)
    assert client.get("/mon-compte/").status_code == 302
    sign_in(client, account.identifier, long)
    assert client.get("/mon-compte/").status_code == 200


@pytest.mark.parametrize(
    "password", ["   douze espaces ", "春眠不覚暁処処聞啼鳥夜来", "😀🎈🌳🐸" * 3, "tout en minuscules"]
)
def test_any_sign_and_no_composition(world, password):
    assert refused(password, world.account("guardian")) == []


def test_spaces_at_the_ends_are_kept(world, client):
    account = give_password(world.account("guardian"), "  deux espaces devant")
    sign_in(client, account.identifier, "deux espaces devant")
    assert client.get("/mon-compte/").status_code == 302
    sign_in(client, account.identifier, "  deux espaces devant")
    assert client.get("/mon-compte/").status_code == 200


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "123456789012",
        "administrator",
        "Q1w2e3r4t5y6",
        "Password2026!",
        "aaaaaaaaaaaa",
        "987654321098",
        "azertyuiopqsdfgh",
        "MotDePasse2026",
        "m0tdep@ss3 2026",
        "bonjour soleil !",
        "Bonjour-Maîtresse-1",
        "JetaimeMaman14",
        "doudoudoudou",
        "Poitiers Marseille",
    ],
)
def test_common_passwords_are_refused(password):
    assert "common" in refused(password)


@pytest.mark.parametrize(
    "password",
    [
        "Canari-Teacher-1",
        "teacher.canari.2026",
        "Tilleuls2026-2027",
        "marelle marelle",
        "MARELLE-tilleuls-86",
        "canariclassecpb",
    ],
)
def test_own_words_are_refused(world, password):
    assert "own_words" in refused(password, world.account("teacher")), password


@pytest.mark.parametrize("password", ["Tilleuls2026-2027", "marelle marelle", "canariclassecpb", "Adam-Tilleuls-CP"])
def test_what_anyone_knows_of_a_family_is_refused(world, password):
    """A guardian holds no mandate: the school, the class and the child's name come from the child."""
    assert "own_words" in refused(password, world.account("guardian")), password
    assert "own_words" not in refused(password, world.account("guardian_far")) or "canari" in password


def test_three_common_words_and_one_of_ones_own_are_accepted(world):
    for words in ("soleil chat pluie violoncelle", "le chat de ma voisine ronfle", "trois clés au fond du puits"):
        assert refused(words, world.account("guardian")) == [], words


def test_the_french_list_is_plain_folded_words():
    words = french_words()
    assert len(words) > 600 and all(re.fullmatch(r"[a-z]{2,25}", word) for word in words)
    assert not words & set(["quatre", "chaises", "bleues"]) - {"quatre"}


def test_own_words_among_enough_others_are_accepted(world):
    assert refused("la marelle de Lina et ses six chats", world.account("teacher")) == []


def test_the_rules_hold_for_an_account_not_yet_made(world):
    person = world.people["guardian_paper"]
    account = Account(person=person, identifier="g.canari-guardian-paper")
    assert "own_words" in refused("canari guardian paper", account)


def test_hashes_are_argon2id_of_the_size_decided():
    from preau.people.hashers import SizedArgon2

    encoded = SizedArgon2().encode("x", "saltsaltsalt")
    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
