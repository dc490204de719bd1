"""The pages of roll-outs: driven by hand from opening to service, each wrong answer said, each stranger sent away."""

import datetime

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, Refused
from preau.plan.equipment import actions as equipment
from preau.plan.equipment.models import Acceptance, Measure
from preau.plan.equipment.queries import year_of
from preau.plan.premises.models import InternetLink
from preau.plan.rollouts import actions
from preau.plan.rollouts.actions import record_acceptance, remove_acceptance
from preau.plan.rollouts.models import Reception, Reservation, Rollout, RolloutStep, StepKind
from tests.plan.rollouts.conftest import HAND, NOW, START, TODAY, day, do_step, open_premises, progress, receive, who
from tests.texts import as_drawn

GIVEN = {"owner": "city_it", "planned_on": "", "done_on": "", "proof": "", "blocked_cause": "", "version": 0}


@pytest.fixture
def city_it(world, client):
    return world.sign_in(client, "city_it")


def page(client, name, *args, **query):
    return client.get(reverse(f"rollouts:{name}", args=args), query)


def post(client, name, *args, **given):
    return client.post(reverse(f"rollouts:{name}", args=args), given)


def text(response):
    return response.content.decode()


def receive_one(school, kit):
    """Something was received already: what is opened without a programme renews or repairs it."""
    return record_acceptance(
        person=None, school=school, label="Ancienne salle", kit=kit, accepted_on=START, source="PV 1", now=NOW
    )


def test_a_school_that_received_nothing_is_equipped_by_a_programme_only(city_it, world, school, kit):
    for answer in (
        page(city_it, "rollout_create", school.id),
        post(city_it, "rollout_create", school.id, kit=kit.id, classes_count=2, reason="Vite"),
    ):
        assert answer.status_code == 403 and "sans projet éducatif" in text(answer)
    with pytest.raises(Refused):
        actions.open_rollout(
            person=who(world, "city_it"), school=school, kit=kit, classes_count=2, reason="Vite", now=NOW
        )
    assert not Rollout.objects.exists()


def test_a_roll_out_without_a_programme_says_why(city_it, world, school, kit):
    receive_one(school, kit)
    silent = post(city_it, "rollout_create", school.id, kit=kit.id, classes_count=2)
    assert silent.status_code == 422 and "reason" in silent.context["form"].errors and not Rollout.objects.exists()
    with pytest.raises(Conflict, match="écrivez pourquoi"):
        actions.open_rollout(person=who(world, "city_it"), school=school, kit=kit, classes_count=2, now=NOW)
    post(city_it, "rollout_create", school.id, kit=kit.id, classes_count=2, reason="Dégât des eaux")
    told = as_drawn(text(page(city_it, "rollout_detail", Rollout.objects.get().id)))
    assert "Sans programme&nbsp;: Dégât des eaux" in told


def test_a_school_is_taken_to_its_service_by_hand(city_it, world, school, kit):
    old = receive_one(school, kit)
    given = {"kit": kit.id, "classes_count": 2, "planned_ordered": str(TODAY), "reason": "Renouvellement"}
    opened = post(city_it, "rollout_create", school.id, **given)
    remove_acceptance(person=None, acceptance=old, reason="Renouvelée", now=NOW)
    rollout = Rollout.objects.get()
    assert opened.headers["Location"] == reverse("rollouts:rollout_detail", args=[rollout.id])
    assert rollout.steps.get(kind="ordered").planned_on == TODAY
    open_premises(school)
    for kind in HAND[:-1]:
        assert post(city_it, "step_edit", rollout.id, kind, **GIVEN | {"done_on": str(TODAY)}).status_code == 302
    do_step(rollout, "trained", TODAY)
    visit = page(city_it, "reception_create", rollout.id)
    assert "Classe 1\nClasse 2" in text(visit)
    post(city_it, "reception_create", rollout.id, held_on=str(TODAY), labels="Classe 1\n\nClasse 2", has_common="on")
    reception = Reception.objects.get()
    line, kit_line = reception.lines.get(label="Classe 2"), kit.lines.get(item="Tableau triptyque")
    common = text(page(city_it, "reception_detail", reception.id)).partition('<optgroup label="Parties communes">')[2]
    assert "Câblage de l’école" in common and kit_line.item not in common  # seen in a class, said of a class
    post(city_it, "reception_detail", reception.id, line=line.id, kit_line=kit_line.id, text="Rayé", due_on=str(TODAY))
    unread = city_it.post(reverse("rollouts:reception_signature", args=[reception.id]), follow=True)
    assert "relisez-les, puis recommencez" in text(unread) and not Acceptance.objects.standing().exists()
    city_it.post(reverse("rollouts:reception_removal", args=[reception.id]))
    assert f'name="reserve" value="{Reservation.objects.get().id}"' in text(unread)
    post(city_it, "reception_signature", reception.id, reserve=Reservation.objects.get().id)
    assert Acceptance.objects.standing().get().label == "Classe 1"
    assert "réserves à lever" in text(page(city_it, "rollout_detail", rollout.id))
    post(city_it, "reservation_lifting", Reservation.objects.get().id, lifted_on=str(TODAY), note="Changé")
    assert post(city_it, "service_create", rollout.id, service_on=str(TODAY)).status_code == 302
    assert progress(rollout).is_in_service
    shown = text(page(city_it, "rollout_detail", rollout.id))
    assert "en service" in shown and "Écrire ce nombre" in shown, "nothing counts it before its classes are counted"
    known = {"year": year_of(TODAY), "source": "essai", "quality": "declared", "now": NOW}
    equipment.record_school_figures(person=None, city=school.city, values={school: {Measure.CLASSES: 2}}, **known)
    assert "Écrire ce nombre" not in text(page(city_it, "rollout_detail", rollout.id))


def test_the_page_of_the_service_says_what_lacks_and_no_more(city_it, ready):
    receive(ready)
    do_step(ready, "trained", None)
    for name in ("rollout_detail", "service_create"):
        shown = text(page(city_it, name, ready.id)).replace("&nbsp;", "\u00a0")
        assert "il manque encore\u00a0: formation de l’équipe." in shown.lower() and "l’équipe est formée" not in shown
    do_step(ready, "trained", day(30))
    assert "l’équipe est formée" in text(page(city_it, "service_create", ready.id))
    assert "manque encore" not in text(page(city_it, "rollout_detail", ready.id))
    InternetLink.objects.update(contracted_kbps=1000)
    assert "Il manque encore\u00a0: liaison Internet." in text(page(city_it, "service_create", ready.id))


def test_a_step_refused_says_why_and_keeps_what_was_typed(city_it, rollout):
    wrong = post(city_it, "step_edit", rollout.id, "installed", **GIVEN | {"done_on": str(TODAY), "proof": "bon 12"})
    assert wrong.status_code == 422
    assert "Il faut d’abord" in text(wrong) and "bon 12" in text(wrong)


def test_a_step_that_waits_for_the_premises_leads_there(city_it, rollout):
    there = reverse("premises:premises_detail", args=[rollout.school_id])
    assert there in text(page(city_it, "step_edit", rollout.id, "cabling"))
    assert there not in text(page(city_it, "step_edit", rollout.id, "site_survey")), "nothing to note there"


def test_the_second_person_on_a_step_sees_what_changed_and_loses_nothing(city_it, rollout):
    do_step(rollout, "site_survey", day(3))
    late = post(city_it, "step_edit", rollout.id, "site_survey", **GIVEN | {"proof": "mon compte rendu"})
    assert late.status_code == 422 and "pendant que vous écriviez" in text(late)
    assert "mon compte rendu" in text(late) and 'name="version" value="1"' in text(late)
    assert RolloutStep.objects.get(rollout=rollout, kind="site_survey").done_on == day(3)
    again = post(city_it, "step_edit", rollout.id, "site_survey", **GIVEN | {"version": 1, "done_on": str(day(4))})
    assert again.status_code == 302


def test_the_second_signature_is_told_the_number(city_it, ready):
    reception = receive(ready)
    again = city_it.post(reverse("rollouts:reception_signature", args=[reception.id]), follow=True)
    assert f"déjà signé, sous le n°\u00a0{reception.number}" in text(again)
    assert Acceptance.objects.count() == 2


def test_a_number_is_told_once_the_paper_has_one(city_it, ready):
    def draft():
        return actions.open_reception(
            person=None, rollout=ready, held_on=day(20), labels=["Classe 1"], has_common=False, now=NOW
        )

    def told(name, paper, **given):
        answer = city_it.post(reverse(f"rollouts:{name}", args=[paper.id]), given, follow=True)
        return [str(message).replace("\u00a0", " ") for message in answer.context["messages"]]

    paper, kit_line = draft(), ready.kit.lines.filter(rule="per_class").first()
    reserve = {"line": paper.lines.get().id, "kit_line": kit_line.id, "text": "Rayé", "due_on": str(day(30))}
    [added] = told("reception_detail", paper, **reserve)
    [thrown] = told("reception_removal", paper, reserve=Reservation.objects.get().id)
    school = ready.school.shown_name
    assert added.startswith(f"{school} : la réserve") and thrown.startswith(f"{school} : le procès-verbal est supprimé")
    [signed] = told("reception_signature", paper := draft())
    paper.refresh_from_db()
    assert paper.number and signed.startswith(f"Le procès-verbal n° {paper.number} est signé.")


def test_a_reserve_typed_while_a_colleague_signed_comes_back(city_it, ready):
    draft = actions.open_reception(
        person=None, rollout=ready, held_on=day(20), labels=["Classe 1"], has_common=False, now=NOW
    )
    kit_line = ready.kit.lines.filter(rule="per_class").first()
    given = {
        "line": draft.lines.get().id,
        "kit_line": kit_line.id,
        "text": "Prise murale cassée",
        "due_on": "2031-05-04",
    }
    signed = actions.sign_reception(person=None, reception=draft, now=NOW)
    late = post(city_it, "reception_detail", draft.id, **given)
    told = text(late).replace("\u00a0", " ")
    assert late.status_code == 422 and "Prise murale cassée" in told and 'value="2031-05-04"' in told
    assert f"pendant que vous écriviez, sous le n° {signed.number}" in told and "Ajouter cette réserve" not in told
    assert not Reservation.objects.exists()
    assert "La réserve que vous écriviez" not in text(page(city_it, "reception_detail", draft.id))


def test_a_reserve_on_something_that_is_not_there_is_refused(city_it, ready):
    reception = actions.open_reception(
        person=None, rollout=ready, held_on=day(20), labels=["Classe 1"], has_common=False, now=NOW
    )
    cart = ready.kit.lines.get(kind="cart", option="always")
    given = {"line": reception.lines.get().id, "kit_line": cart.id, "text": "Absent", "due_on": str(day(30))}
    refused = post(city_it, "reception_detail", reception.id, **given)
    assert refused.status_code == 422 and "ne se reçoit pas là" in text(refused)


def test_a_paper_not_signed_is_thrown_away_and_a_signed_one_is_taken_back(city_it, ready):
    draft = actions.open_reception(
        person=None, rollout=ready, held_on=day(20), labels=["Classe 1"], has_common=False, now=NOW
    )
    post(city_it, "reception_removal", draft.id)
    assert not Reception.objects.exists()
    signed = receive(ready)
    post(city_it, "reception_removal", signed.id)
    assert Reception.objects.exists()
    post(city_it, "reception_withdrawal", signed.id, reason="Mauvaise école")
    assert not Acceptance.objects.standing().exists()
    assert "Mauvaise école" in text(page(city_it, "reception_detail", signed.id))
    assert post(city_it, "reception_withdrawal", signed.id, reason="Encore").status_code == 403


def test_the_head_signs_for_the_school_and_nobody_else(client, world, ready):
    reception = receive(ready)
    for name, status in (("teacher", 403), ("city_it", 403), ("head_other_school", 404), ("head", 302)):
        world.sign_in(client, name)
        shown = text(page(client, "reception_detail", reception.id)) if status != 404 else ""
        assert ("Signer pour l’école" in shown, "raconte bien la visite" in shown) == (name == "head",) * 2
        assert post(client, "reception_receipt", reception.id).status_code == status
    assert Reception.objects.get().receipt_by == world.people["head"]
    assert world.people["head"].full_name in text(page(client, "reception_detail", reception.id))


def test_the_state_writes_the_training_and_only_it(client, world, ready):
    world.sign_in(client, "dsden")
    step = RolloutStep.objects.get(rollout=ready, kind="trained")
    given = GIVEN | {"version": step.version, "done_on": str(day(15)), "proof": "émargement", "owner": "dsden"}
    assert post(client, "step_edit", ready.id, "trained", **given).status_code == 302
    assert post(client, "step_edit", ready.id, "cabling", **given).status_code == 403
    listed = text(page(client, "rollout_detail", ready.id))
    assert reverse("rollouts:step_edit", args=[ready.id, "trained"]) in listed
    assert reverse("rollouts:step_edit", args=[ready.id, "cabling"]) not in listed


@pytest.mark.parametrize("name", ["dsden", "ien", "elected", "head", "city_finance"])
def test_a_paper_not_signed_is_the_city_s_alone(client, world, ready, name):
    draft = actions.open_reception(
        person=None, rollout=ready, held_on=day(20), labels=["Canari-brouillon"], has_common=False, now=NOW
    )
    world.sign_in(client, name)
    assert page(client, "reception_detail", draft.id).status_code == 404
    assert "Canari-brouillon" not in text(page(client, "rollout_detail", ready.id))
    assert "à signer par la Ville" not in text(page(client, "reception_list"))


@pytest.mark.parametrize("name", ["head_far", "ien_other", "city_education_far", "guardian", "parents_federation"])
def test_a_stranger_never_reads_a_cause_nor_a_reserve(client, world, ready, name):
    receive(ready, reserve="Classe 2")
    Reservation.objects.update(text="Serin-réserve")
    RolloutStep.objects.filter(kind="accepted").update(blocked_on=TODAY, blocked_cause="Serin-cause")
    world.sign_in(client, name)
    for address in ("rollout_list", "rollout_board", "rollout_calendar", "reception_list"):
        assert "Serin-" not in text(page(client, address, etat="tous"))
    assert "Serin-" not in text(page(client, "rollout_export", "csv"))
    assert page(client, "rollout_detail", ready.id).status_code == 404


def test_the_list_keeps_what_is_asked(city_it, ready):
    do_step(ready, "trained", None, blocked_cause="formatrice absente")
    for state, shown in (("", True), ("bloques", True), ("retard", False), ("service", False), ("tous", True)):
        assert ("Tilleuls" in text(page(city_it, "rollout_list", etat=state))) is shown, state
    RolloutStep.objects.filter(kind="accepted").update(planned_on=TODAY - datetime.timedelta(days=1))
    assert "en retard" in text(page(city_it, "rollout_list", etat="retard"))


def test_the_board_offers_the_next_act_to_whom_it_belongs(client, world, ready):
    world.sign_in(client, "city_it")
    assert reverse("rollouts:reception_create", args=[ready.id]) in text(page(client, "rollout_board"))
    world.sign_in(client, "elected")
    assert "Avancer" not in text(page(client, "rollout_board"))


def test_a_school_renewed_is_counted_once_among_those_in_service(city_it, ready):
    served = [ready]
    newer = equipment.publish_kit_version(
        person=None,
        city=ready.school.city,
        school_kind="primary",
        published_on=day(2),
        source="essai",
        now=NOW,
        lines=equipment.deck_lines(school_kind="primary"),
    )
    for rollout in served:
        receive(rollout)
        actions.put_in_service(person=None, rollout=rollout, service_on=day(20), now=NOW)
        if len(served) == 1:
            again = {"kit": newer, "classes_count": 2, "opened_on": START, "reason": "Renouvellement."}
            served.append(actions.open_rollout(person=None, school=ready.school, now=NOW, **again))
            for kind in HAND:
                do_step(served[1], kind, day(list(StepKind).index(kind)))
    assert Rollout.objects.filter(service_on=day(20)).count() == 2
    assert "1\xa0école est en service" in text(page(city_it, "rollout_board"))


def test_the_year_is_drawn_and_said(city_it, rollout):
    RolloutStep.objects.filter(kind="ordered").update(planned_on=localdate())
    drawn = text(page(city_it, "rollout_calendar"))
    assert drawn.count("g-planned") == 2  # the key, and the step
    assert "commande\u00a0: prévue le" in drawn
    assert "Aucun déploiement" in text(page(city_it, "rollout_calendar", annee="2001-2002"))
    assert page(city_it, "rollout_calendar", annee="x").status_code == 200


def test_the_export_tells_each_step(city_it, ready):
    told = page(city_it, "rollout_export", "csv").content.decode("utf-8-sig").splitlines()
    assert len(told) == 2 and "École Tilleuls" in told[1] and day(0).strftime("%d/%m/%Y") in told[1]
    assert page(city_it, "rollout_export", "ods").content[:2] == b"PK"


def test_two_open_at_once_make_one(city_it, rollout, school, kit):
    receive_one(school, kit)
    again = post(city_it, "rollout_create", school.id, kit=kit.id, classes_count=2, reason="Renouvellement")
    assert again.status_code == 422 and "déjà en cours" in text(again)
    assert post(city_it, "rollout_abandonment", rollout.id, reason="Travaux").status_code == 302
    assert "Travaux" in text(page(city_it, "rollout_list", etat="abandonnes"))
    assert page(city_it, "step_edit", rollout.id, StepKind.CABLING).status_code == 403
