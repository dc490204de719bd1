"""The year's programme (W3): the city's own act, inside its envelope, settled by the COPIL."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from preau.kit.answers import Conflict, Refused
from preau.places.models import School
from preau.plan.applications.models import Application, State
from preau.plan.equipment.models import StandardKit
from preau.plan.priorities import actions, queries, rules
from preau.plan.priorities.models import Programme, ProgrammeEntry, ProgrammeState
from preau.plan.rollouts.actions import record_acceptance
from tests.kept import kept
from tests.plan.priorities.conftest import DAY, NOW, TODAY, decision


@kept
def decided(scene, names=("Tilleuls",)):
    scene.adopted()
    year = scene.programme(names)
    agent = scene.who("city_education")
    year = actions.arbitrate(person=agent, programme=year, now=NOW)
    year = actions.submit_programme(person=agent, programme=year, now=NOW)
    return actions.decide_programme(person=None, programme=year, decision=decision(), now=NOW)


@pytest.mark.parametrize("actor", ["dsden", "dan", "ien", "city_it", "city_finance", "elected", "head"])
def test_the_money_of_the_city_is_written_by_the_city_only(scene, actor):
    year = scene.programme()
    for act in (
        lambda who: actions.open_programme(person=who, city=scene.city, school_year="2026-2027", now=NOW),
        lambda who: actions.remove_school(
            person=who, programme=year, school=scene.applications["Saules"].school, now=NOW
        ),
        lambda who: actions.arbitrate(person=who, programme=year, now=NOW),
    ):
        with pytest.raises(Refused):
            act(scene.who(actor))
    assert year.entries.count() == 1


def test_the_copil_decision_keeps_its_schools_and_the_others_wait(scene):
    year = decided(scene)
    assert (year.state, year.decision_number) == (ProgrammeState.DECIDED, "2026-07")
    states = {a.school.name: a.state for a in scene.call.applications.select_related("school")}
    assert states["École Tilleuls"] == State.SELECTED
    assert {states[f"École {n}"] for n in ("Saules", "Billes", "Ficelle")} == {State.WAITING_LIST}


def test_above_the_envelope_is_refused_with_the_amount(scene):
    year = scene.programme(("Saules",), envelope_cents=3_000_000)
    with pytest.raises(Conflict, match="10\xa0000,00\xa0€"):
        actions.arbitrate(person=scene.who("city_education"), programme=year, now=NOW)
    assert Programme.objects.get().state == ProgrammeState.SIMULATED


def test_passing_before_a_better_rank_asks_a_reason(scene):
    scene.adopted()
    year = scene.programme(())
    school = scene.applications["Billes"].school  # third of the list
    add = {"programme": year, "school": school, "kit": scene.kit(), "cost_cents": 1, "now": NOW}
    with pytest.raises(Conflict, match="mieux classée"):
        actions.add_school(person=scene.who("city_education"), **add)
    assert not year.entries.exists()
    actions.add_school(person=scene.who("city_education"), reason="Chantier déjà ouvert.", **add)
    (line,) = queries.departures(year)
    assert (line.list_rank, line.passes_before) == (3, 2)


def add(scene, year, name, **more):
    file = scene.applications[name]
    kit = StandardKit.objects.filter(school_kind=file.school.kind).first() or scene.kit(file.school.kind)
    return actions.add_school(
        person=scene.who("city_education"), programme=year, school=file.school, kit=kit, cost_cents=1, now=NOW, **more
    )


def test_a_school_taken_off_leaves_none_that_passes_before_it_without_a_reason(scene):
    """Issue 3 §5: the first of the list is added, then the second, without reason; the first is taken off."""
    scene.adopted()
    year, agent = scene.programme(()), scene.who("city_education")
    add(scene, year, "Tilleuls"), add(scene, year, "Saules")
    saules = scene.applications["Saules"].school
    actions.remove_school(person=agent, programme=year, school=scene.applications["Tilleuls"].school, now=NOW)
    with pytest.raises(Conflict, match="École Saules passe avant une école mieux classée, sans raison"):
        actions.arbitrate(person=agent, programme=year, now=NOW)
    with pytest.raises(Conflict, match="La raison est vide"):
        actions.explain_school(person=agent, programme=year, school=saules, reason=" ", now=NOW)
    with pytest.raises(Refused):
        actions.explain_school(person=scene.who("dsden"), programme=year, school=saules, reason="x", now=NOW)
    actions.explain_school(person=agent, programme=year, school=saules, reason="Tilleuls ferme.", now=NOW)
    assert actions.arbitrate(person=agent, programme=year, now=NOW).state == ProgrammeState.ARBITRATED


def test_the_copil_s_order_makes_departures_that_say_why_before_they_are_submitted(scene):
    row, agent = scene.before_copil(), scene.who("city_education")
    year = scene.programme(())
    year.priority_list = row
    year.save()
    add(scene, year, "Tilleuls")
    actions.arbitrate(person=agent, programme=year, now=NOW)
    files = [scene.applications[name] for name in ("Saules", "Tilleuls", "Billes", "Ficelle")]
    actions.adopt_list(
        person=None, priority_list=row, decision=decision("Travaux."), order=[(f, "Travaux.") for f in files], now=NOW
    )
    with pytest.raises(Conflict, match="École Tilleuls passe avant"):
        actions.submit_programme(person=agent, programme=year, now=NOW)
    actions.explain_school(person=agent, programme=year, school=files[1].school_id, reason="Déjà câblée.", now=NOW)
    year = actions.submit_programme(person=agent, programme=year, now=NOW)
    with pytest.raises(Conflict, match="ne se modifie plus"):
        actions.explain_school(person=agent, programme=year, school=files[1].school_id, reason="Autre.", now=NOW)


def test_ac_25_the_copil_s_order_after_the_programme_is_submitted_asks_a_reason_too(scene):
    """The list changes and the programme is settled on the same evening: the departure that makes is said."""
    row, agent = scene.before_copil(), scene.who("city_education")
    year = scene.programme(())
    year.priority_list = row
    year.save()
    add(scene, year, "Tilleuls")
    actions.arbitrate(person=agent, programme=year, now=NOW)
    actions.submit_programme(person=agent, programme=year, now=NOW)
    order = [(scene.applications[name], "Travaux.") for name in ("Saules", "Tilleuls", "Billes", "Ficelle")]
    actions.adopt_list(person=None, priority_list=row, decision=decision("Travaux."), order=order, now=NOW)
    for silent in (decision(), decision(" ")):
        with pytest.raises(Conflict, match="École Tilleuls passe avant .*motif de la décision, ou renvoyez"):
            actions.decide_programme(person=None, programme=year, decision=silent, now=NOW)
    year.refresh_from_db()
    assert year.state == ProgrammeState.SUBMITTED_COPIL
    actions.decide_programme(person=None, programme=year, decision=decision("Déjà câblée."), now=NOW)
    (line,) = queries.departures(Programme.objects.get(pk=year.pk))
    assert line.why == "Décision 2026-07\xa0: Déjà câblée." and line.entry.reason == ""


@kept
def elsewhere(scene, **received):
    """A school of the city that did not apply; `received`: with a class of before."""
    school = School.objects.create(
        name="École Toupie", slug="toupie", kind="elementary", city=scene.city, district=scene.world.districts["north"]
    )
    kit = scene.kit()
    if received:
        record_acceptance(person=None, school=school, label="CP", kit=kit, accepted_on=TODAY, source="essai", now=NOW)
    year = scene.programme(())
    return {"programme": year, "school": school, "kit": kit, "cost_cents": 1, "now": NOW}


def test_a_school_without_a_candidature_is_programmed_with_its_reason_alone(scene):
    """A renewal competes for the same money (plan.md): it is on the programme, and its line says why."""
    scene.adopted()
    school = elsewhere(scene, received=True)
    for silent in ("", " "):
        with pytest.raises(Conflict, match="École Toupie n’a pas de candidature sur la liste suivie"):
            actions.add_school(person=scene.who("city_education"), reason=silent, **school)
    entry = actions.add_school(person=scene.who("city_education"), reason="Vidéoprojecteurs de 2016.", **school)
    (line,) = queries.programme_view(school["programme"]).lines
    assert line.is_outside and line.why == "Hors candidature, motif\xa0: Vidéoprojecteurs de 2016."
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgrammeEntry.objects.filter(pk=entry.pk).update(reason="")


@pytest.mark.parametrize("state", [None, State.WITHDRAWN, State.NO_FOLLOW_UP])
def test_a_school_without_a_project_nor_anything_received_is_not_programmed(scene, state):
    """Mission D1: no school is first equipped without a pedagogical project."""
    scene.adopted()
    asked = elsewhere(scene)
    if state:
        file = scene.applications["Billes"]
        Application.objects.filter(pk=file.pk).update(school=asked["school"], state=state, closing_reason="x")
    assert asked["school"] not in queries.schools_to_add(asked["programme"])
    with pytest.raises(Refused, match="aucun projet et n’a encore rien reçu"):
        actions.add_school(person=scene.who("city_education"), reason="Urgent.", **asked)
    assert not asked["programme"].entries.exists()


def test_one_programme_is_settled_for_a_year(scene):
    """Issue 3 §7: two versions may be submitted; the COPIL settles one."""
    scene.adopted()
    agent = scene.who("city_education")
    years = [scene.programme(("Tilleuls",)), scene.programme(("Saules",)), scene.programme(("Billes",))]
    for year in years[:2]:
        actions.arbitrate(person=agent, programme=year, now=NOW)
        actions.submit_programme(person=agent, programme=year, now=NOW)
    actions.decide_programme(person=None, programme=years[0], decision=decision(), now=NOW)
    with pytest.raises(Conflict, match="Le programme 2026-2027 est déjà arrêté par le COPIL, dans sa version 1"):
        actions.decide_programme(person=None, programme=years[1], decision=decision(), now=NOW)
    actions.send_back_programme(person=None, programme=years[1], now=NOW)
    actions.arbitrate(person=agent, programme=years[2], now=NOW)
    with pytest.raises(Conflict, match="déjà arrêté"):
        actions.submit_programme(person=agent, programme=years[2], now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        decided_as = {"state": "decided", "decision_id": decision().id, "decided_on": TODAY}
        Programme.objects.filter(pk=years[1].pk).update(**decided_as)


def test_in_the_order_of_the_list_no_reason_is_asked(scene):
    scene.adopted()
    year = scene.programme(())
    school = scene.applications["Tilleuls"].school
    actions.add_school(
        person=scene.who("city_education"),
        programme=year,
        school=school,
        kit=scene.kit("primary"),
        cost_cents=1,
        now=NOW,
    )
    assert queries.departures(year) == []


def test_a_decided_programme_is_no_longer_written(scene):
    year = decided(scene)
    with pytest.raises(Conflict):
        actions.remove_school(
            person=scene.who("city_education"), programme=year, school=scene.applications["Tilleuls"].school, now=NOW
        )


def test_the_whole_year(scene):
    agent = scene.who("city_education")
    year = decided(scene)
    year = actions.record_vote(person=agent, programme=year, reference="Délibération 2026-12", voted_on=TODAY, now=NOW)
    year = actions.start_programme(person=agent, programme=year, now=NOW)
    year = actions.close_programme(person=agent, programme=year, review="Une école équipée.", now=NOW)
    assert year.state == ProgrammeState.CLOSED
    with pytest.raises(IntegrityError), transaction.atomic():
        Programme.objects.filter(pk=year.pk).update(review="")


def test_two_agents_at_once_the_second_is_told(scene):
    year = scene.programme()
    agent = scene.who("city_education")
    act = {"programme": year, "school": scene.applications["Saules"].school, "edition": year.edition, "now": NOW}
    actions.remove_school(person=agent, **act)
    with pytest.raises(Conflict, match="Quelqu’un d’autre"):
        actions.remove_school(person=agent, **act)


@pytest.mark.parametrize(
    "actor, before, after",
    [
        ("city_education", True, True), ("city_finance", True, True), ("elected", False, True), ("dsden", False, True),
        ("ien", False, True), ("parents_federation", False, True), ("head", False, False),
        ("city_education_far", False, False),
    ],
)  # fmt: skip
def test_who_reads_the_programme_before_and_after(scene, actor, before, after):
    def sees():
        return rules.programmes_visible_to(scene.who(actor), TODAY).exists()

    year = scene.programme()
    assert sees() is before
    agent = scene.who("city_education")
    actions.arbitrate(person=agent, programme=year, now=NOW)
    actions.submit_programme(person=agent, programme=year, now=NOW)
    actions.decide_programme(person=None, programme=year, decision=decision(), now=NOW)
    assert sees() is after


def test_each_cost_is_read_by_the_city_and_its_programme_written_by_one_of_its_titles(scene):
    year, people = scene.programme(), scene.world.people
    assert {name for name in people if rules.reads_programme_costs(people[name], year, TODAY)} == {
        "city_education",
        "city_it",
        "city_finance",
        "elected",
    }
    written = {name: {c.slug for c in rules.cities_programmed_by(people[name], TODAY)} for name in people}
    assert {name: slugs for name, slugs in written.items() if slugs} == {
        "city_education": {"marelle"},
        "city_education_far": {"ailleurs"},
    }


def test_a_vote_to_come_is_not_noted(scene):
    scene.adopted()
    year, agent = scene.programme(), scene.who("city_education")
    Programme.objects.filter(pk=year.pk).update(state="decided", decision_id=year.pk)
    with pytest.raises(Conflict, match="pas encore voté"):
        actions.record_vote(person=agent, programme=year, reference="2031-1", voted_on=TODAY + DAY, now=NOW)
    assert Programme.objects.get().state == "decided"


def test_a_school_is_programmed_with_the_kit_of_its_kind(scene):
    """Not by the form alone."""
    scene.adopted()
    year, school = scene.programme(()), scene.applications["Saules"].school
    with pytest.raises(Conflict, match="n’est pas celui"):
        actions.add_school(
            person=scene.who("city_education"),
            programme=year,
            school=school,
            kit=scene.kit("nursery"),
            cost_cents=1,
            reason="x",
            now=NOW,
        )
    assert not year.entries.exists()


def test_a_programme_says_what_it_lacks_instead_of_a_list_with_nothing_to_choose(scene, client):
    year = scene.programme(())
    StandardKit.objects.update(published_on=TODAY + 9 * DAY)  # none that holds yet
    scene.world.sign_in(client, "city_education")
    address = reverse("priorities:programme_detail", args=[year.pk])
    adding = reverse("priorities:school_adding", args=[year.pk])
    page = client.get(address).text
    assert reverse("priorities:kit_list") in page and adding not in page
    scene.kit()
    assert adding in client.get(address).text
    Application.objects.all().delete()
    assert "Aucune école n’a déposé un projet" in client.get(address).text
