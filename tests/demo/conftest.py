"""The named world, played once for all the tests of a file."""

import pytest
from django.core.management import call_command

from tests.standing import standing


@pytest.fixture(scope="module")
def played_once(django_db_setup, django_db_blocker):
    """Playing it takes most of a minute."""
    with standing(django_db_blocker):
        call_command("demo", quiet=True)
        yield


@pytest.fixture
def played(played_once, db):
    """The world, and a base this test may write in."""
