"""A school's story tells what changes its course: the COPIL's rank, the gate of its laboratory, the réserves."""

import inspect
import re
import uuid

import pytest
from django.db.models.sql.compiler import SQLCompiler
from django.urls import reverse

from preau.ent.lessons.models import LessonMonth
from preau.kit import rooms
from preau.places.models import School
from preau.plan.applications import actions as applications
from preau.plan.applications.models import DecisionRef, Submission
from preau.plan.desk.queries import story as desk_story
from preau.plan.desk.queries import waiting as desk_waiting
from preau.plan.desk.queries.story import BY
from preau.plan.loans.models import Booking
from preau.plan.priorities.models import CopilRank, PriorityEntry
from preau.plan.rollouts import actions as rollouts
from preau.plan.rollouts.models import Owner, Reservation, RolloutStep, StepKind
from preau.plan.studies import actions as studies
from tests.plan.desk.conftest import NOW, TODAY
from tests.rights.rollouts import open_premises

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(story, client):
    """told(actor) → the story's page as text, without its no-break spaces."""

    def read(name):
        client.logout()
        story.world.sign_in(client, name)
        return " ".join(client.get(reverse("desk:story", args=[story.school.pk])).text.replace("\u00a0", " ").split())

    return read


def reference(number, reason):
    return DecisionRef(id=uuid.uuid4(), number=number, held_on=TODAY, reason=reason)


def test_the_rank_the_copil_gave_follows_the_one_that_was_signed(story, told):
    story.until("ranked")
    entry = PriorityEntry.objects.get(application=story.application)
    CopilRank.objects.create(entry=entry, rank=2, reason="Canari-motif", decision_id=uuid.uuid4())
    page = told("dsden")
    assert page.index("1re de la liste priorisée") < page.index("Décision 2026-07 : Canari-motif")
    assert "Le COPIL la place 2e" in page
    assert "Canari-motif" not in told("head") and "Canari-motif" not in told("city_finance")


def test_the_gate_of_its_laboratory_is_told_to_who_follows_the_committees_and_to_its_team(story, told):
    """Deck D17, W10: pilot review, then the COTECH, then the COPIL extends, adjusts or stops."""
    agent = story.who("city_education")
    cohort = studies.open_cohort(
        person=agent,
        city=story.school.city,
        name="Six écoles",
        aim="Un espace.",
        starts_on=TODAY,
        ends_on=TODAY,
        schools=[story.school],
        questions=[],
        now=NOW,
    )
    for name in ("city_education", "dsden"):
        studies.write_review(person=story.who(name), cohort=cohort, text="Bilan.", answers={}, now=NOW)
        studies.sign_review(person=story.who(name), cohort=cohort, now=NOW)
    studies.hear_cohort(person=agent, cohort=cohort, opinion=reference("2026-03", "Utile."), now=NOW)
    studies.pass_gate(person=agent, cohort=cohort, outcome="adjust", decision=reference("2026-04", "Coûts."), now=NOW)
    page = told("elected")
    for words in (
        "Laboratoire : Six écoles",
        "Avis du COTECH sur le laboratoire « Six écoles »",
        "Décision 2026-03 : Utile.",
        "Laboratoire : le COPIL décide d’ajuster",
        "Décision 2026-04 : Coûts.",
    ):
        assert words in page, words
    team = told("head")  # of its laboratory, all but what the COTECH says among members
    assert "Laboratoire : Six écoles" in team and "le COPIL décide d’ajuster" in team and "Utile." not in team


def test_a_reserve_is_told_then_its_lifting(story, told):
    story.until("under_way")
    open_premises(story.school)
    for kind in list(StepKind)[:8]:
        rollouts.write_step(
            person=None, rollout=story.rollout, kind=kind, version=0, owner=Owner.CITY_IT, done_on=TODAY, now=NOW
        )
    paper = rollouts.open_reception(
        person=None, rollout=story.rollout, held_on=TODAY, labels=["CP B"], has_common=False, now=NOW
    )
    mark = rollouts.add_reservation(
        person=None,
        line=paper.lines.get(),
        kit_line=story.kit.lines.filter(rule="per_class").first(),
        text="Écran rayé.",
        due_on=TODAY,
        now=NOW,
    )
    assert "Réserve, CP B" not in told("dsden"), "a paper not signed is the city's own"
    assert "Réserve, CP B" not in told("city_it"), "nor is it a fact yet"
    rollouts.sign_reception(person=None, reception=paper, now=NOW)
    for actor in ("dsden", "head"):
        assert "Réserve, CP B" in told(actor) and "Écran rayé, à lever avant le" in told(actor)
    rollouts.lift_reservation(
        person=None, reservation=Reservation.objects.get(pk=mark.pk), lifted_on=TODAY, note="Écran changé", now=NOW
    )
    page = told("head")
    assert "Réserve levée, CP B" in page and "Écran changé" in page
    # All of one day: the school's way, not the alphabet, says what came before.
    way = ("Projet déposé", "Avis favorable, IEN", "Avis favorable, DSDEN", "1re de la liste", "Au programme",
           "Déploiement ouvert", "Visite technique", "Câblage", "Commande", "Paramétrage", "Réception 2026",
           "Classe reçue", "Réserve, CP B", "Réserve levée, CP B")  # fmt: skip
    places = [page.index(words) for words in way if words in page]
    assert len(places) >= 9 and places == sorted(places)


@pytest.mark.parametrize("stage", ["written", "filed"])
def test_a_project_taken_back_is_told_once_it_was_filed(story, told, stage):
    story.until(stage)
    applications.withdraw(person=story.who("head"), application=story.application, reason="Canari-départ", now=NOW)
    is_filed = stage == "filed"
    assert ("Candidature : retirée par l’école" in told("dsden"), "Canari-départ" in told("dsden")) == (is_filed,) * 2
    assert "Canari-départ" not in told("elected")


def test_a_project_closed_by_the_state_is_told_with_its_reason(story, told):
    story.until("filed")
    applications.close_without_follow_up(
        person=story.who("dsden"), application=story.application, reason="Canari-doublon", now=NOW
    )
    page = told("head")
    assert page.index("Projet déposé") < page.index("Candidature : sans suite") < page.index("Canari-doublon")


def test_the_sql_of_a_story_is_kept_and_gives_each_person_what_is_theirs(story, told, monkeypatch):
    """The query written for all who hold the same titles gives what one written for this person and school does."""
    story.until("under_way")
    found, schools = {}, (story.school, *School.objects.exclude(pk=story.school.pk)[:2])
    for name, person in story.world.people.items():
        for rank, school in enumerate(schools):
            rows = desk_story.STORY.rows(person, TODAY, school.pk)
            assert rows == list(desk_story._union("STORY", person, TODAY, school.pk)), (name, school)
            found.setdefault(rank, set()).add(len(rows))
    assert len(found[0]) > 3 and 0 in found[0]
    anew, as_sql = [], SQLCompiler.as_sql
    told("dsden"), told("head")
    monkeypatch.setattr(
        SQLCompiler, "as_sql", lambda own, *a, **k: [anew.append(own.query.model), as_sql(own, *a, **k)][1]
    )
    told("dsden"), told("head")
    assert School in anew and not {Submission, PriorityEntry, RolloutStep, Booking, LessonMonth} & {*anew}


def test_each_room_tells_its_own_lines_and_the_desk_knows_no_table_of_theirs():
    """A kind of line is one room's, and has its place in a day: two of one name, or of one order, would be mixed up."""
    for name in ("STORY", "AMBITION_STORY"):
        kinds = [kind for chapter in rooms.story.chapters(name) for kind in chapter.kinds.items()]
        assert len(kinds) == len(dict(kinds)) == len({told.order for _, told in kinds}), name
        assert {told.by for _, told in kinds if isinstance(told.by, str)} <= set(BY)
    acts = [kind for wait in rooms.waiting.declared() for kind in wait.acts]
    assert len(acts) == len(set(acts)) == len(rooms.waiting.acts())
    for module in (desk_story, desk_waiting):
        others = re.findall(r"from preau\.plan\.(\w+)", inspect.getsource(module))
        assert set(others) <= {"desk"}, module
