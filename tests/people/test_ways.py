"""Every way in is declared (trust.md 12), and only people opens sessions."""

import ast

import pytest
from django.urls import NoReverseMatch, reverse

from preau.people import ways
from tests.house.source import modules
from tests.people.door import give_password

OPENERS = {"perform_login", "perform_password_login", "resume_login", "force_login"}
ALLOWED = {"people.adapters", "people.views.first_time"}


def test_each_declared_way_exists():
    for name in ways.WAYS:
        try:
            reverse(name)
        except NoReverseMatch:
            pytest.fail(name)


def test_no_room_opens_a_session_by_itself():
    found = set()
    for dotted, (_, tree) in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and {alias.name for alias in node.names} & OPENERS:
                found.add(dotted)
            if isinstance(node, ast.ImportFrom) and node.module == "django.contrib.auth":
                names = {alias.name for alias in node.names}
                if "login" in names or "authenticate" in names:
                    found.add(dotted)
            if isinstance(node, ast.Attribute) and node.attr in OPENERS:
                found.add(dotted)
    assert found <= ALLOWED


def test_a_way_that_is_not_declared_opens_nothing(client, world, monkeypatch):
    """Take the password out of the registry: the right password is then an error, and nobody is in."""
    account = give_password(world.account("teacher"))
    monkeypatch.delitem(ways.WAYS, "account_login")
    with pytest.raises(ways.UnknownWay):
        client.post("/entrer/", {"login": account.identifier, "password": "quatre chaises bleues au soleil"})
    assert client.get("/mon-compte/").status_code == 302
