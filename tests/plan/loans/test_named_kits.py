"""Kits outside the natures that the plan names are each asked for by name: one is not worth another (mission D11)."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import now as clock

from preau.kit.answers import Conflict
from preau.plan.loans import actions, queries
from preau.plan.loans.models import Booking, SharedKit, State, half_day_number
from tests.kept import kept
from tests.plan.loans.conftest import MONDAY, OBJECTS, add_kits
from tests.texts import as_drawn
from tests.world import TODAY

OTHER = SharedKit.Kind.OTHER
START = half_day_number(MONDAY, 0)


@pytest.fixture
@kept
def named(world):
    """Two kits of no nature in common."""
    add_kits(world.cities["marelle"], 1)
    world.photo, world.headsets = (
        actions.add_kit(
            person=None, city=world.cities["marelle"], kind=OTHER, name=name, parts=[("appareils", 2)], now=clock()
        )
        for name in ("Malle photo", "Malle réalité virtuelle")
    )
    return world


def ask(school, wanted, first=0, last=1, kind=OTHER):
    return actions.ask_for_kit(
        person=None,
        school=school,
        kind=kind,
        wanted=wanted,
        first=START + first,
        last=START + last,
        activity="Filmer la cour",
        now=clock(),
    )


def test_who_asks_for_a_kit_by_name_gets_that_one_or_waits_for_it(named):
    school, other = named.schools["tilleuls"], named.schools["saules"]
    first, second = ask(school, named.headsets), ask(other, named.headsets)
    assert (first.kit, second.state, second.kit) == (named.headsets, State.WAITING, None)
    assert ask(other, named.photo).kit == named.photo


def test_what_is_freed_goes_to_who_wanted_that_kit(named):
    school, other = named.schools["tilleuls"], named.schools["saules"]
    headsets, photo, waits = ask(school, named.headsets), ask(school, named.photo), ask(other, named.headsets)
    actions.cancel_booking(person=None, booking=photo, now=clock())
    waits.refresh_from_db()
    assert waits.state == State.WAITING
    actions.cancel_booking(person=None, booking=headsets, now=clock())
    waits.refresh_from_db()
    assert (waits.state, waits.kit) == (State.REQUESTED, named.headsets)


def test_a_kit_in_repair_is_replaced_by_none_of_another_name(named):
    booking = ask(named.schools["tilleuls"], named.headsets)
    actions.stop_lending(
        person=None, kit=named.headsets, first=START, last=START + 1, reason="Écran cassé", moves=True, now=clock()
    )
    booking.refresh_from_db()
    assert (booking.state, booking.kit) == (State.WAITING, None)


def test_a_rank_is_among_those_who_want_the_same_kit(named):
    school, other = named.schools["tilleuls"], named.schools["saules"]
    for kit in (named.photo, named.headsets):
        ask(school, kit), ask(other, kit)
    city = named.cities["marelle"]
    for kit in (named.photo, named.headsets):
        (found,) = queries.waiting_list(city, OTHER, TODAY, wanted=kit.pk)
        assert (found.booking.wanted, found.place) == (kit, 1)


def test_no_kit_is_asked_for_by_no_nature_and_no_name(named):
    school = named.schools["tilleuls"]
    for wanted, kind in ((None, OTHER), (named.photo, OBJECTS)):
        with pytest.raises(Conflict, match="par son nom"):
            ask(school, wanted, kind=kind)
    booking = ask(school, named.photo)
    for wrong in ({"kit": named.headsets}, {"wanted": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Booking.objects.filter(pk=booking.pk).update(**wrong)


def test_a_kit_that_somebody_waits_for_is_not_withdrawn(named):
    waits = ask(named.schools["saules"], named.photo)
    Booking.objects.filter(pk=waits.pk).update(state=State.WAITING, kit=None)
    waits.slots.all().delete()
    with pytest.raises(Conflict):
        actions.retire_kit(person=None, kit=named.photo, now=clock())


def test_the_page_names_each_of_them_and_the_kit_s_page_asks_for_its_own(named, client):
    named.sign_in(client, "teacher")
    own = as_drawn(client.get(reverse("loans:kit_detail", args=[named.photo.pk])).text)
    assert f"nature={named.photo.pk}" in own and "Demander cette malle" in own
    objects = SharedKit.objects.get(kind=OBJECTS)
    common = client.get(reverse("loans:kit_detail", args=[objects.pk])).text
    assert f"nature={OBJECTS}" in common and "Demander cette malle" not in common
    form = client.get(reverse("loans:booking_create"), {"nature": named.headsets.pk}).text
    assert f'<option value="{named.headsets.pk}" selected>Malle réalité virtuelle</option>' in form
    assert "Autre malle" not in form
    asked = {
        "school": named.schools["tilleuls"].pk, "kind": named.headsets.pk, "first_day": MONDAY, "first_half": 0,
        "last_day": MONDAY, "last_half": 1, "activity": "Voir Mars",
    }  # fmt: skip
    assert client.post(reverse("loans:booking_create"), asked).status_code == 302
    booking = Booking.objects.get()
    assert (booking.kind, booking.wanted, booking.kit) == (OTHER, named.headsets, named.headsets)
    Booking.objects.update(state=State.WAITING, kit=None)
    for name, ids in (("booking_list", []), ("booking_detail", [booking.pk])):
        assert "Malle réalité virtuelle" in client.get(reverse(f"loans:{name}", args=ids)).text
