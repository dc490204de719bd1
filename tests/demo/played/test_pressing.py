"""Every button of the demo, pressed: nothing fails, and each act says what was done or what is missing."""

import pytest
from django.test import Client

from preau.demo.signins import sign_ins
from preau.people.models import Account
from tests.demo.played.pressing import Visitor
from tests.world import enter

# What only changes how pages look, says it by the button itself, or opens the page of what it begins.
SAYS_NOTHING = (
    "/lecture/",
    "/visage/",
    "/langue/",
    "/mon-compte/langue/",
    "/merci/",
    "/plan/formulaires/",
    "/plan/deploiements/",
)


def test_every_button_of_three_people_says_what_it_did(played, day):
    everyone = sorted(one.identifier for one in sign_ins(0))
    three = [everyone[(3 * day.toordinal() + n) % len(everyone)] for n in range(3)]
    print(f"pressed as {', '.join(three)}: --day {day} asks again")
    check(three)


@pytest.mark.corpora
def test_every_button_of_everyone_says_what_it_did(played):
    check(sorted(one.identifier for one in sign_ins(0)))


def check(identifiers):
    found = []
    for identifier in identifiers:
        visitor = Visitor(Client())
        enter(visitor.client, Account.objects.get(identifier=identifier), own_device=True)
        visitor.press_all("/aujourdhui/")
        assert visitor.pressed >= 4
        mute = [each for each in visitor.mute if not each[0].startswith(SAYS_NOTHING)]
        found += [(identifier, what) for what in visitor.failed + mute]
    assert not found
