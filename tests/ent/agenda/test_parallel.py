"""One guardian who presses in two rounds at the same instant: one hour, one appointment."""

import datetime

import pytest

from preau.ent.agenda.actions import appointments
from preau.ent.agenda.models import Appointment
from tests.at_once import at_once, meeting
from tests.ent.agenda.acts import open_slots, take
from tests.world import build_world

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_guardian_in_two_rounds_at_once_has_one_appointment(monkeypatch):
    world = build_world()
    rounds = open_slots(world), open_slots(world, begins_at=datetime.time(16, 50))
    acts = [lambda one=one, rank=rank: take(world, one, rank=rank) for rank, one in enumerate(rounds)]
    meeting(monkeypatch)(appointments, "_placed")
    (fault,) = at_once(*acts)
    assert fault.reason == appointments.AT_ONCE and Appointment.objects.count() == 1


def test_a_family_takes_an_hour_while_the_school_places_it_and_neither_waits_for_ever(monkeypatch):
    world = build_world()
    round_ = open_slots(world)
    guardian, child = world.people["guardian"], world.people["child_adam"]
    slots = list(round_.slots.order_by("starts_at"))

    def place():
        said = {"child": child, "guardian": guardian, "slot": slots[1], "now": datetime.datetime.now(datetime.UTC)}
        appointments.place_family(person=world.people["teacher"], round_=round_, **said)

    meeting(monkeypatch)(appointments, "_placed")
    assert at_once(lambda: take(world, round_), place) == []
    assert Appointment.objects.count() == 1
