"""No sequence of actions lends a half-day twice, puts a kit at two schools, sends one with its Wi-Fi where no council
was told, nor draws a path that W7 does not draw."""

import contextlib

import pytest
from django.utils.timezone import now as clock
from hypothesis import given, settings
from hypothesis import strategies as st

from preau.kit.answers import Conflict
from preau.plan.loans import actions
from preau.plan.loans.models import AWAY, HOLDING, NEXT, Booking, BookingSlot, SharedKit, State, half_day_number
from preau.plan.premises import actions as premises
from tests.plan.loans.conftest import ask
from tests.sharing import walks
from tests.world import TODAY

STEPS = {
    "confirm": lambda b: actions.confirm_booking(person=None, booking=b, now=clock()),
    "refuse": lambda b: actions.refuse_booking(person=None, booking=b, reason="Non.", now=clock()),
    "cancel": lambda b: actions.cancel_booking(person=None, booking=b, now=clock()),
    "prepare": lambda b: actions.prepare_booking(person=None, booking=b, found={}, now=clock()),
    "send": lambda b: actions.send_booking(person=None, booking=b, now=clock()),
    "receive": lambda b: actions.receive_booking(person=None, booking=b, found={}, now=clock()),
    "return": lambda b: actions.return_booking(person=None, booking=b, now=clock()),
    "check": lambda b: actions.check_booking(person=None, booking=b, found={}, now=clock()),
    "close": lambda b: actions.close_booking(person=None, booking=b, now=clock()),
}
PROMISED = (State.CONFIRMED, State.PREPARED, *AWAY)
BACK = (State.CHECKED, State.CLOSED)
FAR = ("confirm", "prepare", "send", "receive")  # far enough for two loans of a kit to meet
MOVES = st.one_of(
    st.tuples(st.just("ask"), st.sampled_from((0, 1, 6, 7, 8, 14, 15)), st.integers(0, 4)),
    st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 8), st.just(0)),
    st.tuples(st.just("carry"), st.integers(0, 8), st.integers(3, len(FAR))),
)


@pytest.fixture
def told(lending):
    """The first kit has its access point; Tilleuls knows of the Wi-Fi, Saules does not."""
    SharedKit.objects.filter(pk=lending.kits[0].pk).update(has_access_point=True)
    school = lending.schools["tilleuls"]
    premises.record_notice(person=None, school=school, subject="wifi", held_on=TODAY, now=clock())
    return lending


def assert_drawn(before):
    after = dict(Booking.objects.values_list("id", "state"))
    for pk, state in before.items():
        assert after[pk] == state or after[pk] in NEXT[state]


@pytest.mark.long
@pytest.mark.django_db
@settings(max_examples=walks(25))
@given(moves=st.lists(MOVES, min_size=5, max_size=25))
def test_no_sequence_reaches_a_forbidden_state(told, moves):
    Booking.objects.all().delete()
    for verb, number, length in moves:
        before = dict(Booking.objects.values_list("id", "state"))
        with contextlib.suppress(Conflict):
            if verb == "ask":
                ask(told.schools["saules" if number % 2 else "tilleuls"], number, number + length)
            elif before:
                for step in FAR[:length] if verb == "carry" else (verb,):
                    STEPS[step](Booking.objects.get(pk=sorted(before)[number % len(before)]))
                    assert_drawn(before)
                    before = dict(Booking.objects.values_list("id", "state"))
        assert_drawn(before)
        unheard = Booking.objects.filter(school=told.schools["saules"], kit__has_access_point=True)
        assert not unheard.filter(state__in=PROMISED).exists()
        away = list(Booking.objects.filter(state__in=AWAY).values_list("kit", flat=True))
        assert len(away) == len(set(away))
        held = dict(Booking.objects.filter(state__in=HOLDING).values_list("id", "state"))
        kept = set(BookingSlot.objects.values_list("booking", flat=True))
        assert {pk for pk, state in held.items() if state not in BACK} <= kept <= set(held)
        ahead = BookingSlot.objects.filter(booking__state__in=BACK, half_day__gt=half_day_number(TODAY, 1))
        assert not ahead.exists()  # the kit is here again: its days are others' to ask
        slots = list(BookingSlot.objects.values_list("kit", "half_day"))
        assert len(slots) == len(set(slots))
