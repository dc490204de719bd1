"""The named world, played once for the tests of this folder, and what was written meanwhile."""

import pytest
from django.core.management import call_command

from tests.demo.writes import recorded
from tests.standing import settle, standing


@pytest.fixture(scope="package")
def played_once(django_db_setup, django_db_blocker):
    """Playing it takes half a minute; gives who wrote what (`writes.Written`).

    It stands for the whole folder: a test that wants an empty base goes elsewhere.
    """
    with standing(django_db_blocker):
        with recorded() as written:
            call_command("demo", quiet=True)
        settle()
        yield written


@pytest.fixture
def played(played_once, db):
    """The world, and a base this test may write in."""
