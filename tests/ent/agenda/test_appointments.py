"""Appointments by slots: taken in three actions, once each, never seen by another family."""

import datetime
import re

import pytest
from django.core import mail as sent
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from preau.ent.agenda import actions, notices, queries, rules
from preau.ent.agenda.models import Appointment, Event, Round, Slot
from preau.kit.answers import Conflict, Refused
from preau.kit.dates import hour_text
from preau.kit.mail import Letter
from preau.kit.models import Outgoing
from preau.notify.models import Notice
from preau.people.models import Account
from preau.privacy.exports import read_tables
from preau.schools.models import Guardianship
from tests.canaries import leaks
from tests.ent.agenda.acts import SOON, open_slots, take
from tests.world import TODAY

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
PARENTS = ("guardian", "guardian_coparent")


def body(answer):
    return answer.content.decode()


def page_of(world, client, who, round_):
    return world.sign_in(client, who).get(reverse("agenda:round_detail", args=[round_.pk]))


def hours(text):
    """The slots that a page offers."""
    return re.findall(r'type="radio" name="slot" value="([0-9a-f-]+)"', text)


def test_a_range_is_cut_in_slots_and_told_to_the_families_of_the_class(world, client):
    url = reverse("agenda:round_new", args=[world.classrooms["cpb"].pk])
    client = world.sign_in(client, "teacher")
    typed = {"title": "Rencontres", "day": SOON, "begins_at": "17:00", "ends_at": "18:10", "minutes": 20}
    assert client.post(url, typed).status_code == 302
    round_ = Round.objects.get()
    assert [slot.ends_at - slot.starts_at for slot in round_.slots.all()] == [datetime.timedelta(minutes=20)] * 3
    assert Notice.objects.get().publication == round_.event.publication
    more = reverse("agenda:slots_add", args=[round_.pk])
    client.post(more, typed | {"day": SOON + 2 * DAY})
    round_.event.refresh_from_db()
    assert (round_.event.first_on, round_.event.last_on, round_.slots.count()) == (SOON, SOON + 2 * DAY, 6)
    again = client.post(more, typed)
    assert again.status_code == 422 and "déjà ouverts" in body(again)
    late = typed | {"begins_at": "18:10", "ends_at": "18:40", "title": "Suite"}
    said = body(client.post(url, late, follow=True))
    assert "à la même heure" not in said and "dits aux familles qui ont un compte. Aux autres, sur papier" in said
    over = body(client.post(url, typed | {"begins_at": "17:50", "ends_at": "19:00"}, follow=True))
    assert "à la même heure\u00a0: «\u00a0Rencontres\u00a0», «\u00a0Suite\u00a0»" in over


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"day": TODAY - DAY}, "Cette date est passée"),
        ({"ends_at": "17:10"}, "Aucun rendez-vous ne tient"),
        ({"begins_at": "00:00", "ends_at": "23:59", "minutes": 5}, "plus de 60 créneaux"),
        ({"minutes": 3}, "5 ou plus"),
    ],
)
def test_slots_that_cannot_be_are_told_and_nothing_is_lost(world, client, typed, told):
    url = reverse("agenda:round_new", args=[world.classrooms["cpb"].pk])
    said = {"title": "Mes rencontres", "day": SOON, "begins_at": "17:00", "ends_at": "18:00", "minutes": 15} | typed
    answer = world.sign_in(client, "teacher").post(url, said)
    assert answer.status_code == 422 and told in body(answer) and "Mes rencontres" in body(answer)
    assert not Event.objects.exists()


def test_a_guardian_takes_changes_and_gives_back(world, client):
    round_ = open_slots(world)
    home = body(world.sign_in(client, "guardian").get("/aujourdhui/"))
    assert "Rencontres" in home and "À choisir" in home
    page = reverse("agenda:round_detail", args=[round_.pk])
    first, second, *_ = hours(body(client.get(page)))
    child = world.people["child_adam"]
    assert client.post(page, {"child": child.pk, "slot": first, "wish": "Au téléphone"}).status_code == 302
    said = body(client.get(page))
    assert "Votre rendez-vous" in said and "Au téléphone" in said and first not in hours(said)
    assert "Votre rendez-vous" in body(client.get("/aujourdhui/"))
    client.post(page, {"child": child.pk, "slot": second, "wish": "En visio"})
    mine = Appointment.objects.get()
    assert (str(mine.slot_id), mine.wish) == (second, "En visio")
    nobodys = reverse("agenda:giving_back_create", args=[round_.pk, world.people["child_lina"].pk])
    assert client.post(nobodys).status_code == 404, "another family's child, as what does not exist"
    client.post(reverse("agenda:giving_back_create", args=[round_.pk, child.pk]))
    assert not Appointment.objects.exists() and len(hours(body(client.get(page)))) == 4


def test_two_families_on_one_slot_one_gets_it_the_other_reads_what_is_free(world, client):
    round_ = open_slots(world)
    page = reverse("agenda:round_detail", args=[round_.pk])
    slots = hours(body(world.sign_in(client, "guardian").get(page)))
    take(world, round_, "guardian_other_family", child="child_lina")
    late = client.post(page, {"child": world.people["child_adam"].pk, "slot": slots[0], "wish": "À l’école"})
    assert late.status_code == 422 and "vient d’être pris par une autre famille" in body(late)
    assert hours(body(late)) == slots[1:] and "À l’école" in body(late)
    assert Appointment.objects.get().guardian == world.people["guardian_other_family"]
    row = {"child": world.people["child_adam"], "guardian": world.people["guardian"], "taken_at": now()}
    with pytest.raises(IntegrityError), transaction.atomic():  # what no rule has to remember
        Appointment.objects.create(round=round_, slot=round_.slots.earliest("starts_at"), **row)


def test_the_last_slot_taken_meanwhile_is_said_though_none_is_left(world, client):
    round_ = open_slots(world, ends_at=datetime.time(17, 15))
    page = reverse("agenda:round_detail", args=[round_.pk])
    slots = hours(body(world.sign_in(client, "guardian").get(page)))
    take(world, round_, "guardian_other_family", child="child_lina")
    typed = {"child": world.people["child_adam"].pk, "slot": slots[0], "wish": "Au téléphone, après 18 h"}
    late = body(client.post(page, typed))
    assert "Ce créneau n’est plus libre" in late and "Il ne reste plus de créneau" in late
    assert "Au téléphone, après 18 h" in late
    assert "n’est plus libre" not in body(client.get(page))


def test_a_guardian_is_not_at_two_appointments_at_once(world):
    first, second = open_slots(world), open_slots(world, begins_at=datetime.time(16, 50))
    take(world, first, rank=1)  # 17 h 15
    with pytest.raises(Conflict) as refused:
        take(world, second, rank=1)  # 17 h 05 to 17 h 20
    assert "déjà un rendez-vous à cette heure" in str(refused.value)
    take(world, second, rank=0)
    take(world, first, rank=2)  # one's own moves
    take(world, second, "guardian_coparent", rank=2)  # the other parent's hour is theirs
    assert Appointment.objects.count() == 3


def test_two_parents_each_have_theirs_and_never_see_the_other_s(world, client):
    round_ = open_slots(world)
    for rank, who in enumerate(PARENTS):
        take(world, round_, who, rank=rank, wish=f"Secret de {who}.")
    assert Appointment.objects.count() == 2
    for who, other in (PARENTS, PARENTS[::-1]):
        theirs = Appointment.objects.get(guardian=world.people[other])
        page = body(page_of(world, client, who, round_))
        agenda = body(client.get(reverse("agenda:mine"))) + body(client.get("/aujourdhui/"))
        assert not leaks(page + agenda, who)
        for secret in (f"Secret de {other}.", str(theirs.slot_id)):
            assert secret not in page + agenda, (who, secret)
        assert f"Secret de {who}." in page
        at = localtime(Appointment.objects.get(guardian=world.people[who]).slot.starts_at)
        assert hour_text(at) in agenda, "at home, one's own hour"
        kept = str(list(read_tables(world.people[who]))) + str(list(read_tables(world.people["child_adam"])))
        assert f"Secret de {other}." not in kept and str(theirs.pk) not in kept
    for who in ("guardian_restricted", "guardian_other_class", "pupil_cm2", "city_education", "ien", "atsem"):
        assert page_of(world, client, who, round_).status_code == 404, who
    assert "Secret" not in body(page_of(world, client, "aesh", round_))


def test_a_guardian_takes_for_their_own_child_of_the_class_alone(world, client):
    round_ = open_slots(world)
    page = reverse("agenda:round_detail", args=[round_.pk])
    slot = round_.slots.earliest("starts_at")
    for child in ("child_lina", "pupil_cm2"):
        posted = {"child": world.people[child].pk, "slot": slot.pk}
        assert world.sign_in(client, "guardian").post(page, posted).status_code == 403
    for who in ("guardian_restricted", "guardian_other_class", "teacher", "pupil_cm2"):
        with pytest.raises(Refused):
            take(world, round_, who)
    with pytest.raises(Conflict):  # a slot of another round
        take(world, round_, slot=open_slots(world, "teacher_other_class", "cm2").slots.first())
    Slot.objects.filter(pk=slot.pk).update(starts_at=now() - DAY)
    with pytest.raises(Conflict):
        take(world, round_)
    assert not Appointment.objects.exists()


def test_the_team_reads_by_name_who_has_none_and_places_a_family_by_hand(world, client):
    round_ = open_slots(world)
    take(world, round_)
    page = body(page_of(world, client, "teacher", round_))
    lina, adam = world.people["child_lina"], world.people["child_adam"]
    without = page.partition("sans rendez-vous")[2].partition("</div>")[0]
    assert lina.full_name in without and adam.full_name not in without
    assert "guardian_restricted" not in page and "manque" not in page
    slot = round_.slots.order_by("starts_at")[1]
    posted = {"family": f"{lina.pk}:{world.people['guardian_paper'].pk}", "slot": slot.pk}
    url = reverse("agenda:placing_create", args=[round_.pk])
    for who in ("guardian", "teacher_other_class", "aesh"):
        assert world.sign_in(client, who).post(url, posted).status_code in (403, 404), who
    world.sign_in(client, "teacher").post(url, posted)
    placed = Appointment.objects.get(slot=slot)
    assert (placed.child, placed.guardian) == (lina, world.people["guardian_paper"])
    with pytest.raises(Conflict):
        place = {"child": lina, "guardian": world.people["guardian"], "slot": round_.slots.last(), "now": now()}
        actions.place_family(person=world.people["teacher"], round_=round_, **place)


def test_the_team_reads_how_many_slots_are_lacking(world, client):
    round_ = open_slots(world)
    keep = round_.slots.order_by("starts_at").first()
    round_.slots.exclude(pk=keep.pk).delete()
    page = body(page_of(world, client, "teacher", round_))
    assert "1\xa0créneau manque" in page  # two pupils, one slot
    take(world, round_)
    assert "1\xa0créneau manque" in body(page_of(world, client, "teacher", round_))  # one pupil, none


@pytest.mark.parametrize("who", ["teacher", "head"])
def test_a_parent_of_the_team_neither_reads_nor_moves_the_appointment_of_the_other(world, client, who):
    adam, other, reader = (world.people[name] for name in ("child_adam", "guardian_coparent", who))
    Guardianship.objects.create(guardian=reader, child=adam, starts_on=world.before)
    round_ = open_slots(world)
    taken = take(world, round_, "guardian_coparent", wish="Secret du père")
    page = body(page_of(world, client, who, round_))
    team = page.partition("Pour l’équipe")[2]
    for secret in ("Secret du père", other.formal_name, adam.full_name, str(other.pk), str(adam.pk)):
        assert secret not in team, secret
    assert "Pris</p>" in team and "Votre propre enfant n’est pas dans cette liste" in team
    assert reverse("agenda:appointment_cancel", args=[taken.slot_id]) not in page
    assert reverse("agenda:slot_remove", args=[taken.slot_id]) not in page
    assert "Canari-child_lina" in team  # who has none yet
    assert client.post(reverse("agenda:appointment_cancel", args=[taken.slot_id])).status_code == 403
    placing = reverse("agenda:placing_create", args=[round_.pk])
    free = round_.slots.order_by("starts_at").last()
    client.post(placing, {"family": f"{adam.pk}:{other.pk}", "slot": free.pk})
    said = {"person": reader, "round_": round_, "child": adam, "slot": free, "now": now()}
    with pytest.raises(Refused, match="votre propre enfant"):
        actions.place_family(guardian=other, **said)
    taken.refresh_from_db()
    assert taken.slot_id != free.pk and not Outgoing.objects.filter(kind="agenda.appointment").exists()
    mine = actions.place_family(guardian=reader, **said)  # their own stays theirs
    actions.cancel_appointment(person=reader, slot=mine.slot, now=now())
    colleague = "head" if who == "teacher" else "teacher"
    assert "Secret du père" in body(page_of(world, client, colleague, round_))


def test_a_slot_that_a_family_holds_is_cancelled_not_removed_and_they_are_told(world, client):
    round_ = open_slots(world)
    taken = take(world, round_)
    client = world.sign_in(client, "teacher")
    client.post(reverse("agenda:slot_remove", args=[taken.slot_id]))
    assert Slot.objects.filter(pk=taken.slot_id).exists()
    client.post(reverse("agenda:appointment_cancel", args=[taken.slot_id]))
    assert not Appointment.objects.exists()
    told = Outgoing.objects.get(kind="agenda.appointment")
    assert told.ids == [str(world.people["guardian"].pk), str(round_.pk)]
    client.post(reverse("agenda:slot_remove", args=[taken.slot_id]))
    assert not Slot.objects.filter(pk=taken.slot_id).exists()


def test_all_are_cancelled_then_kept_from_their_page_until_their_last_day(world, client):
    round_ = open_slots(world)
    take(world, round_)
    cancel, keep = (reverse(f"agenda:{name}_create", args=[round_.event_id]) for name in ("cancellation", "keeping"))
    page = body(page_of(world, client, "teacher", round_))
    assert cancel in page and keep not in page
    page = body(client.post(cancel, follow=True))
    assert keep in page and cancel not in page and "Annulé le" in page
    assert "Annulé le" not in body(client.post(keep, follow=True)) and Appointment.objects.exists()
    assert Outgoing.objects.filter(kind="agenda.appointment").count() == 2  # the family is told each time
    Event.objects.filter(pk=round_.event_id).update(first_on=TODAY - DAY, last_on=TODAY - DAY)
    assert cancel not in body(page_of(world, client, "teacher", round_))


def test_a_round_that_is_cancelled_takes_no_slot_and_no_family(world, client):
    round_ = open_slots(world)
    child, guardian = world.people["child_lina"], world.people["guardian_paper"]
    client = world.sign_in(client, "teacher")
    client.post(reverse("agenda:cancellation_create", args=[round_.event_id]))
    posted = {"family": f"{child.pk}:{guardian.pk}", "slot": round_.slots.first().pk}
    assert client.post(reverse("agenda:placing_create", args=[round_.pk]), posted).status_code == 403
    before = round_.slots.count()
    with pytest.raises(Refused, match="annulés"):
        day = localdate(round_.slots.last().starts_at)
        hours = {"begins_at": datetime.time(18, 0), "ends_at": datetime.time(18, 30), "minutes": 15}
        actions.add_slots(person=world.people["teacher"], round_=round_, day=day, **hours, now=now())
    assert round_.slots.count() == before and not Appointment.objects.exists()


def test_the_mail_says_that_it_changed_and_nothing_else(world):
    round_ = open_slots(world)
    take(world, round_)
    guardian = world.people["guardian"]
    assert notices.appointment(guardian.pk, round_.pk, now=now()) is None  # no address
    Account.objects.filter(person=guardian).update(email="a@maison.example", email_confirmed_at=now())
    letter = notices.appointment(guardian.pk, round_.pk, now=now())
    assert isinstance(letter, Letter) and f"/agenda/rendez-vous/{round_.pk}/" in letter.text
    for secret in ("Rencontres", "Canari", guardian.first_name, world.people["child_adam"].first_name, "17"):
        assert secret not in letter.text.replace(str(round_.pk), "") + letter.subject, secret
    actions.cancel_event(person=world.people["head"], event=round_.event, now=now())
    assert Outgoing.objects.filter(kind="agenda.appointment").count() == 1 and not sent.outbox
    with pytest.raises(Refused):
        take(world, round_, rank=1)


def test_who_may_read_it_no_more_as_it_leaves_is_not_mailed(world):
    round_, guardian = open_slots(world), world.people["guardian"]
    Account.objects.filter(person=guardian).update(email="a@maison.example", email_confirmed_at=now())
    assert notices.appointment(guardian.pk, round_.pk, now=now())
    links = Guardianship.objects.filter(guardian=guardian)
    links.update(restricted_on=TODAY, restriction_reference="JAF 1")
    assert notices.appointment(guardian.pk, round_.pk, now=now()) is None


def test_a_child_has_the_colour_of_every_other_page(world, client):
    round_ = open_slots(world, "teacher_other_school", "saules_cm2")
    page = body(page_of(world, client, "guardian_two_schools", round_))
    tags = [re.findall(r'class="tag" data-child="(\d)"', text) for text in (page, body(client.get("/aujourdhui/")))]
    assert tags[0] and set(tags[0]) <= set(tags[1])
    assert tags[0][0] != "1"  # the younger of two


def test_its_days_are_those_of_its_slots(world, client):
    round_ = open_slots(world)
    assert not rules.can_edit_event(world.people["teacher"], round_.event, TODAY)
    answer = world.sign_in(client, "guardian").get(reverse("agenda:event_detail", args=[round_.event_id]))
    assert answer["Location"] == reverse("agenda:round_detail", args=[round_.pk])


def test_the_page_of_a_round_asks_ten_queries_at_most(world, client, django_assert_max_num_queries):
    round_ = open_slots(world, minutes=5)
    take(world, round_)
    take(world, round_, "guardian_other_family", child="child_lina", rank=1)
    for who in ("guardian", "teacher"):
        page_of(world, client, who, round_)
        with django_assert_max_num_queries(10):
            client.get(reverse("agenda:round_detail", args=[round_.pk]))
    assert len(queries.follow_round(round_, TODAY, world.people["teacher"]).slots) == 12


def test_the_weeks_before_an_appointment_to_choose_are_read_without_it(world, client):
    """It lies after the weeks shown: their page answered 500."""
    open_slots(world, title="Rencontres de mars")
    client, agenda = world.sign_in(client, "guardian"), reverse("agenda:mine")
    before = client.get(f"{agenda}?du={SOON - 42 * DAY}")
    assert before.status_code == 200 and "Rencontres de mars" not in body(before)
    assert "Rencontres de mars" in body(client.get(f"{agenda}?du={SOON}"))
