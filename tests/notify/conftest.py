"""A world whose jobs run when the test says, and families with an address."""

import pytest

from preau.people.models import Account
from tests.notify.told import BY_MAIL, at


@pytest.fixture
def held(world, monkeypatch):
    """Nobody has an address."""
    for room in ("notices", "freezing"):
        monkeypatch.setattr(f"preau.notify.actions.{room}.enqueue", lambda *words: None)
    return world


@pytest.fixture
def mailed(held):
    """Three guardians of the class gave an address; the fourth has no account."""
    for name in BY_MAIL:
        given = {"email": f"{name}@famille.example", "email_confirmed_at": at(-20, 12)}
        Account.objects.filter(person=held.people[name]).update(**given)
    return held
