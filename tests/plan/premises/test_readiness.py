"""Readiness is derived gate by gate: AC-14, AC-18, AC-21 and mission D9."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from preau.places.models import Room, School
from preau.plan.equipment import actions as equipment
from preau.plan.equipment.models import Fact, Measure, Quality
from preau.plan.equipment.queries import situation_of
from preau.plan.premises import actions, queries
from preau.plan.premises.models import Cabling, CouncilNotice, InternetLink
from preau.plan.rollouts.actions import record_acceptance
from tests.plan.premises.conftest import BEFORE, NOW, TODAY, add_link, add_room, publish_kit
from tests.texts import as_drawn


def unmet(school, on=TODAY):
    return [gate.key for gate in queries.readiness_of(school, on).missing]


def test_a_school_with_everything_is_ready(ready):
    found = queries.readiness_of(ready, TODAY)
    assert found.is_ready and len(found.gates) == 5
    assert found.gate("link").since == BEFORE and found.gate("rooms_cabled").reason.startswith("2 sur 2")


def test_a_school_of_which_nothing_is_known_is_told_everything_that_lacks(school):
    assert unmet(school) == ["link", "school_cabled", "rooms_cabled", "store", "council"]
    found = queries.readiness_of(school, TODAY)
    assert all(gate.reason.endswith(".") for gate in found.gates)
    # Not met is not lacking: nobody noted anything.
    assert {gate.word for gate in found.gates} == {"inconnu"} and not found.is_known


def test_what_is_noted_makes_the_rest_of_it_lack(school, world, client):
    """A link that ended lacks; a list of rooms without a store has none; the cables nobody noted stay unknown,
    in the rooms too, as the socle says."""
    link = add_link(school)
    actions.end_link(person=None, link=link, ended_on=TODAY - datetime.timedelta(days=1), now=NOW)
    assert queries.readiness_of(school, TODAY).gate("link").word == "non"
    building = actions.add_building(person=None, school=school, name="A", now=NOW)
    rooms = [add_room(building, name) for name in ("Salle 1", "Salle 2")]
    found = queries.readiness_of(school, TODAY)
    words = ["non", "inconnu", "inconnu"]  # no cable noted in any room is no « none »
    assert [found.gate(key).word for key in ("store", "rooms_cabled", "school_cabled")] == words
    page = as_drawn(world.sign_in(client, "city_it").get(f"/plan/ecoles/{school.pk}/locaux/").text)
    assert page.count('data-label="Câblé">inconnu') == 2
    actions.record_cabling(person=None, school=school, whole_school=False, rooms=rooms[:1], done_on=BEFORE, now=NOW)
    found = queries.readiness_of(school, TODAY)
    assert (found.gate("rooms_cabled").word, found.gate("rooms_cabled").reason[:9]) == ("non", "1 sur 2\u00a0:")
    page = as_drawn(client.get(f"/plan/ecoles/{school.pk}/locaux/").text)
    assert page.count('data-label="Câblé">non</td>') == 1
    assert found.is_known and found.word == "non"


@pytest.mark.parametrize("technology, kbps, is_met", [
    ("sdsl", 4000, True), ("sdsl", 3999, False), ("fibre", 8000, True), ("fibre", 7999, False), ("fibre", 4000, False),
    ("other", 8000, True), ("other", 7999, False),
])  # fmt: skip
def test_ac_14_sdsl_4_or_fibre_8(school, technology, kbps, is_met):
    add_link(school, technology, kbps)
    assert ("link" not in unmet(school)) is is_met


def test_ac_14_half_a_megabit_for_each_post_of_a_cart(school, settings):
    add_link(school, "sdsl", 4000)
    settings.TERMINAL_KBPS_WARNING = 501
    assert queries.readiness_of(school, TODAY).warnings == (), "no kit says how many"
    publish_carts(school, 7)
    settings.TERMINAL_KBPS_WARNING = 500
    assert queries.readiness_of(school, TODAY).warnings == ()
    settings.TERMINAL_KBPS_WARNING = 501
    (warning,) = queries.readiness_of(school, TODAY).warnings
    assert "0,5\u00a0Mb/s à chacun de ses 8 postes" in warning


def test_the_posts_of_a_cart_are_those_that_the_kit_says(school, settings):
    add_link(school, "sdsl", 4000)
    settings.TERMINAL_KBPS_WARNING = 400
    publish_carts(school, 14)
    (warning,) = queries.readiness_of(school, TODAY).warnings
    assert "à chacun de ses 15 postes" in warning


def publish_carts(school, terminals):
    cart = {"item": "Chariot", "kind": "cart", "is_wifi": True, "rule": "per_floor", "terminals_each": terminals}
    publish_kit(school, lines=[cart])


def test_a_low_measure_warns_and_does_not_undo_the_contract(school):
    link = add_link(school)
    actions.record_measure(person=None, link=link, measured_kbps=5200, measured_on=TODAY, now=NOW)
    found = queries.readiness_of(school, TODAY)
    assert found.gate("link").is_met and "5,2\u00a0Mb/s" in found.warnings[0]


def test_a_line_counts_from_its_first_day_to_its_last(school):
    link = add_link(school)
    assert "link" in unmet(school, BEFORE - datetime.timedelta(days=1)) and "link" not in unmet(school, BEFORE)
    actions.end_link(person=None, link=link, ended_on=TODAY - datetime.timedelta(days=1), now=NOW)
    assert "link" in unmet(school)


def test_ac_18_a_store_without_power_is_no_store(ready):
    assert queries.has_powered_store(ready, TODAY)
    store = Room.objects.get(kind="secured_store")
    actions.edit_room(person=None, room=store, has_power=False, now=NOW)
    assert not queries.has_powered_store(ready, TODAY) and unmet(ready) == ["store"]
    assert "pas d’électricité" in queries.readiness_of(ready, TODAY).gate("store").reason


def test_one_classroom_more_is_one_cable_more(ready):
    room = add_room(ready.buildings.get(), "Salle 3")
    assert unmet(ready) == ["rooms_cabled"]
    actions.edit_room(person=None, room=room, closed_on=TODAY, now=NOW)
    assert unmet(ready) == []


def test_ac_21_no_wifi_before_the_council_was_told(ready):
    assert queries.has_wifi_notice(ready, BEFORE) and not queries.has_wifi_notice(
        ready, BEFORE - datetime.timedelta(days=1)
    )
    actions.remove_notice(person=None, notice=CouncilNotice.objects.get(), now=NOW)
    actions.record_notice(person=None, school=ready, subject="project", held_on=BEFORE, now=NOW)
    assert unmet(ready) == ["council"] and not queries.has_wifi_notice(ready, TODAY)


def test_a_kit_without_wifi_asks_nothing_of_the_council(ready):
    CouncilNotice.objects.all().delete()
    publish_kit(ready, lines=[{"item": "Poste", "kind": "pc", "rule": "per_class"}])
    assert queries.readiness_of(ready, TODAY).gate("council") is None and unmet(ready) == []


def test_the_need_tells_what_is_there(ready):
    kit = publish_kit(ready)
    equipment.record_fact(
        person=None,
        city=ready.city,
        school=ready,
        measure="classes",
        value=2,
        as_of=BEFORE,
        source="x",
        quality="declared",
        now=NOW,
    )
    record_acceptance(person=None, school=ready, label="CP", kit=kit, accepted_on=TODAY, source="PV", now=NOW)
    need = queries.need_of(ready, kit, TODAY)
    found = {(line.need.kind, line.need.per_class): (line.need.least, line.there, line.missing) for line in need.lines}
    assert found["link", False] == (1, 1, 0) and found["cabling", True] == (2, 2, 0)
    assert found["board", True] == (2, 1, 1) and found["cart", False] == (2, None, None)


def test_two_in_each_class_are_both_there_once_the_class_is_received(ready):
    lines = [{"item": "Tableau", "kind": "board", "rule": "per_class", "quantity_min": 2, "quantity_max": 3}]
    kit = publish_kit(ready, lines=lines)
    equipment.record_fact(
        person=None,
        city=ready.city,
        school=ready,
        measure="classes",
        value=2,
        as_of=BEFORE,
        source="x",
        quality="declared",
        now=NOW,
    )
    record_acceptance(person=None, school=ready, label="CP", kit=kit, accepted_on=TODAY, source="PV", now=NOW)
    (line,) = queries.need_of(ready, kit, TODAY).lines
    assert (line.need.least, line.there, line.missing) == (4, 2, 2)


def test_extras_follow_the_pupils_received(world):
    tilleuls, saules = world.schools["tilleuls"], world.schools["saules"]
    assert queries.options_of(tilleuls, TODAY) == {"ulis"}  # its roll has a dispositif
    assert queries.options_of(saules, TODAY) == set()
    site = actions.open_inclusion(person=None, school=saules, option="hearing", starts_on=BEFORE, now=NOW)
    assert queries.options_of(saules, TODAY) == {"hearing"}
    actions.end_inclusion(person=None, site=site, ended_on=TODAY - datetime.timedelta(days=1), now=NOW)
    assert queries.options_of(saules, TODAY) == set()


def test_many_schools_ask_as_few_queries_as_one(ready, world, django_assert_num_queries):
    one, many = [ready], list(School.objects.all())
    for schools in (one, many):
        with django_assert_num_queries(2):
            queries.readiness_of_many(schools, TODAY)
    assert queries.readiness_of_many(many, TODAY)[ready.pk] == queries.readiness_of(ready, TODAY)


@pytest.mark.parametrize("wrong", [
    lambda s: InternetLink(school=s, technology="fibre", contracted_kbps=0, in_service_on=TODAY),
    lambda s: InternetLink(school=s, technology="fibre", contracted_kbps=1, in_service_on=TODAY, measured_kbps=1),
    lambda s: InternetLink(school=s, technology="fibre", contracted_kbps=1, in_service_on=TODAY, ended_on=BEFORE),
    lambda s: Cabling(school=s, scope="room", done_on=TODAY),
    lambda s: Cabling(school=s, scope="school", done_on=TODAY),
    lambda s: CouncilNotice(school=s, subject="wifi", held_on=BEFORE),
])  # fmt: skip
def test_the_base_refuses_what_rules_refuse(ready, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong(ready).save()


def test_the_need_and_the_board_know_one_class_count(school):
    """A figure of the year, dated at its end, is known all that year on both pages."""
    Fact.objects.create(
        city=school.city,
        school=school,
        measure=Measure.CLASSES,
        value=7,
        as_of=datetime.date(TODAY.year, 12, 31),
        source="essai",
        quality=Quality.DECLARED,
    )
    (state,) = situation_of(School.objects.filter(pk=school.pk), TODAY).schools
    assert queries.counts_of(school, TODAY).classes == state.classes_count == 7
