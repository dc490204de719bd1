"""A kit is at one school at a time, and serves each in the order of its half-days (plan.md W7)."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import now as clock

from preau.kit.answers import Conflict, Refused
from preau.kit.names import at_name
from preau.plan.loans import actions
from preau.plan.loans.models import Booking, BookingSlot, State, half_day_number
from tests.kept import kept
from tests.plan.loans.conftest import add_kits, ask
from tests.world import TODAY


@pytest.fixture
@kept
def one_kit(world):
    add_kits(world.cities["marelle"], 1)
    return world


def confirmed(school, first, last):
    return actions.confirm_booking(person=None, booking=ask(school, first, last), now=clock())


def sent(school, first, last):
    booking = actions.prepare_booking(person=None, booking=confirmed(school, first, last), found={}, now=clock())
    return actions.send_booking(person=None, booking=booking, now=clock())


@pytest.fixture
def late(one_kit):
    """At Tilleuls since before the first day of the next loan, and never said to be back."""
    booking = sent(one_kit.schools["tilleuls"], 0, 1)
    return actions.receive_booking(person=None, booking=booking, found={}, now=clock())


SAID = [(State.OUT, "en route vers École Tilleuls"), (State.IN_USE, "à l’école Tilleuls")]


@pytest.mark.parametrize("state, said", SAID)
def test_a_kit_still_away_is_neither_prepared_nor_sent(one_kit, late, state, said):
    Booking.objects.filter(pk=late.pk).update(state=state)
    following = confirmed(one_kit.schools["saules"], 6, 7)
    with pytest.raises(Conflict, match=f"Malle 1 est encore {said} depuis le"):
        actions.prepare_booking(person=None, booking=following, found={}, now=clock())
    Booking.objects.filter(pk=following.pk).update(state=State.PREPARED)
    with pytest.raises(Conflict, match="est encore"):
        actions.send_booking(person=None, booking=following, now=clock())
    assert not following.hand_overs.exists()
    Booking.objects.filter(pk=following.pk).update(state=State.CONFIRMED)
    if state == State.IN_USE:
        actions.return_booking(person=None, booking=late, now=clock())
        assert actions.prepare_booking(person=None, booking=following, found={}, now=clock()).state == State.PREPARED


def test_who_may_not_carry_is_refused_before_being_told_where_the_kit_is(one_kit, late):
    following = confirmed(one_kit.schools["saules"], 6, 7)
    with pytest.raises(Refused, match="préparent et contrôlent"):
        actions.prepare_booking(person=one_kit.people["teacher_other_school"], booking=following, found={}, now=clock())


def test_the_base_refuses_one_kit_at_two_schools(one_kit, late):
    following = confirmed(one_kit.schools["saules"], 6, 7)
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=following.pk).update(state=State.OUT)


def test_a_kit_goes_first_where_it_is_first_promised(one_kit):
    later, first = confirmed(one_kit.schools["saules"], 14, 15), confirmed(one_kit.schools["tilleuls"], 0, 1)
    later = actions.prepare_booking(person=None, booking=later, found={}, now=clock())
    with pytest.raises(Conflict, match=f"est gardée pour {first.school.name} le "):
        actions.send_booking(person=None, booking=later, now=clock())
    actions.cancel_booking(person=None, booking=first, now=clock())
    assert actions.send_booking(person=None, booking=later, now=clock()).state == State.OUT


def test_a_loan_whose_days_are_past_does_not_take_the_days_of_another(one_kit):
    missed = confirmed(one_kit.schools["tilleuls"], 0, 1)
    other = confirmed(one_kit.schools["saules"], 14, 15)
    yesterday = half_day_number(TODAY - datetime.timedelta(days=1), 1)
    Booking.objects.filter(pk=missed.pk).update(first_half_day=yesterday, last_half_day=yesterday)
    BookingSlot.objects.filter(booking=missed).delete()
    BookingSlot.objects.filter(pk=other.slots.first().pk).update(half_day=half_day_number(TODAY, 1))
    actions.prepare_booking(person=None, booking=missed, found={}, now=clock())
    with pytest.raises(Conflict, match=f"est gardée pour {other.school.name}"):
        actions.send_booking(person=None, booking=missed, now=clock())


def test_what_cannot_be_done_yet_is_not_offered(one_kit, client):
    def offered(booking):
        page = client.get(reverse("loans:booking_detail", args=[booking.pk])).text
        return [words for words in ("Préparer la malle", "La malle part") if words in page]

    one_kit.sign_in(client, "city_education")
    later, first = confirmed(one_kit.schools["saules"], 14, 15), confirmed(one_kit.schools["tilleuls"], 0, 1)
    assert offered(later) == ["Préparer la malle"]  # ready early, it waits for its turn
    actions.prepare_booking(person=None, booking=later, found={}, now=clock())
    assert offered(later) == []
    actions.prepare_booking(person=None, booking=first, found={}, now=clock())
    assert offered(first) == ["La malle part"]
    actions.send_booking(person=None, booking=first, now=clock())
    Booking.objects.filter(pk=later.pk).update(state=State.CONFIRMED)
    assert offered(later) == []  # the kit is elsewhere: nothing to count
    one_kit.sign_in(client, "teacher_other_school")
    assert offered(later) == []


def test_the_agent_reads_where_the_kit_is_and_loses_no_count(one_kit, late, client):
    following = confirmed(one_kit.schools["saules"], 6, 7)
    one_kit.sign_in(client, "city_it")
    page = client.get(reverse("loans:booking_detail", args=[following.pk])).content.decode()
    assert f"est encore {at_name(late.school.name)} depuis" in page
    counts = {f"part_{part.pk}": part.quantity for part in following.kit.parts.all()}
    answer = client.post(
        reverse("loans:booking_preparation", args=[following.pk]), counts | {"note": "une pile faible"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "est encore à" in page and "une pile faible" in page
    one_kit.sign_in(client, "teacher_other_school")
    page = client.get(reverse("loans:booking_detail", args=[following.pk])).content.decode()
    assert "est encore à" not in page and "Tilleuls" not in page
