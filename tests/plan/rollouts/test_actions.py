"""A school goes from its opening to its service, and no act skips what must come before."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from preau.journal.models import Entry, Seal
from preau.kit.answers import Conflict, Refused
from preau.places.models import Room
from preau.plan.equipment import actions as equipment
from preau.plan.equipment.models import Acceptance
from preau.plan.premises.models import CouncilNotice, InternetLink
from preau.plan.rollouts import actions, rules
from preau.plan.rollouts.actions import record_acceptance, remove_acceptance
from preau.plan.rollouts.models import Reception, Reservation, Rollout, RolloutStep, StepKind
from preau.plan.rollouts.queries import Phase
from tests.plan.rollouts.conftest import HAND, NOW, TODAY, day, do_step, open_premises, progress, receive, who


def serve(rollout, on=40, person=None):
    return actions.put_in_service(person=person, rollout=rollout, service_on=day(on), now=NOW)


def test_a_school_goes_from_opening_to_service(ready):
    assert progress(ready).phase == Phase.ACCEPTANCE
    receive(ready)
    found = progress(ready)
    assert (found.is_accepted, found.accepted_on, found.phase) == (True, day(20), Phase.TRAINING)
    assert not found.is_in_service
    serve(ready)
    assert progress(ready).is_in_service and progress(ready).phase == Phase.SERVICE
    assert set(Acceptance.objects.values_list("label", "source")) == {
        (f"Classe {n}", f"Procès-verbal n°\u00a0{day(20).year}-01") for n in (1, 2)
    }


def test_each_phase_is_where_the_first_step_not_done_lies(rollout):
    seen = []
    open_premises(rollout.school)
    for place, kind in enumerate(HAND):
        seen.append(progress(rollout).phase)
        do_step(rollout, kind, day(place))
    assert seen == [*[Phase.PREPARATION] * 4, *[Phase.SUPPLY] * 2, *[Phase.SETUP] * 2, Phase.ACCEPTANCE]


@pytest.mark.parametrize(
    ("kind", "first"), [("installed", "livraison"), ("trained", "paramétrage"), ("cabling", "visite")]
)
def test_a_step_waits_for_those_before_it(rollout, kind, first):
    with pytest.raises(Conflict) as refused:
        do_step(rollout, kind, day(1))
    assert first in refused.value.reason
    assert RolloutStep.objects.get(rollout=rollout, kind=kind).done_on is None


def test_a_step_that_others_lean_on_stays_done(ready):
    for change, words in ((None, "annulez-la d’abord"), (day(30), "plus tard")):
        with pytest.raises(Conflict, match=words):
            do_step(ready, "delivered", change)
    receive(ready)
    with pytest.raises(Conflict, match="réception"):
        do_step(ready, "configured", None)


def test_a_step_is_never_done_tomorrow_nor_both_done_and_blocked(rollout):
    with pytest.raises(Conflict, match="pas encore passée"):
        do_step(rollout, "site_survey", TODAY + datetime.timedelta(days=1))
    with pytest.raises(Conflict, match="plus bloquée"):
        do_step(rollout, "site_survey", day(1), blocked_cause="amiante")


def test_nobody_ticks_a_derived_step(ready):
    for kind in ("accepted", "in_service"):
        with pytest.raises(Conflict, match="personne ne la coche"):
            do_step(ready, kind, day(30))
        with pytest.raises(IntegrityError), transaction.atomic():
            RolloutStep.objects.filter(rollout=ready, kind=kind).update(done_on=day(30))


def test_training_needs_its_proof(rollout):
    open_premises(rollout.school)
    for kind in HAND[:-1]:
        do_step(rollout, kind, day(1))
    with pytest.raises(Conflict, match="preuve"):
        do_step(rollout, "trained", day(2), proof="")
    with pytest.raises(IntegrityError), transaction.atomic():
        RolloutStep.objects.filter(rollout=rollout, kind="trained").update(done_on=day(2))


def test_a_blocked_step_keeps_the_day_it_was_blocked_and_its_cause(rollout):
    step = do_step(rollout, "cabling", None, blocked_cause="amiante au plafond")
    assert (step.blocked_on, progress(rollout).blocked[0].blocked_cause) == (TODAY, "amiante au plafond")
    step = do_step(rollout, "cabling", None)
    assert (step.blocked_on, step.blocked_cause) == (None, "")


def test_the_second_of_two_people_on_a_step_is_told(rollout):
    do_step(rollout, "site_survey", day(1))
    with pytest.raises(Conflict, match="a modifié cette étape"):
        do_step(rollout, "site_survey", day(2), version=0)
    assert RolloutStep.objects.get(rollout=rollout, kind="site_survey").done_on == day(1)


def test_a_class_with_a_reserve_is_received_when_it_is_lifted(ready):
    receive(ready, reserve="Classe 2")
    assert (progress(ready).phase, progress(ready).is_partly) == (Phase.RESERVATIONS, True)
    with pytest.raises(Conflict, match="réserves"):
        serve(ready)
    reservation = Reservation.objects.get()
    actions.lift_reservation(person=None, reservation=reservation, lifted_on=day(31), note="Prise changée", now=NOW)
    assert Acceptance.objects.get(label="Classe 2").accepted_on == day(31)
    assert progress(ready).accepted_on == day(31)
    with pytest.raises(Conflict, match="déjà levée"):
        actions.lift_reservation(person=None, reservation=reservation, lifted_on=day(32), note="Encore", now=NOW)
    assert Entry.objects.filter(verb="reservation_lifted").count() == 1


def test_a_reserve_is_lifted_between_the_visit_and_today(ready):
    receive(ready, reserve="Classe 2")
    for wrong in (day(19), TODAY + datetime.timedelta(days=1)):
        with pytest.raises(Conflict, match="entre"):
            actions.lift_reservation(
                person=None, reservation=Reservation.objects.get(), lifted_on=wrong, note="Faite", now=NOW
            )
    assert Reservation.objects.get().lifted_on is None


def test_ac_18_carts_are_refused_without_a_secured_store_with_power(ready):
    Room.objects.update(has_power=False)
    with pytest.raises(Conflict, match="réserve sécurisée"):
        receive(ready)
    assert not Acceptance.objects.exists() and not Reception.objects.exclude(signed_at=None).exists()
    actions.discard_reception(person=None, reception=Reception.objects.get(), now=NOW)
    receive(ready, common=False)  # classes have no cart of their own
    assert not progress(ready).is_accepted
    with pytest.raises(Conflict, match="parties communes"):
        serve(ready)


def test_ac_21_wifi_is_ordered_only_once_the_council_was_told(rollout):
    """The council is told before any new radio network (standards §13, W4): before the order, not before the service
    only, when everything is on the walls already and nothing is left to be said."""
    open_premises(rollout.school)
    CouncilNotice.objects.all().delete()
    do_step(rollout, "site_survey", day(1))
    with pytest.raises(Conflict, match="conseil d’école informé du Wi-Fi"):
        do_step(rollout, "ordered", day(2))
    with pytest.raises(Conflict, match="n’a pas encore été informé"):
        do_step(rollout, "council_informed", day(2))
    CouncilNotice.objects.create(school=rollout.school, subject="wifi", held_on=day(2))
    do_step(rollout, "council_informed", day(2))
    with pytest.raises(Conflict, match="plus tôt"):
        do_step(rollout, "ordered", day(1))
    assert do_step(rollout, "ordered", day(3)).done_on == day(3)
    for change, words in ((None, "annulez-la d’abord"), (day(4), "plus tard")):
        with pytest.raises(Conflict, match=words):
            do_step(rollout, "council_informed", change)


def test_ac_21_an_access_point_serves_only_while_the_council_is_known_to_be_told(ready):
    receive(ready)
    CouncilNotice.objects.all().delete()  # written for another school, say
    with pytest.raises(Conflict, match="n’a pas encore été informé"):
        serve(ready)
    CouncilNotice.objects.create(school=ready.school, subject="wifi", held_on=day(29))
    assert serve(ready).service_on == day(40)


def test_a_kit_without_wifi_is_ordered_without_the_council(school):
    lines = [{"item": "Tableau", "kind": "board", "rule": "per_class"}]
    kit = equipment.publish_kit_version(
        person=None, city=school.city, school_kind=school.kind, lines=lines, published_on=day(0), source="x", now=NOW
    )
    rollout = actions.open_rollout(person=None, school=school, kit=kit, classes_count=1, opened_on=day(0), now=NOW)
    do_step(rollout, "site_survey", day(1))
    assert do_step(rollout, "ordered", day(2)).done_on == day(2)


def test_ac_14_a_school_serves_only_on_a_line_that_is_enough(ready):
    receive(ready)
    InternetLink.objects.update(contracted_kbps=3999)
    with pytest.raises(Conflict, match="Liaison Internet"):
        serve(ready)
    InternetLink.objects.update(technology="fibre", contracted_kbps=7999)
    with pytest.raises(Conflict, match="au moins 8"):
        serve(ready)
    InternetLink.objects.update(contracted_kbps=8000)
    assert serve(ready).service_on == day(40)


def test_a_step_of_the_premises_is_done_when_they_say_so(rollout):
    do_step(rollout, "site_survey", day(1))
    for kind, words in (("cabling", "École câblée"), ("link_ready", "Aucune liaison")):
        with pytest.raises(Conflict, match=words):
            do_step(rollout, kind, day(2))


def test_two_people_sign_one_reception_once(ready):
    reception = receive(ready)
    with pytest.raises(Conflict, match=f"déjà signé, sous le n°\u00a0{reception.number}"):
        actions.sign_reception(person=None, reception=reception, now=NOW)
    assert Acceptance.objects.count() == 2 and Entry.objects.filter(verb="reception_signed").count() == 1


def test_one_paper_at_a_time_is_written_for_a_school(ready):
    given = {"person": None, "rollout": ready, "held_on": day(20), "has_common": False, "now": NOW}
    actions.open_reception(labels=["Classe 1"], **given)
    with pytest.raises(Conflict, match="déjà en cours"):
        actions.open_reception(labels=["Classe 2"], **given)


def test_a_class_is_received_by_one_paper(ready):
    receive(ready)
    with pytest.raises(Conflict, match="classe  1 est déjà reçue"):
        receive(ready, labels=["classe  1"], common=False, on=21)
    with pytest.raises(Conflict, match="déjà reçues"):
        receive(ready, labels=[], on=21)


def test_ac_30_a_paper_taken_back_takes_its_classes_with_it(ready):
    reception = receive(ready)
    serve(ready)
    actions.withdraw_reception(person=None, reception=reception, reason="Mauvaise école", now=NOW)
    assert not Acceptance.objects.standing().exists()
    (why,) = set(Acceptance.objects.values_list("withdrawn_reason", flat=True))
    assert why == f"Procès-verbal n°\u00a0{reception.number} retiré\u00a0: Mauvaise école"
    found = progress(ready)
    assert (found.is_in_service, found.is_partly, found.phase) == (False, False, Phase.ACCEPTANCE)
    receive(ready, on=22)
    assert progress(ready).is_in_service


def test_one_acceptance_removed_by_hand_takes_the_school_out_of_service(ready):
    receive(ready)
    serve(ready)
    remove_acceptance(person=None, acceptance=Acceptance.objects.first(), reason="Vide", now=NOW)
    assert (progress(ready).is_in_service, progress(ready).is_partly) == (False, True)


def test_a_class_received_later_than_those_to_equip_moves_no_day(ready):
    receive(ready)
    record_acceptance(
        person=None, school=ready.school, label="Classe 3", kit=ready.kit, accepted_on=day(30), source="t", now=NOW
    )
    found = progress(ready)
    assert (found.received_count, found.accepted_on, found.step(StepKind.ACCEPTED).done_on) == (3, day(20), day(20))


def test_the_school_signs_once_after_the_city(ready, world):
    reception = actions.open_reception(
        person=None, rollout=ready, held_on=day(20), labels=["Classe 1"], has_common=False, now=NOW
    )
    with pytest.raises(Refused, match="pas encore signé"):
        actions.sign_receipt(person=who(world, "head"), reception=reception, now=NOW)
    actions.sign_reception(person=None, reception=reception, now=NOW)
    with pytest.raises(Refused):
        actions.sign_receipt(person=who(world, "city_it"), reception=reception, now=NOW)
    actions.sign_receipt(person=who(world, "head"), reception=reception, now=NOW)
    with pytest.raises(Conflict, match="déjà signé"):
        actions.sign_receipt(person=who(world, "head"), reception=reception, now=NOW)
    assert Reception.objects.get().receipt_by == world.people["head"]


def test_binding_acts_are_sealed_in_the_city_s_chain(ready, world):
    reception = receive(ready, reserve="Classe 2", person=who(world, "city_it"))
    actions.lift_reservation(
        person=who(world, "city_it"), reservation=Reservation.objects.get(), lifted_on=TODAY, note="Faite", now=NOW
    )
    actions.sign_receipt(person=who(world, "head"), reception=reception, now=NOW)
    actions.withdraw_reception(person=who(world, "city_it"), reception=reception, reason="Erreur", now=NOW)
    sealed = Entry.objects.filter(id__in=Seal.objects.values("entry_id")).values_list("verb", flat=True)
    assert set(sealed) >= {"reception_signed", "reservation_lifted", "reception_receipt_signed", "reception_withdrawn"}


def test_one_roll_out_is_under_way_in_a_school(rollout, school, kit):
    with pytest.raises(Conflict):
        actions.open_rollout(person=None, school=school, kit=kit, classes_count=1, now=NOW)
    actions.abandon_rollout(person=None, rollout=rollout, reason="École en travaux", now=NOW)
    assert progress(rollout).phase == Phase.ABANDONED
    assert actions.open_rollout(person=None, school=school, kit=kit, classes_count=1, now=NOW)


def test_each_writes_its_own_acts(ready, world, school, kit):
    with pytest.raises(Refused, match="DSDEN"):
        do_step(ready, "trained", day(12), person=who(world, "city_it"))
    with pytest.raises(Refused, match="informatique"):
        do_step(ready, "cabling", day(3), person=who(world, "dsden"))
    with pytest.raises(Refused, match="informatique"):
        receive(ready, person=who(world, "city_education"))
    assert do_step(ready, "trained", day(12), person=who(world, "dsden")).done_on == day(12)
    for name in ("dsden", "ien", "head", "elected", "city_finance", "city_education_far"):
        with pytest.raises(Refused):
            actions.open_rollout(person=who(world, name), school=school, kit=kit, classes_count=1, now=NOW)
        with pytest.raises(Refused):
            actions.abandon_rollout(person=who(world, name), rollout=ready, reason="x", now=NOW)
    assert Rollout.objects.count() == 1


def test_steps_are_read_where_the_equipment_is(rollout, world):
    """The desk asks them of its own titles already: this door stands behind that one."""
    readers, others = ("head", "city_it", "dsden", "ien"), ("head_other_school", "head_far", "ien_other", "guardian")
    seen = {name: rules.steps_visible_to(world.people[name], TODAY).exists() for name in (*readers, *others)}
    assert seen == dict.fromkeys(readers, True) | dict.fromkeys(others, False)
