"""« Recevoir une classe » is for what the city had before its plan was kept here: no way round a roll-out."""

import pytest
from django.urls import reverse

from preau.kit.answers import Conflict
from preau.plan.applications.models import Call, FormRevision
from preau.plan.equipment.models import Acceptance
from preau.plan.rollouts import actions
from preau.plan.rollouts.actions import record_acceptance, remove_acceptance
from tests.plan.days import morning
from tests.plan.rollouts.conftest import NOW, TODAY, day, progress, receive


def by_hand(school, kit, on, label="Classe 2"):
    facts = {"label": label, "kit": kit, "source": "à la main"}
    return actions.receive_class(person=None, school=school, accepted_on=on, now=NOW, **facts)


def call(school, opens_at):
    revision = FormRevision.objects.create(city=school.city, number=1, created_at=NOW, published_at=NOW)
    return Call.objects.create(
        city=school.city,
        school_year="2026-2027",
        title="Appel",
        opens_at=opens_at,
        closes_at=NOW,
        criteria="Un projet.",
        form_revision=revision,
    )


def test_a_class_with_a_reserve_open_is_not_received_by_hand(ready):
    receive(ready, reserve="Classe 2")
    with pytest.raises(Conflict, match="procès-verbal"):
        by_hand(ready.school, ready.kit, day(30))
    assert not Acceptance.objects.filter(label="Classe 2").exists() and not progress(ready).is_accepted


def test_a_school_out_of_service_is_received_again_by_a_paper(ready):
    """By hand, it would be in service again since the first day, without a procès-verbal."""
    paper = receive(ready)
    actions.put_in_service(person=None, rollout=ready, service_on=day(40), now=NOW)
    assert by_hand(ready.school, ready.kit, day(41), label="Classe de plus")
    actions.withdraw_reception(person=None, reception=paper, reason="Mauvaise école", now=NOW)
    with pytest.raises(Conflict, match="par son procès-verbal"):
        by_hand(ready.school, ready.kit, day(41), label="Classe 1")
    assert by_hand(ready.school, ready.kit, day(-9), label="Classe 1")


def test_what_was_received_before_the_roll_out_is_still_written(ready):
    assert by_hand(ready.school, ready.kit, day(-400), label="Ancienne salle").accepted_on == day(-400)


def test_a_class_received_by_a_table_serves_only_once_its_reserves_are_lifted(ready):
    receive(ready, reserve="Classe 2")
    record_acceptance(
        person=None, school=ready.school, label="Classe 2", kit=ready.kit, accepted_on=day(30), source="table", now=NOW
    )
    assert progress(ready).is_accepted
    with pytest.raises(Conflict, match="réserves restent à lever"):
        actions.put_in_service(person=None, rollout=ready, service_on=day(40), now=NOW)


def test_a_first_class_is_received_by_a_roll_out_since_the_first_call(school, kit):
    call(school, morning(day(10)))
    with pytest.raises(Conflict, match="pour un projet"):
        by_hand(school, kit, day(10))
    assert not Acceptance.objects.exists()
    by_hand(school, kit, day(9))  # the day before the call
    assert by_hand(school, kit, day(30), label="Classe 3").label == "Classe 3"  # one more, in a school equipped


def test_a_city_without_a_call_writes_what_it_knows(school, kit):
    assert by_hand(school, kit, day(30)).accepted_on == day(30)


def test_the_class_with_a_reserve_is_received_by_no_other_road(ready):
    """Neither by hand on a day before the roll-out, nor by a second procès-verbal, nor once the first is given up."""
    receive(ready, reserve="Classe 2")
    with pytest.raises(Conflict, match="réserve reste à lever"):
        by_hand(ready.school, ready.kit, day(-1))
    with pytest.raises(Conflict, match="réserve reste à lever sur classe 2"):
        receive(ready, labels=("Classe 2",), common=False, on=25)
    actions.abandon_rollout(person=None, rollout=ready, reason="École en travaux", now=NOW)
    with pytest.raises(Conflict, match="réserve reste à lever"):
        by_hand(ready.school, ready.kit, day(30))
    assert not Acceptance.objects.filter(label="Classe 2").exists()


def test_a_class_is_put_back_but_for_what_a_paper_holds_back_or_no_longer_receives(ready):
    old = by_hand(ready.school, ready.kit, day(-9))
    remove_acceptance(person=None, acceptance=old, reason="Erreur", now=NOW)
    actions.restore_class(person=None, acceptance=old, now=NOW)
    remove_acceptance(person=None, acceptance=old, reason="Erreur", now=NOW)
    paper = receive(ready, reserve="Classe 2")
    with pytest.raises(Conflict, match="réserve reste à lever"):
        actions.restore_class(person=None, acceptance=old, now=NOW)
    received = Acceptance.objects.get(label="Classe 1")
    remove_acceptance(person=None, acceptance=received, reason="Erreur", now=NOW)
    actions.restore_class(person=None, acceptance=received, now=NOW)
    actions.withdraw_reception(person=None, reception=paper, reason="Mauvaise école", now=NOW)
    with pytest.raises(Conflict, match="est retiré"):
        actions.restore_class(person=None, acceptance=received, now=NOW)
    assert not Acceptance.objects.standing().exists()


def test_the_page_that_puts_a_class_back_says_why_not(world, client, ready):
    paper = receive(ready)
    actions.withdraw_reception(person=None, reception=paper, reason="Mauvaise école", now=NOW)
    world.sign_in(client, "city_it")
    address = reverse("rollouts:acceptance_restoral", args=[Acceptance.objects.first().pk])
    assert "est retiré" in client.post(address, follow=True).content.decode()
    assert not Acceptance.objects.standing().exists()


def test_the_page_says_why_and_keeps_what_was_typed(world, client, ready):
    world.sign_in(client, "city_it")
    given = {"label": "Canari-classe", "accepted_on": str(TODAY), "kit": ready.kit_id, "source": "moi",
             "quality": "measured"}  # fmt: skip
    answer = client.post(reverse("rollouts:acceptance_create", args=[ready.school_id]), given)
    text = answer.content.decode()
    assert answer.status_code == 422 and "Un déploiement est en cours" in text and "Canari-classe" in text
    assert not Acceptance.objects.exists()


def test_the_papers_do_not_pretend_to_count_what_was_received_without_them(world, client, school, kit):
    by_hand(school, kit, day(30))
    page = world.sign_in(client, "city_it").get(reverse("rollouts:reception_list")).text
    assert "0\u00a0procès-verbal" in page and "Les classes équipées du plan sont comptées" not in page
    way = reverse("equipment:class_list")
    assert f'href="{way}">toutes les classes reçues' in page and "Classe 2" in client.get(way).text
