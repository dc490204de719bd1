"""The pages of shared kits: who reads what, and what they cost."""

import datetime
import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import now as clock

from preau.kit.answers import Conflict
from preau.plan.loans import actions, queries
from preau.plan.loans.models import Booking, KitPart, State, half_day_number, half_day_text, span_text
from tests.plan.loans.conftest import MONDAY, OBJECTS, ask
from tests.rights.loans import hand_over
from tests.texts import as_drawn
from tests.world import TODAY

FORM = {
    "kind": OBJECTS, "first_day": MONDAY.isoformat(), "first_half": 0, "last_day": MONDAY.isoformat(),
    "last_half": 1, "activity": "Programmer un robot",
}  # fmt: skip


def test_a_teacher_asks_in_one_page(lending, client):
    lending.sign_in(client, "teacher")
    assert "Demander une malle" in as_drawn(client.get(reverse("loans:kit_list")).text)
    form = FORM | {"school": lending.schools["tilleuls"].id}
    response = client.post(reverse("loans:booking_create"), form, follow=True)
    page = as_drawn(response.text)
    assert "est gardée pour vous" in page and "Programmer un robot" in page
    assert Booking.objects.get().asked_by == lending.people["teacher"]


def test_the_cart_for_ulis_is_named_by_its_acronym(lending, client):
    actions.add_kit(
        person=None, city=lending.cities["marelle"], kind="ulis", name="Chariot", parts=[("tablettes", 8)], now=clock()
    )
    lending.sign_in(client, "teacher")
    assert ">Chariot pour les dispositifs ULIS<" in client.get(reverse("loans:booking_create")).content.decode()


def test_a_cart_is_spoken_of_as_the_kit_it_is(lending, client):
    cart = actions.add_kit(
        person=None, city=lending.cities["marelle"], kind="ulis", name="Chariot", parts=[("tablettes", 8)], now=clock()
    )
    first = half_day_number(MONDAY, 0)
    booking = actions.ask_for_kit(
        person=None, school=lending.schools["tilleuls"], kind="ulis", first=first, last=first, activity="x", now=clock()
    )
    booking = actions.confirm_booking(person=None, booking=booking, transport="Navette.", now=clock())
    lending.sign_in(client, "city_it")
    counted = {f"part_{part.pk}": part.quantity for part in cart.parts.all()}
    page = client.post(reverse("loans:booking_preparation", args=[booking.id]), counted, follow=True).text
    assert "La malle «\u00a0Chariot\u00a0» est prête." in page and "Navette.." not in page
    assert lending.kits[0].said == "Malle 1"


def test_what_was_typed_stays_when_the_dates_are_wrong(lending, client):
    lending.sign_in(client, "teacher")
    form = FORM | {"school": lending.schools["tilleuls"].id, "last_day": "2020-01-01"}
    response = client.post(reverse("loans:booking_create"), form)
    assert response.status_code == 422 and "Programmer un robot" in response.content.decode()
    assert not Booking.objects.exists()


def test_who_gives_up_reads_what_becomes_of_the_kit(lending, client):
    school = lending.schools["tilleuls"]
    lending.sign_in(client, "teacher")
    for booking in (*(ask(school) for _ in lending.kits), ask(school))[::-1]:  # the one that waits first
        gives_back = booking.kit is not None
        page = client.post(reverse("loans:booking_cancelling", args=[booking.id]), follow=True).text
        assert "La demande est annulée." in page and ("rendues aux autres écoles" in page) is gives_back


def test_the_school_reads_why_its_request_was_refused_or_cancelled_for_it(lending, client):
    booking, other = ask(lending.schools["tilleuls"]), ask(lending.schools["tilleuls"])
    agent, address = lending.people["city_education"], reverse("loans:booking_cancelling", args=[booking.id])
    lending.sign_in(client, "city_education")
    page = client.get(reverse("loans:booking_detail", args=[booking.id])).text
    assert f'href="{address}"' in page and f'action="{address}"' not in page
    assert "Motif de l’annulation" in client.get(address).text
    assert client.post(address).status_code == 422 and client.post(address, {"reason": " "}).status_code == 422
    with pytest.raises(Conflict, match="écrivez pourquoi"):
        actions.cancel_booking(person=agent, booking=booking, now=clock())
    assert "annulée" in client.post(address, {"reason": "Roue cassée."}, follow=True).text
    client.post(reverse("loans:booking_answer", args=[other.id]), {"answer": "no", "reason": "Promise ailleurs."})
    assert client.post(address, {"reason": "Encore."}).status_code == 422
    lending.sign_in(client, "teacher")
    for each, why in ((booking, "Roue cassée."), (other, "Promise ailleurs.")):
        assert why in client.get(reverse("loans:booking_detail", args=[each.id])).text


def test_a_request_repeats_each_week_and_names_those_that_wait(lending, client):
    for _ in lending.kits:
        ask(lending.schools["saules"], 14, 15)  # the second week is taken
    lending.sign_in(client, "teacher")
    form = FORM | {"school": lending.schools["tilleuls"].id, "weeks": 3}
    page = client.post(reverse("loans:booking_create"), form, follow=True).content.decode().replace("\u00a0", " ")
    mine = Booking.objects.filter(school=lending.schools["tilleuls"]).order_by("first_half_day")
    assert [booking.state for booking in mine] == [State.REQUESTED, State.WAITING, State.REQUESTED]
    assert len({booking.first_half_day % 14 for booking in mine}) == 1 and mine[0].slots.count() == 4
    second = half_day_text(mine[1].first_half_day).replace("\u00a0", " ")
    assert "Semaines gardées pour vous : 2 sur 3" in page and f"Sur liste d’attente : {second}" in page


def test_a_request_that_would_meet_itself_the_next_week_is_refused(lending, client):
    lending.sign_in(client, "teacher")
    friday = MONDAY + datetime.timedelta(days=4)
    form = FORM | {"school": lending.schools["tilleuls"].id, "weeks": 2, "last_day": friday.isoformat()}
    told = client.post(reverse("loans:booking_create"), form)
    assert told.status_code == 422 and "dure plus d’une semaine" in told.content.decode()
    assert "Programmer un robot" in told.content.decode() and not Booking.objects.exists()
    assert client.post(reverse("loans:booking_create"), form | {"weeks": 11}).status_code == 422
    assert client.post(reverse("loans:booking_create"), form | {"weeks": 1}).status_code == 302


def test_a_teacher_cannot_ask_for_another_school(lending, client):
    lending.sign_in(client, "teacher")
    response = client.post(reverse("loans:booking_create"), FORM | {"school": lending.schools["saules"].id})
    assert response.status_code == 422 and not Booking.objects.exists()


def test_another_school_sees_a_half_day_taken_and_nothing_more(lending, client):
    booking = ask(lending.schools["tilleuls"], activity="Canari-emprunt-tilleuls")
    lending.sign_in(client, "teacher_other_school")
    page = client.get(reverse("loans:kit_list")).content.decode()
    assert "prise" in page and "Canari-emprunt" not in page and "Tilleuls" not in page
    assert client.get(reverse("loans:booking_detail", args=[booking.id])).status_code == 404
    assert "Canari-emprunt" not in client.get(reverse("loans:booking_list")).content.decode()
    assert b"Canari-emprunt" not in client.get(reverse("loans:booking_export", args=["csv"])).content


@pytest.mark.parametrize("actor", ["guardian", "pupil_cm2", "parents_federation", "operator"])
def test_families_find_nothing(lending, client, actor):
    assert lending.sign_in(client, actor).get(reverse("loans:kit_list")).status_code == 404


def test_the_city_answers_and_the_school_counts(lending, client):
    booking = ask(lending.schools["tilleuls"])
    lending.sign_in(client, "city_education")
    url = reverse("loans:booking_answer", args=[booking.id])
    assert "Un refus se motive" in client.post(url, {"answer": "no"}).content.decode()
    client.post(url, {"answer": "yes", "transport": "Navette"})
    counts = {f"part_{p.pk}": p.quantity for p in booking.kit.parts.all()}
    client.post(reverse("loans:booking_preparation", args=[booking.id]), counts)
    client.post(reverse("loans:booking_departure", args=[booking.id]))
    lending.sign_in(client, "teacher")
    robots = booking.kit.parts.get(label="robots")
    client.post(reverse("loans:booking_arrival", args=[booking.id]), counts | {f"part_{robots.pk}": 5})
    page = client.get(reverse("loans:booking_detail", args=[booking.id])).content.decode()
    assert "1 en moins" in page and "La malle repart" in page
    booking.refresh_from_db()
    assert booking.state == State.IN_USE


def test_the_second_answer_comes_back_with_what_the_first_one_did(lending, client):
    booking = ask(lending.schools["tilleuls"])
    url, typed = reverse("loans:booking_answer", args=[booking.id]), "Malle promise au collège voisin"
    lending.sign_in(client, "city_education")
    assert client.get(url).status_code == 200
    actions.refuse_booking(person=None, booking=booking, reason="En réparation.", now=clock())
    late = client.post(url, {"answer": "no", "reason": typed, "transport": "Navette du lundi"})
    page = late.content.decode().replace("\u00a0", " ")
    assert late.status_code == 422 and f'value="{typed}"' in page and 'value="Navette du lundi"' in page
    assert "elle est « refusée » (motif : En réparation.)" in page and "pas enregistré" in page
    booking.refresh_from_db()
    assert booking.reason == "En réparation."
    assert client.get(url).status_code == 403


def test_a_count_sent_twice_is_told(lending, client):
    booking = actions.confirm_booking(person=None, booking=ask(lending.schools["tilleuls"]), now=clock())
    counts = {f"part_{p.pk}": p.quantity for p in booking.kit.parts.all()}
    lending.sign_in(client, "city_it")
    url = reverse("loans:booking_preparation", args=[booking.id])
    client.post(url, counts)
    again = client.post(url, counts | {"note": "une pile faible"})
    page = again.content.decode().replace("\u00a0", " ")
    assert again.status_code == 422 and "elle est « prête à partir »" in page and "pas enregistré" in page
    assert "une pile faible" in page


TOO_FAR = (
    ("9999-12-31", "L’année 9999 n’est pas la bonne"),
    (str(TODAY + datetime.timedelta(days=400)), "plus d’un an à l’avance"),
)


@pytest.mark.parametrize(("day", "says"), TOO_FAR)
def test_a_day_too_far_is_refused_with_what_was_typed(lending, client, day, says):
    lending.sign_in(client, "teacher")
    asked = FORM | {"first_day": day, "last_day": day, "last_half": 1, "weeks": 10, "activity": "Tapé"}
    answer = client.post(reverse("loans:booking_create"), asked | {"school": lending.schools["tilleuls"].pk})
    assert answer.status_code == 422 and says in answer.text and 'value="Tapé"' in answer.text
    assert not Booking.objects.exists()


@pytest.mark.parametrize("extension", ["csv", "ods"])
def test_the_list_leaves_as_a_spreadsheet(lending, client, extension):
    ask(lending.schools["tilleuls"])
    response = lending.sign_in(client, "city_education").get(reverse("loans:booking_export", args=[extension]))
    assert response.status_code == 200 and extension in response.headers["Content-Disposition"]


@pytest.mark.parametrize("name", ["loans:kit_list", "loans:booking_list"])
def test_pages_cost_the_same_with_more_loans(lending, client, django_assert_max_num_queries, name):
    lending.sign_in(client, "city_education")
    ask(lending.schools["tilleuls"])
    url = reverse(name)
    client.get(url)
    with django_assert_max_num_queries(10) as few:
        client.get(url)
    for week in range(1, 9):
        ask(lending.schools["saules"], week * 14, week * 14 + 1)
    with django_assert_max_num_queries(10) as many:
        client.get(url)
    assert len(many) == len(few)


def test_one_loan_costs_ten_queries_at_most(lending, client, django_assert_max_num_queries):
    booking = actions.confirm_booking(person=None, booking=ask(lending.schools["tilleuls"]), now=clock())
    actions.prepare_booking(person=None, booking=booking, found={}, now=clock())
    lending.sign_in(client, "teacher")
    for url in (
        reverse("loans:booking_detail", args=[booking.id]),
        reverse("loans:kit_detail", args=[booking.kit_id]),
        reverse("loans:booking_create"),
    ):
        client.get(url)
        with django_assert_max_num_queries(10):
            assert client.get(url).status_code == 200


@pytest.mark.parametrize("actor, may", [("teacher", True), ("city_it", True), ("ien", False), ("trainer", False)])
def test_who_counted_and_the_photo_stay_with_those_who_hand_over(lending, client, actor, may):
    found = hand_over(lending)
    found.by = lending.people["city_education"]
    found.save()
    lending.sign_in(client, actor)
    page = client.get(reverse("loans:booking_detail", args=[found.booking_id])).content.decode()
    assert "Pièces comptées" in page
    assert ("Compté par" in page) == (found.by.formal_name in page) == ("Voir la photo" in page) == may
    photo = client.get(reverse("loans:hand_over_photo", args=[found.id]))
    assert photo.status_code == (200 if may else 403)


def test_the_second_of_two_on_what_a_kit_holds_reads_the_first_and_loses_nothing(lending, client):
    kit = lending.kits[0]
    url = reverse("loans:kit_parts", args=[kit.pk])
    page = lending.sign_in(client, "city_education").get(url).text
    seen = re.search(r'name="seen" value="([^"]*)"', page)[1]
    actions.change_parts(person=None, kit=kit, parts=[("robots", 6), ("trépieds", 3)], now=clock())
    mine = {"parts": "6 robots\n2 tablettes\n1 sac", "seen": seen}
    late = client.post(url, mine)
    told = late.text.replace("\u00a0", " ")
    assert late.status_code == 422 and "6 robots, 3 trépieds" in told and "1 sac</textarea>" in told
    assert kit.parts.filter(removed_at=None).count() == 2
    again = re.search(r'name="seen" value="([^"]*)"', late.text)[1]
    assert client.post(url, mine | {"seen": again}).status_code == 302
    assert queries.parts_of([kit])[kit.pk] == ["6 robots", "2 tablettes", "1 sac"]


def test_the_base_refuses_a_line_twice_in_a_kit(lending):
    part = lending.kits[0].parts.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        KitPart.objects.create(kit=part.kit, position=9, label=part.label, quantity=1)
    part.removed_at = clock()
    part.save()
    KitPart.objects.create(kit=part.kit, position=9, label=part.label, quantity=1)


@pytest.mark.parametrize("first, last, said", [
    ("2026-09-15", "2026-09-15", "mardi 15\u00a0septembre 2026, toute la journée"),
    ("2026-09-15", "2026-09-17", "du mardi 15\u00a0septembre, matin, au jeudi 17\u00a0septembre 2026, après-midi"),
    ("2026-12-31", "2027-01-04", "du jeudi 31\u00a0décembre 2026, matin, au lundi 4\u00a0janvier 2027, après-midi"),
])  # fmt: skip
def test_the_days_of_a_loan_say_their_year(first, last, said):
    first, last = (datetime.date.fromisoformat(day) for day in (first, last))
    assert span_text(half_day_number(first, 0), half_day_number(last, 1)) == said
    assert half_day_text(half_day_number(first, 0)).endswith(f"{first.year}, matin")


def test_the_table_taken_away_is_sorted_by_its_days(lending, client):
    ask(lending.schools["tilleuls"])
    table = lending.sign_in(client, "city_education").get(reverse("loans:booking_export", args=["csv"])).text
    header, line = (row.split(";") for row in table.strip().splitlines())
    told = dict(zip(header, line, strict=True))
    assert (told["Du"], told["Dès le"]) == (f"{MONDAY:%d/%m/%Y}", "matin")
    assert (told["Au"], told["Fin le"]) == (f"{MONDAY:%d/%m/%Y}", "après-midi")
