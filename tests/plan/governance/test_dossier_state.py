"""A dossier says where the plan is: coverage by kind, roll-outs and their réserves, gaps to the programme decided."""

import io
import json

import pytest
from django.urls import reverse
from pypdf import PdfReader

from preau.places.models import School
from preau.plan.equipment import actions as equipment
from preau.plan.equipment.models import Measure
from preau.plan.governance import actions, printing
from preau.plan.governance.models import Dossier
from preau.plan.governance.queries import dossier_bytes, told_by
from preau.plan.priorities import actions as priorities
from preau.plan.rollouts import actions as rollouts
from preau.plan.rollouts.actions import record_acceptance
from preau.plan.rollouts.models import Reservation, Rollout
from tests.insight.hours_rows import month
from tests.kept import kept
from tests.plan.governance.conftest import NOW, TODAY, day
from tests.plan.priorities.conftest import Scene, decision
from tests.rights import rollouts as samples

SECRET = "Canari-chantier"
pytestmark = pytest.mark.django_db


def counted(school, label, kit):
    record_acceptance(person=None, school=school, label=label, kit=kit, accepted_on=TODAY, source="essai", now=NOW)


def class_count(school, value):
    equipment.record_fact(
        person=None,
        city=school.city,
        school=school,
        measure=Measure.CLASSES,
        value=value,
        as_of=day(-40),
        source="essai",
        quality="declared",
        now=NOW,
    )


@pytest.fixture
@kept
def plan(stage):
    """Tilleuls: one class of two received with a réserve, no programme. Of a programme decided: Billes opened, Saules
    abandoned, Ficelle not opened."""
    scene = Scene(stage.world)
    paper = samples.reception(stage.world)
    paper.lines.get().reservations.update(text=f"{SECRET} rayé", due_on=day(-2))
    Rollout.objects.filter(pk=paper.rollout_id).update(reason=f"{SECRET} réparation")
    scene.adopted()
    year = scene.programme(("Billes", "Saules", "Ficelle"), cost_cents=1)
    agent = scene.who("city_education")
    priorities.arbitrate(person=agent, programme=year, now=NOW)
    priorities.submit_programme(person=agent, programme=year, now=NOW)
    priorities.decide_programme(person=None, programme=year, decision=decision(number="2026-07"), now=NOW)
    for name in ("Billes", "Saules"):
        entry = year.entries.get(school=scene.applications[name].school)
        way = rollouts.open_rollout(
            person=None, school=entry.school, kit=entry.kit, classes_count=2, programme_entry_id=entry.pk, now=NOW
        )
        if name == "Saules":
            rollouts.abandon_rollout(person=None, rollout=way, reason=f"{SECRET} amiante", now=NOW)
    billes, ficelle = (scene.applications[name].school for name in ("Billes", "Ficelle"))
    class_count(billes, 2), class_count(ficelle, 1)
    counted(billes, "CP", year.entries.get(school=billes).kit)
    counted(ficelle, "CP", year.entries.get(school=ficelle).kit)
    return stage


@pytest.fixture
def frozen(plan):
    return list(plan.session("pack_frozen").dossiers.order_by("-audience"))


def text_of(pdf):
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(bytes(pdf))).pages)
    return " ".join(text.replace("\u00a0", " ").split())


def data_of(dossier):
    return json.loads(bytes(dossier.data))


def test_the_coverage_is_counted_by_kind_of_school(frozen):
    lines = {line.pop("kind"): line for line in data_of(frozen[0])["coverage"]}
    assert lines["élémentaire"] | {"schools": 0} == {
        "schools": 0,
        "equipped": 1,
        "partly": 1,
        "uncounted": 0,
        "not_begun": 0,
        "up_to_date": 1,
        "undetailed": 0,
        "untold": lines["élémentaire"]["schools"] - 2,  # nobody said that they received nothing
    }
    states = ("equipped", "partly", "not_begun", "untold")
    assert all(line["schools"] == sum(line[name] for name in states) for line in lines.values())
    total = lines.pop("ensemble")
    assert total == {name: sum(line[name] for line in lines.values()) for name in total}
    assert total["schools"] == School.objects.filter(city__slug="marelle").count()


def test_the_roll_outs_are_told_with_the_reserves_to_lift(frozen):
    told = data_of(frozen[0])["rollouts"]
    assert (told["under_way"], told["reservations_count"], told["schools_with_reservations"]) == (2, 1, 1)
    marked = next(line for line in told["lines"] if line["reservations"])
    assert (marked["received"], marked["classes"]) == (0, 2)
    (row,) = told["reservations"]
    assert row["school"] == marked["school"] and (row["place"], row["item"]) == ("CP B", "Tableau triptyque")
    assert row["text"] == f"{SECRET} rayé" and row["is_late"]


def test_the_gaps_to_the_decided_programme_are_told_school_by_school(plan, frozen):
    gaps = data_of(frozen[0])["gaps"]
    (year,) = gaps["programmes"]
    counts = {name: year[name] for name in ("planned", "in_service", "not_opened", "abandoned")}
    assert counts == {"planned": 3, "in_service": 0, "not_opened": 1, "abandoned": 1} and year["decision"] == "2026-07"
    stands = {line["school"]: (line["stands"], line["why"]) for line in year["lines"]}
    assert stands["École Billes"] == ("à préparer", "")
    assert stands["École Ficelle"] == ("déploiement pas ouvert", "")
    assert stands[plan.world.schools["saules"].name] == ("abandonné", f"{SECRET} amiante")
    assert gaps["outside_count"] == 1
    assert [each["reason"] for each in gaps["outside"]] == [f"{SECRET} réparation"]


def test_the_page_and_the_pdf_say_what_the_data_say(plan, frozen, client):
    plan.world.sign_in(client, "elected")
    page = client.get(reverse("governance:dossier_detail", args=[frozen[0].pk])).content.decode()
    for text in (" ".join(page.replace("\u00a0", " ").replace("&nbsp;", " ").split()), text_of(frozen[0].pdf)):
        for said in (
            "Couverture, par type d’école",
            "2 déploiements en cours. 1 réserve à lever, dans 1 école.",
            f"{SECRET} rayé",
            "en retard",
            "3 écoles au programme, 0 en service, 1 sans déploiement ouvert, 1 abandon",
            "déploiement pas ouvert",
            f"{SECRET} amiante",
            "1 déploiement en cours hors programme",
        ):
            assert said in text, said


def test_a_federation_reads_how_many_and_no_school(plan, frozen, client):
    members, federation = data_of(frozen[0]), data_of(frozen[1])
    assert federation["audience"] == "federation" and federation["coverage"] == members["coverage"]
    assert federation["rollouts"] == members["rollouts"] | {"lines": [], "reservations": []}
    (year,) = federation["gaps"]["programmes"]
    assert (year["planned"], year["lines"], federation["gaps"]["outside"]) == (3, [], [])
    plan.world.sign_in(client, "parents_federation")
    page = client.get(reverse("governance:dossier_detail", args=[frozen[1].pk])).content.decode()
    for text in (bytes(frozen[1].data).decode(), text_of(frozen[1].pdf), page):
        assert SECRET not in text and "École Billes" not in text
    for text in (text_of(frozen[1].pdf), page):
        assert "1 sans déploiement ouvert" in text


def test_without_a_class_received_the_coverage_is_not_a_zero(stage):
    dossier = stage.session("pack_frozen").dossiers.get(audience="members")
    assert data_of(dossier)["coverage"] == []
    assert "la couverture ne se compte pas" in text_of(dossier.pdf)


def test_a_dossier_of_the_former_format_keeps_its_bytes_and_its_page(plan, frozen, client):
    """Frozen before coverage, roll-outs and gaps: drawn again from its own data, it says nothing of them."""
    data = {name: value for name, value in data_of(frozen[0]).items() if name not in ("coverage", "rollouts", "gaps")}
    former = dossier_bytes(data | {"format": 2})
    pdf, _ = printing.draw(json.loads(former), former, frozen[0].frozen_at)
    told = text_of(pdf)
    assert "Le plan en une page" in told and "Couverture" not in told and "Écarts" not in told
    Dossier.objects.filter(pk=frozen[0].pk).update(data=former)
    assert told_by(Dossier.objects.get(pk=frozen[0].pk)) == {}
    plan.world.sign_in(client, "elected")
    page = client.get(reverse("governance:dossier_detail", args=[frozen[0].pk]))
    assert page.status_code == 200 and "Couverture" not in page.content.decode()


def test_the_dossier_stays_as_it_was_when_a_reserve_is_lifted(plan, frozen, client):
    rollouts.lift_reservation(
        person=None, reservation=Reservation.objects.get(), lifted_on=TODAY, note="Remplacé", now=NOW
    )
    actions.hold_session(person=plan.secretary, session=frozen[0].session, held_on=day(-1), now=NOW)
    plan.world.sign_in(client, "elected")
    kept = client.get(reverse("governance:dossier_pdf", args=[frozen[0].pk])).content
    assert kept == bytes(frozen[0].pdf)
    page = client.get(reverse("governance:dossier_detail", args=[frozen[0].pk])).content.decode()
    assert f"{SECRET} rayé" in page and "Le dossier est intact" in page


def test_what_pupils_did_is_frozen_by_the_page_and_does_not_move(stage, client):
    """Issue 19, line 9: the secretary presses « Figer le dossier »; a session counted after is not in it."""
    session = stage.session("convened", on=day(10))
    month(stage.world.schools["tilleuls"], hours=149)
    stage.world.sign_in(client, "city_education")
    client.post(reverse("governance:session_freezing", args=[session.pk]))
    month(stage.world.schools["saules"], hours=51)
    for dossier in session.dossiers.all():
        page = client.get(reverse("governance:dossier_detail", args=[dossier.pk])).text.replace("\xa0", " ")
        drawn = text_of(dossier.pdf)
        assert "149 h" in page.replace("&nbsp;", " ") and "149 h" in drawn and "200 h" not in page + drawn
        assert "eures-élèves, année scolaire" in drawn
    assert session.dossiers.count() == 2
