"""A kit with its own access point waits for the conseil d'école to be told (loi 2015-136, art. 7-III; plan.md W8)."""

import pytest
from django.urls import reverse
from django.utils.timezone import now as clock

from preau.kit.answers import Conflict
from preau.plan.loans import actions
from preau.plan.loans.models import Booking, SharedKit, State
from preau.plan.premises import actions as premises
from tests.kept import kept
from tests.plan.loans.conftest import add_kits, ask
from tests.world import TODAY


@pytest.fixture
@kept
def asked(world):
    """Every school may ask for it; it is kept for Tilleuls, whose council knows nothing."""
    (kit,) = add_kits(world.cities["marelle"], 1)
    actions.change_parts(person=None, kit=kit, parts=[("robots", 6)], has_access_point=True, now=clock())
    world.booking = ask(world.schools["tilleuls"])
    assert world.booking.state == State.REQUESTED
    return world


def tell(school):
    premises.record_notice(person=None, school=school, subject="wifi", held_on=TODAY, now=clock())


def test_it_is_confirmed_once_the_council_was_told(asked):
    with pytest.raises(Conflict, match="conseil d’école"):
        actions.confirm_booking(person=None, booking=asked.booking, now=clock())
    assert Booking.objects.get().state == State.REQUESTED
    tell(asked.schools["saules"])  # of another school: it says nothing of this one
    with pytest.raises(Conflict, match="conseil d’école"):
        actions.confirm_booking(person=None, booking=asked.booking, now=clock())
    tell(asked.booking.school)
    assert actions.confirm_booking(person=None, booking=asked.booking, now=clock()).state == State.CONFIRMED


@pytest.mark.parametrize("state, act", [(State.CONFIRMED, "prepare_booking"), (State.PREPARED, "send_booking")])
def test_promised_before_it_had_its_access_point_it_does_not_leave(asked, state, act):
    Booking.objects.update(state=state)
    facts = {"found": {}} if state == State.CONFIRMED else {}
    with pytest.raises(Conflict, match="conseil d’école"):
        getattr(actions, act)(person=None, booking=asked.booking, now=clock(), **facts)
    assert Booking.objects.get().state == state and not asked.booking.hand_overs.exists()
    tell(asked.booking.school)
    getattr(actions, act)(person=None, booking=asked.booking, now=clock(), **facts)
    assert Booking.objects.get().state != state


def test_a_kit_without_access_point_goes_wherever_it_is_asked(asked):
    actions.change_parts(person=None, kit=asked.booking.kit, parts=[("robots", 6)], has_access_point=False, now=clock())
    assert actions.confirm_booking(person=None, booking=asked.booking, now=clock()).state == State.CONFIRMED


@pytest.mark.parametrize(("actor", "writes"), [("teacher", False), ("head", True), ("city_education", True)])
def test_the_loan_says_so_to_who_asked_and_to_who_answers(asked, client, actor, writes):
    """And leads who may write that day to where it is written."""
    page = reverse("loans:booking_detail", args=[asked.booking.pk])
    asked.sign_in(client, actor)
    told, council = client.get(page).content.decode(), reverse("premises:notice_create", args=[asked.booking.school_id])
    assert "pas encore été informé" in told and (council in told) is writes
    tell(asked.booking.school)
    told = client.get(page).content.decode()
    assert "pas encore été informé" not in told and council not in told


def test_the_city_says_that_a_kit_has_its_access_point_and_mends_it(asked, client):
    asked.sign_in(client, "city_education")
    kit = asked.booking.kit
    page = client.get(reverse("loans:kit_detail", args=[kit.pk])).content.decode()
    assert "Elle a sa borne Wi-Fi" in page
    form = reverse("loans:kit_parts", args=[kit.pk])
    assert "checked" in client.get(form).content.decode()
    client.post(form, {"parts": "6 robots", "seen": "6 robots"})
    assert not SharedKit.objects.get().has_access_point
    new = {
        "name": "Chariot", "kind": "ulis", "parts": "8 tablettes", "has_access_point": "on",
        "transport_half_days": 1, "longest_half_days": 20,
    }  # fmt: skip
    client.post(reverse("loans:kit_create"), new)
    assert SharedKit.objects.get(name="Chariot").has_access_point


def test_the_answer_of_the_city_is_kept_and_told_why(asked, client):
    asked.sign_in(client, "city_education")
    response = client.post(
        reverse("loans:booking_answer", args=[asked.booking.pk]), {"answer": "yes", "transport": "Navette du mardi"}
    )
    page = response.content.decode()
    assert response.status_code == 422 and "pas encore été informé" in page and "Navette du mardi" in page
