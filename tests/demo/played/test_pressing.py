"""Every button of the demo, pressed: nothing fails, and each act says what was done or what is missing."""

import re

import pytest
from django.test import Client

from preau.demo.signins import sign_ins
from preau.people.models import Account
from tests.demo.played.pressing import Visitor, shape_of
from tests.world import enter

# What only changes how pages look, or opens the page of what it begins.
SAYS_NOTHING = ("/lecture/", "/visage/", "/langue/", "/mon-compte/langue/", "/plan/formulaires/", "/plan/deploiements/")
SAID_BY_THE_BUTTON = re.compile(r"/(merci|fait|pas-fait)/(#/)?$")  # « Merci » is now « Merci, c'est dit »


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
        mute = [each for each in visitor.mute if not is_silent(each[0])]
        found += [(identifier, what) for what in visitor.failed + mute]
    for one in found:
        print(one)  # pytest cuts a long list
    assert not found


def is_silent(address):
    return address.startswith(SAYS_NOTHING) or bool(SAID_BY_THE_BUTTON.search(shape_of(address)))
