"""Shared kits (plan.md W7): no overlap ever, a waiting list that shares, hand-overs that count."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import now as clock

from preau.kit.answers import Conflict, Refused
from preau.places.models import School
from preau.plan.loans import actions, queries
from preau.plan.loans.models import Booking, BookingSlot, State, half_day_number
from tests.plan.loans.conftest import MONDAY, OBJECTS, add_kits, ask
from tests.world import TODAY


def walk(booking, *, found=None):
    """To the end of the path, every part there unless told."""
    whole = {p.pk: p.quantity for p in booking.kit.parts.all()}
    now = clock()
    booking = actions.confirm_booking(person=None, booking=booking, now=now)
    booking = actions.prepare_booking(person=None, booking=booking, found=whole, now=now)
    booking = actions.send_booking(person=None, booking=booking, transport="Navette du lundi", now=now)
    booking = actions.receive_booking(person=None, booking=booking, found=whole, now=now)
    booking = actions.return_booking(person=None, booking=booking, now=now)
    booking = actions.check_booking(person=None, booking=booking, found=whole | (found or {}), now=now)
    return actions.close_booking(person=None, booking=booking, now=now)


def test_ac_20_two_kits_the_third_request_waits(lending):
    """Two kits, any school: no double booking; the third simultaneous request goes on the waiting list."""
    school, other = lending.schools["tilleuls"], lending.schools["saules"]
    first, second, third = ask(school), ask(other), ask(other, 1, 3)
    assert {first.kit, second.kit} == set(lending.kits)
    assert (first.state, third.state, third.kit) == (State.REQUESTED, State.WAITING, None)
    assert not lending.schools["saules"].acceptances.exists()  # equipped or not


def test_ac_20_45_schools_ask_for_the_same_day(lending):
    city = lending.cities["marelle"]
    schools = [School.objects.create(name=f"École {n}", slug=f"e-{n}", kind="elementary", city=city) for n in range(45)]
    states = [ask(school).state for school in schools]
    assert states.count(State.REQUESTED) == 2 and states.count(State.WAITING) == 43
    assert len(set(BookingSlot.objects.values_list("kit", "half_day"))) == BookingSlot.objects.count()


def test_the_base_refuses_a_half_day_lent_twice(lending):
    booking = ask(lending.schools["tilleuls"])
    other = ask(lending.schools["saules"])
    slot = booking.slots.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        BookingSlot.objects.create(kit=slot.kit, half_day=slot.half_day, booking=other)


def test_transport_is_kept_before_and_after_and_never_on_a_week_end(lending):
    booking = ask(lending.schools["tilleuls"])  # Monday, all day
    carried = sorted(booking.slots.filter(is_transport=True).values_list("half_day", flat=True))
    assert carried == [half_day_number(MONDAY, 0) - 5, half_day_number(MONDAY, 0) + 2]  # Friday afternoon, Tuesday
    back_to_back = ask(lending.schools["saules"], 2, 2)
    assert back_to_back.kit != booking.kit


def test_what_is_freed_goes_to_the_school_that_had_least(lending):
    """The fair-share rule: fewest loans this school year first, then the older request."""
    had_one, had_none = lending.schools["tilleuls"], lending.schools["saules"]
    walk(ask(had_one, 20, 21))
    city = lending.cities["marelle"]
    third = School.objects.create(name="École Neuve", slug="neuve", kind="elementary", city=city)
    first, _ = ask(third), ask(third)
    waits_longer, waits_less = ask(had_one), ask(had_none)
    order = [w.booking for w in queries.waiting_list(city, OBJECTS, TODAY)]
    assert order == [waits_less, waits_longer]
    actions.cancel_booking(person=None, booking=first, now=clock())
    waits_less.refresh_from_db(), waits_longer.refresh_from_db()
    assert (waits_less.state, waits_longer.state) == (State.REQUESTED, State.WAITING)
    assert waits_less.kit == first.kit


def test_what_waits_for_days_that_are_past_keeps_no_rank(lending):
    school, other = lending.schools["tilleuls"], lending.schools["saules"]
    ask(school), ask(school)
    past, waits = ask(school), ask(other)
    gone = half_day_number(TODAY, 0) - 14
    Booking.objects.filter(pk=past.pk).update(first_half_day=gone, last_half_day=gone)
    (found,) = queries.waiting_list(lending.cities["marelle"], OBJECTS, TODAY)
    assert (found.booking, found.place) == (waits, 1)


def test_a_kit_back_before_its_last_day_is_offered_at_once(lending):
    school, other = lending.schools["tilleuls"], lending.schools["saules"]
    long, _ = ask(school, 0, 9), ask(school, 0, 9)
    waits = ask(other, 6, 7)
    assert waits.state == State.WAITING
    walk(long)
    waits.refresh_from_db()
    assert (waits.state, waits.kit) == (State.REQUESTED, long.kit)
    assert not long.slots.filter(half_day__gt=half_day_number(TODAY, 1)).exists()


def test_a_refusal_gives_its_reason_and_frees_the_half_days(lending):
    booking = ask(lending.schools["tilleuls"])
    actions.refuse_booking(person=None, booking=booking, reason="Malle en réparation.", now=clock())
    assert not booking.slots.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=booking.pk).update(reason="")


@pytest.mark.parametrize("first, last, said", [(1, 0, "avant le début"), (0, 40, "au plus"), (-30, -29, "passée")])
def test_a_request_that_cannot_be_says_why_and_writes_nothing(lending, first, last, said):
    with pytest.raises(Conflict, match=said):
        ask(lending.schools["tilleuls"], first, last)
    assert not Booking.objects.exists()


def test_a_week_end_is_not_lent(lending):
    with pytest.raises(Conflict, match="fin de semaine"):
        ask(lending.schools["tilleuls"], 10, 12)


def test_a_missing_part_is_told_to_the_next_school(lending, client):
    booking = ask(lending.schools["tilleuls"])
    robots = booking.kit.parts.get(label="robots")
    walk(booking, found={robots.pk: 5})
    (count,) = queries.missing_parts([booking.kit])[booking.kit.pk]
    assert (count.part, count.missing_count) == (robots, 1)
    lending.sign_in(client, "teacher_other_school")
    assert "Il manque 1 × robots" in " ".join(client.get(reverse("loans:kit_list")).text.split())


def test_a_whole_count_ends_the_warning(lending):
    kit = add_kits(lending.cities["ailleurs"], 1)[0]
    first = ask(lending.schools["loin"])
    walk(first, found={kit.parts.get(label="robots").pk: 0})
    assert queries.missing_parts([kit])
    walk(ask(lending.schools["loin"], 42, 43))
    assert queries.missing_parts([kit]) == {}


def test_a_step_cannot_be_jumped(lending):
    booking = ask(lending.schools["tilleuls"])
    with pytest.raises(Conflict):
        actions.send_booking(person=None, booking=booking, now=clock())
    walk(booking)
    for action in (actions.cancel_booking, actions.close_booking, actions.return_booking):
        with pytest.raises(Conflict):
            action(person=None, booking=booking, now=clock())


def test_two_agents_answer_at_once_the_second_is_told(lending):
    booking = ask(lending.schools["tilleuls"])
    agent = lending.people["city_education"]
    actions.confirm_booking(person=agent, booking=booking, now=clock())
    with pytest.raises(Conflict, match="a changé le .*«\u00a0confirmée\u00a0»"):
        actions.refuse_booking(person=agent, booking=booking, reason="Trop tard.", now=clock())
    booking.refresh_from_db()
    assert (booking.state, booking.reason) == (State.CONFIRMED, "")


def test_nobody_asks_for_a_school_they_do_not_work_in(lending):
    with pytest.raises(Refused):
        ask(lending.schools["saules"], person=lending.people["teacher"])


def test_a_kit_still_asked_for_is_not_retired(lending):
    booking = ask(lending.schools["tilleuls"])
    with pytest.raises(Conflict):
        actions.retire_kit(person=None, kit=booking.kit, now=clock())
    actions.cancel_booking(person=None, booking=booking, now=clock())
    actions.retire_kit(person=None, kit=booking.kit, now=clock())
    assert ask(lending.schools["tilleuls"]).kit != booking.kit


def test_a_new_check_list_keeps_past_counts(lending):
    booking = ask(lending.schools["tilleuls"])
    walk(booking)
    kit = booking.kit
    actions.change_parts(person=None, kit=kit, parts=[("tablettes", 2), ("robots", 5), ("tapis", 1)], now=clock())
    now_in = list(kit.parts.filter(removed_at=None).order_by("position").values_list("label", "quantity"))
    assert now_in == [("tablettes", 2), ("robots", 5), ("tapis", 1)]
    assert booking.hand_overs.first().counts.filter(part__label="robots", expected_count=6).exists()
