"""A kit is stopped while a school gives up its loan: both are written, neither waits for the other for ever."""

import pytest
from django.utils.timezone import now as clock

from preau.plan.loans import actions, queries
from preau.plan.loans.actions import bookings
from preau.plan.loans.models import Booking, BookingSlot, SharedKit, State, half_day_number
from tests.at_once import at_once, meeting
from tests.plan.loans.conftest import MONDAY, add_kits, ask

pytestmark = pytest.mark.django_db(transaction=True)
START = half_day_number(MONDAY, 0)


@pytest.fixture
def both_meet(monkeypatch):
    """Each of the two, once it holds what it holds first, waits a moment for the other to be as far."""
    meet = meeting(monkeypatch)
    meet(queries, "loans_within")
    meet(bookings, "move")


def stop(kit, first, last):
    return lambda: actions.stop_lending(
        person=None, kit=kit, first=START + first, last=START + last, reason="Écran cassé", moves=True, now=clock()
    )


def cancel(booking):
    return lambda: actions.cancel_booking(person=None, booking=booking, now=clock())


def refuse(booking):
    return lambda: actions.refuse_booking(person=None, booking=booking, reason="Complet", now=clock())


@pytest.mark.parametrize("give_up", [cancel, refuse])
def test_a_kit_stopped_while_its_loan_is_given_up(world, both_meet, give_up):
    (kit,) = add_kits(world.cities["marelle"], 1)
    booking, waits = ask(world.schools["tilleuls"], 0, 1), ask(world.schools["saules"], 0, 1)
    assert (booking.state, waits.state) == (State.REQUESTED, State.WAITING)
    assert at_once(stop(kit, 0, 9), give_up(booking)) == []
    waits.refresh_from_db(), booking.refresh_from_db()
    assert booking.state in (State.CANCELLED, State.REFUSED) and waits.state == State.WAITING
    assert not BookingSlot.objects.filter(booking__isnull=False).exists()


def test_two_loans_given_up_at_once_go_to_both_who_wait(world, both_meet):
    """Two schools give up at once, each freeing half-days that the other's waiting list wants."""
    first, second = add_kits(world.cities["marelle"], 2)
    held = [ask(world.schools["tilleuls"], 0, 1), ask(world.schools["tilleuls"], 0, 1)]
    waits = [ask(world.schools["saules"], 0, 1), ask(world.schools["saules"], 0, 1)]
    assert at_once(*map(cancel, held)) == []
    assert set(Booking.objects.filter(state=State.REQUESTED).values_list("pk", "kit")) <= {
        (booking.pk, kit.pk) for booking in waits for kit in (first, second)
    }
    assert BookingSlot.objects.values("booking").distinct().count() == SharedKit.objects.count()
