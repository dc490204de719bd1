"""A kit in repair: nobody is lent it meanwhile, and whoever it was promised to is told (plan.md (c))."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import now as clock

from preau.kit.answers import Conflict, Refused
from preau.plan.loans import actions
from preau.plan.loans.models import Booking, BookingSlot, State, Unavailability, half_day_number
from tests.plan.loans.conftest import MONDAY, add_kits, ask

START = half_day_number(MONDAY, 0)
FORM = {
    "first_day": MONDAY.isoformat(), "first_half": 0, "last_day": MONDAY.isoformat(), "last_half": 1,
    "reason": "Écran cassé", "moves": "False",
}  # fmt: skip


def stop(kit, first=0, last=9, *, moves=False, person=None, reason="Écran cassé"):
    return actions.stop_lending(
        person=person, kit=kit, first=START + first, last=START + last, reason=reason, moves=moves, now=clock()
    )


def test_a_kit_in_repair_is_lent_to_nobody_and_the_base_refuses_it(lending):
    kit, other = lending.kits
    stop(kit)
    first, second = ask(lending.schools["tilleuls"]), ask(lending.schools["saules"])
    assert (first.kit, second.kit, second.state) == (other, None, State.WAITING)
    with pytest.raises(IntegrityError), transaction.atomic():
        BookingSlot.objects.create(kit=kit, half_day=START, booking=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        BookingSlot.objects.create(kit=kit, half_day=START + 40)  # kept for nothing


def test_who_it_was_promised_to_is_read_before_anything_is_written(lending):
    booking = ask(lending.schools["tilleuls"])
    with pytest.raises(actions.InTheWay) as way:
        stop(booking.kit)
    assert way.value.bookings == [booking]
    assert booking.slots.exists() and not Unavailability.objects.exists()


def test_promises_go_to_another_kit_as_far_as_they_were_else_wait_with_the_reason(lending):
    kit, other = lending.kits
    early = actions.confirm_booking(person=None, booking=ask(lending.schools["tilleuls"]), now=clock())
    late = ask(lending.schools["saules"], 4, 5)
    assert {early.kit, late.kit} == {kit}
    ask(lending.schools["tilleuls"], 4, 5)  # takes the other kit on the second span
    stop(kit, moves=True)
    early.refresh_from_db(), late.refresh_from_db()
    assert (early.state, early.kit) == (State.CONFIRMED, other)
    assert (late.state, late.kit) == (State.WAITING, None) and not late.slots.exists()
    for booking in (early, late):
        assert "Malle 1 est indisponible (Écran cassé)" in booking.reason
    assert set(BookingSlot.objects.filter(kit=kit).values_list("booking", flat=True)) == {None}


def test_what_the_other_days_of_a_moved_loan_kept_is_offered(lending):
    kit, other = lending.kits
    ask(lending.schools["tilleuls"], 0, 5), ask(lending.schools["tilleuls"], 0, 5)
    waits = ask(lending.schools["saules"], 0, 0)
    stop(kit, 4, 5, moves=True)
    waits.refresh_from_db()
    assert (waits.state, waits.kit) == (State.REQUESTED, kit)


@pytest.mark.parametrize("state", [State.PREPARED, State.OUT, State.IN_USE])
def test_a_kit_prepared_or_away_is_not_stopped_whatever_is_said(lending, state):
    booking = ask(lending.schools["tilleuls"])
    Booking.objects.filter(pk=booking.pk).update(state=state)
    with pytest.raises(actions.InTheWay, match="notez son retour"):
        stop(booking.kit, moves=True)
    Booking.objects.filter(pk=booking.pk).update(state=State.RETURNED)
    assert stop(booking.kit).slots.count() == 10


def test_an_end_before_the_start_is_refused_and_the_base_refuses_it(lending):
    kit = lending.kits[0]
    with pytest.raises(Conflict, match="La fin est avant le début"):
        stop(kit, 4, 3)
    with pytest.raises(IntegrityError, match="ends_after_it_starts"), transaction.atomic():
        Unavailability.objects.create(kit=kit, first_half_day=START + 4, last_half_day=START + 3, reason="Écran cassé")
    assert not Unavailability.objects.exists() and stop(kit, 4, 4).slots.count() == 1


def test_days_past_a_retired_kit_and_days_already_stopped_are_refused(lending):
    kit, other = lending.kits
    with pytest.raises(Conflict, match="passée"):
        stop(kit, -20, 3)
    with pytest.raises(Conflict, match="plus d’un an à l’avance"):
        stop(kit, 800, 801)
    with pytest.raises(Conflict, match="retirez plutôt cette malle"):
        stop(kit, 0, 2 * 366 + 1)
    assert not Unavailability.objects.exists() and not BookingSlot.objects.exists()
    stop(kit, 0, 3)
    with pytest.raises(Conflict, match="indisponible une partie de ces jours"):
        stop(kit, 3, 5)
    actions.retire_kit(person=None, kit=kit, now=clock())  # in repair is not booked
    with pytest.raises(Conflict, match="plus prêtée"):
        stop(kit, 6, 7)
    assert Unavailability.objects.count() == 1


def test_lent_again_it_goes_to_who_waits_once(lending):
    kit, other = lending.kits
    found = stop(kit)
    ask(lending.schools["tilleuls"])
    waits = ask(lending.schools["saules"])
    assert waits.state == State.WAITING
    actions.resume_lending(person=None, unavailability=found, now=clock())
    waits.refresh_from_db()
    assert (waits.state, waits.kit, waits.reason) == (State.REQUESTED, kit, "")
    with pytest.raises(Conflict, match="déjà de nouveau prêtée"):
        actions.resume_lending(person=None, unavailability=found, now=clock())


@pytest.mark.parametrize("actor", ["teacher", "city_it", "city_education_far", "dsden"])
def test_only_who_keeps_the_kits_stops_one(lending, actor):
    found = stop(lending.kits[0])
    with pytest.raises(Refused):
        stop(lending.kits[1], person=lending.people[actor])
    with pytest.raises(Refused):
        actions.resume_lending(person=lending.people[actor], unavailability=found, now=clock())


def test_the_agent_reads_whom_it_was_promised_to_then_ticks_the_box(lending, client):
    booking = ask(lending.schools["tilleuls"])
    lending.sign_in(client, "city_education")
    url = reverse("loans:stop_create", args=[booking.kit_id])
    assert 'type="hidden" name="moves"' in client.get(url).content.decode()
    told = client.post(url, FORM)
    page = told.content.decode()
    assert told.status_code == 422 and reverse("loans:booking_detail", args=[booking.pk]) in page
    assert "est promise ces jours-là" in page and 'value="Écran cassé"' in page
    assert 'type="checkbox" name="moves"' in page and "checked" not in page.partition('name="moves"')[2][:80]
    assert client.post(url, FORM | {"moves": "on"}).status_code == 302
    booking.refresh_from_db()
    assert booking.kit == lending.kits[1]
    lending.sign_in(client, "teacher_other_school")
    page = client.get(reverse("loans:kit_detail", args=[lending.kits[0].pk])).content.decode()
    assert page.count('<td data-is="stopped"><span class="wide">indisponible</span>') == 2
    assert "Écran cassé" in page and "De nouveau prêtée" not in page
    lending.sign_in(client, "city_education")
    client.post(reverse("loans:stop_ending", args=[Unavailability.objects.get().pk]))
    page = client.get(reverse("loans:kit_detail", args=[lending.kits[0].pk])).content.decode()
    assert "stopped" not in page and "Écran cassé" not in page


def test_more_than_a_year_is_a_withdrawal(lending, client):
    lending.sign_in(client, "city_education")
    year = MONDAY.replace(year=MONDAY.year + 2).isoformat()
    told = client.post(reverse("loans:stop_create", args=[lending.kits[0].pk]), FORM | {"last_day": year})
    assert told.status_code == 422 and "plus d’un an" in told.content.decode()


def test_a_kit_in_repair_costs_ten_queries_at_most(lending, client, django_assert_max_num_queries):
    for first in (0, 4, 8, 14):
        stop(lending.kits[0], first, first + 1)
    lending.sign_in(client, "city_education")
    for name, args in (("kit_detail", [lending.kits[0].pk]), ("kit_list", [])):
        client.get(reverse(f"loans:{name}", args=args))
        with django_assert_max_num_queries(10):
            assert client.get(reverse(f"loans:{name}", args=args)).status_code == 200


def test_what_became_of_the_loans_promised_is_said_to_who_stops_and_to_who_waits(lending, client):
    """The count of fairness holds loans to come: « a eu » would be wrong of a school that had none yet."""
    booking = ask(lending.schools["tilleuls"])
    for other in lending.kits:
        if other != booking.kit:
            stop(other)
    ask(lending.schools["tilleuls"], 20, 21)
    address = reverse("loans:stop_create", args=[booking.kit_id])
    page = lending.sign_in(client, "city_education").post(address, FORM | {"moves": "True"}, follow=True).text
    assert "Un prêt promis a une autre malle ou attend sur la liste" in page
    page = lending.sign_in(client, "head").get(reverse("loans:booking_detail", args=[booking.pk])).text
    assert "l’école a 1\u00a0prêt cette année, passés ou à venir" in " ".join(page.split(" "))
    retired = reverse("loans:kit_retirement", args=[lending.kits[0].pk])
    page = lending.sign_in(client, "city_education").post(retired, follow=True).text
    assert "répondez à ces demandes" in page and "attendez la fin" not in page


def test_who_waits_for_a_kit_that_is_lent_no_more_waits_for_an_answer(lending, client):
    """With the last kit of its kind out of service, a request would wait for ever and nobody would be told."""
    kit, other = lending.kits
    actions.retire_kit(person=None, kit=other, now=clock())
    booking = ask(lending.schools["tilleuls"])
    desk, act = reverse("desk:home"), "Répondre à une demande de malle"
    stop(kit, moves=True)
    booking.refresh_from_db()
    client = lending.sign_in(client, "city_education")
    assert booking.state == State.WAITING and act not in client.get(desk).text
    actions.retire_kit(person=None, kit=kit, now=clock())
    add_kits(lending.cities["ailleurs"], 1)  # another city lends, and reads nothing of it
    assert act not in lending.sign_in(client, "city_education_far").get(desk).text
    client = lending.sign_in(client, "city_education")
    assert act in client.get(desk).text
    page = client.get(reverse("loans:kit_detail", args=[kit.pk])).text
    assert "De nouveau prêtée" not in page and "Changer le contenu" not in page
    page = lending.sign_in(client, "head").get(reverse("loans:booking_detail", args=[booking.pk])).text
    assert "ne prête plus de malle de cette nature" in " ".join(page.split())
    address = reverse("loans:booking_answer", args=[booking.pk])
    lending.sign_in(client, "city_education").post(address, {"answer": "no", "reason": "Plus de malle."})
    assert act not in client.get(desk).text
