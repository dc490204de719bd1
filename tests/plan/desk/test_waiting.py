"""Each kind of thing waits for those whose title acts on it, opens for them, and is gone once done."""

import datetime
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import make_aware
from django.utils.timezone import now as clock

from preau.kit.dates import day_text
from preau.people.models import Mandate
from preau.plan.ambitions.actions import add_deck_ambitions
from preau.plan.applications import actions as applications
from preau.plan.applications.rules import can_start_application
from preau.plan.desk import queries
from preau.plan.desk.queries.waiting import union_for
from preau.plan.equipment import actions as equipment
from preau.plan.equipment.models import Measure, StandardKit
from preau.plan.equipment.queries import year_of
from preau.plan.governance import actions as governance
from preau.plan.loans import actions as loans
from preau.plan.loans.models import Booking, half_day_number
from preau.plan.priorities import actions as priorities
from preau.plan.priorities.models import Recommendation
from preau.plan.rollouts import actions as rollouts
from preau.plan.rollouts.models import Owner, Rollout, StepKind
from preau.plan.sheets.actions import plan as sheets
from preau.plan.studies import actions as studies
from preau.plan.wifi.models import PointSignal
from tests.plan.desk.conftest import DAY, NOW, TODAY, Story, assert_for
from tests.plan.governance.conftest import day, stage_of
from tests.plan.loans.conftest import add_kits, ask
from tests.plan.priorities.conftest import Scene as Ranks
from tests.plan.priorities.test_recommendations import signed
from tests.plan.rollouts.conftest import open_premises
from tests.plan.wifi.conftest import (
    TEN,
    untold,  # noqa: F401 which it asks for
)
from tests.plan.wifi.conftest import scene as wifi_scene  # noqa: F401 a fixture
from tests.world import BEFORE

MINUTE = timedelta(minutes=1)
pytestmark = [pytest.mark.django_db, pytest.mark.long]


def say(story, name, text="Un mot"):
    return applications.send_message(person=story.who(name), application=story.application, text=text, now=clock())


def test_a_message_waits_for_the_other_side_until_it_answers(story, waits):
    words = "Lire un message sur une candidature"
    story.until("filed")
    say(story, "head")
    assert_for(waits, words, ["ien", "dsden", "city_education"], ["head", "city_it", "trainer", "ien_other"])
    say(story, "ien")
    assert_for(waits, words, ["head", "teacher"], ["ien", "dsden", "city_education", "head_other_school"])


def test_a_message_stops_being_news(story):
    story.until("filed")
    say(story, "head")
    for days, counted in ((1, 1), (16, 0)):
        rows = queries.waiting_for(story.who("dsden"), clock() + days * DAY)
        assert sum(row[0] == "message" for row in rows) == counted


def test_an_opinion_waits_to_be_released(story, waits):
    story.until("filed")
    opinion = story.give(story.application, is_released=False)
    assert_for(waits, "Communiquer un avis à l’école", ["ien"], ["ien_other", "head", "dsden", "city_education"])
    applications.release_opinion(person=story.who("ien"), opinion=opinion, now=NOW)
    assert "Communiquer un avis à l’école" not in waits("ien")


def test_a_confidential_opinion_waits_for_nothing(story, waits):
    story.until("filed")
    story.give(story.application, is_confidential=True)
    assert "Communiquer un avis à l’école" not in waits("ien")


def test_what_became_of_a_request_for_a_kit_is_told_to_who_asked_and_to_the_head(world, waits):
    words = "Lire ce que devient une demande de malle"
    add_kits(world.cities["marelle"], 1)
    given = ask(world.schools["tilleuls"], person=world.people["teacher"])
    waiting = ask(world.schools["saules"], person=world.people["teacher_other_school"])
    assert_for(waits, words, [], ["teacher", "teacher_other_school", "head"])
    loans.refuse_booking(person=None, booking=given, reason="Malle en réparation.", now=clock())
    assert_for(waits, words, ["teacher", "teacher_other_school", "head"], ["supply", "city_education", "dsden"])
    Booking.objects.filter(pk=given.pk).update(asked_by=None)
    assert_for(waits, words, ["head"], ["teacher"])
    waiting.refresh_from_db()
    (told,) = [
        each
        for each in queries.read_waiting(queries.waiting_for(world.people["teacher_other_school"], clock()), TODAY)
        if each.act.words == words
    ]
    assert (waiting.state, told.detail) == ("requested", "une malle est maintenant gardée pour vous")
    loans.cancel_booking(person=world.people["head_other_school"], booking=waiting, now=clock())
    assert_for(waits, words, [], ["teacher_other_school", "head_other_school"])
    again = ask(world.schools["saules"], 4, 5, person=world.people["teacher_other_school"])
    loans.cancel_booking(person=world.people["city_education"], booking=again, reason="Volée.", now=clock())
    assert_for(waits, words, ["teacher_other_school"], [])
    later = queries.waiting_for(world.people["teacher_other_school"], clock() + 8 * DAY)
    assert "kit_news" not in {row[0] for row in later}


def test_reservations_wait_to_be_lifted(story, waits):
    words = "Lever les réserves d’un avis"
    story.until("filed")
    opinion = story.give(story.application, verdict="with_reservations", motivation="La réserve.", is_released=True)
    assert_for(waits, words, ["ien"], ["ien_other", "head", "dsden"])
    applications.lift_reservations(person=story.who("ien"), opinion=opinion, reason="Vu.", now=NOW)
    assert words not in waits("ien")


def test_a_recommendation_waits_for_the_citys_answer(world, waits, client):
    words = "Répondre à la préconisation"
    scene = Ranks(world)
    row = signed(scene)
    assert words not in waits("city_education")  # no kit to answer for
    kit = equipment.publish_kit_version(
        person=None,
        city=row.city,
        school_kind=row.school_kind,
        lines=equipment.deck_lines(school_kind=row.school_kind),
        published_on=TODAY,
        source="essai",
        now=NOW,
    )
    assert_for(waits, words, ["city_education", "city_it"], ["city_education_far", "dsden", "elected"])
    Recommendation.objects.update(dsden_signed_at=NOW - 2000 * DAY, dan_signed_at=NOW - 1999 * DAY)
    waits("city_it")
    page = client.get("/plan/accueil/").text
    advised, since = day_text(TODAY - 1999 * DAY), day_text(TODAY)
    assert f"réconisation v{row.version} du {advised}, pour le kit v{kit.version} du {since}" in page, "which, and when"
    assert f"depuis le {since}" in page, "the kit is new, the advice is old: it waits since the kit"
    for line in row.lines.all():
        priorities.answer_line(person=scene.who("city_it"), line=line, kit=kit, choice="followed", now=NOW)
    assert words not in waits("city_it")


def test_options_wait_for_the_marks_of_each_authority(world, waits):
    words, agent = "Noter les options comparées", world.people["city_education"]
    made = studies.open_comparison(person=agent, city=world.cities["marelle"], title="Quel espace", need="Un", now=NOW)
    assert words not in waits("city_it")
    criterion = studies.add_criterion(person=agent, comparison=made, label="Coût", weight=1, now=NOW)
    option = studies.add_option(person=agent, comparison=made, name="Le premier", now=NOW)
    assert_for(waits, words, ["city_it", "dan"], ["city_education_far", "elected", "ien"])
    studies.mark_options(person=agent, comparison=made, values={(option.pk, criterion.pk): 3}, now=NOW)
    assert_for(waits, words, ["dsden"], ["city_it", "city_education"])


def test_a_lit_wifi_waits_for_who_lit_it_and_a_stray_point_for_the_citys_it(wifi_scene, waits):  # noqa: F811
    wifi_scene.open()
    for name, minutes, counted in (("teacher", 5, 1), ("teacher", 60, 0), ("head", 5, 0), ("city_it", 5, 0)):
        rows = queries.waiting_for(wifi_scene.world.people[name], TEN + minutes * MINUTE)
        assert sum(row[0] == "lit" for row in rows) == counted
    point, city = wifi_scene.fixed, wifi_scene.school.city
    PointSignal.objects.create(city=city, point=point, state="on", at=NOW - DAY, received_at=NOW)
    assert_for(waits, "Vérifier une borne allumée hors séance", ["city_it"], ["teacher", "city_education"])
    PointSignal.objects.create(city=city, point=point, state="off", at=NOW, received_at=NOW)
    assert "Vérifier une borne allumée hors séance" not in waits("city_it")


def test_a_late_kit_waits_for_its_school_and_its_carriers(world, waits, client):
    add_kits(world.cities["marelle"])
    booking = ask(world.schools["tilleuls"])
    past = half_day_number(TODAY - 2 * DAY, 0)
    Booking.objects.filter(pk=booking.pk).update(state="in_use", first_half_day=past, last_half_day=past)
    assert_for(waits, "Rendre une malle en retard", ["teacher", "head"], ["city_it", "head_other_school"])
    assert_for(waits, "Faire revenir une malle en retard", ["city_it"], ["teacher", "elected"])
    line = queries.read_waiting(queries.waiting_for(world.people["teacher"], NOW), TODAY)[0]
    assert (line.day, line.is_late) == (TODAY - 2 * DAY, True)


def test_a_follow_up_waits_for_the_title_it_is_given_to(world, waits):
    stage = stage_of(world)
    decision = stage.decide(stage.session("held"))
    governance.add_follow_up(
        person=stage.secretary,
        decision=decision,
        text="Écrire le coût",
        owner="Finances",
        owner_role="city_finance",
        due_on=day(9),
        now=NOW,
    )
    words = "Faire ce qu’une décision vous demande"
    assert_for(waits, words, ["city_finance"], ["city_it", "dsden", "city_education", "parents_federation"])
    assert "Suivre une décision" in waits("city_education")


def test_letters_wait_for_the_secretariat(world, waits):
    stage = stage_of(world)
    stage.seat_everyone()
    session, words = stage.session("convened", on=day(5)), "Remettre les lettres de convocation"
    assert_for(waits, words, ["city_education"], ["elected", "dsden", "city_it"])
    seats = list(session.invitations.values_list("seat", flat=True))
    governance.hand_letters(person=stage.secretary, session=session, seats=seats, now=clock())
    assert words not in waits("city_education")


def test_a_table_that_receives_classes_waits_for_the_citys_it(world, waits):
    words, city, school = "Appliquer un tableau qui reçoit des classes", world.cities["marelle"], "Tilleuls"
    education, it = world.people["city_education"], world.people["city_it"]
    Mandate.objects.create(person=education, role="city_it", city=world.cities["ailleurs"], starts_on=BEFORE)

    def give(person, count):
        data = f"école;nature;année;classes équipées;montant\n{school};primaire;2016;{count};10".encode()
        return sheets.keep_draft(person=person, city=city, name="plan.csv", data=data, now=NOW)

    give(education, "")  # amounts alone: the one who gives them applies them
    assert words not in waits("city_it")
    given = give(education, 40)
    assert_for(waits, words, ["city_it"], ["city_education", "city_education_far", "elected", "dsden", "dan"])
    assert waits("city_it")[words] == f"/plan/importer/{given.pk}/"
    sheets.apply_draft(person=it, draft=given, now=NOW)
    assert words not in waits("city_it")
    given = give(education, 50)
    assert words in waits("city_it")
    sheets.drop_draft(person=it, draft=given, now=NOW)
    assert words not in waits("city_it")
    give(it, 60)  # its own table, on its own desk
    assert words not in waits("city_it")


def test_the_desk_stays_one_query(story, django_assert_num_queries):
    story.until("received")
    person = story.who("city_education")
    queries.waiting_for(person, NOW)
    with django_assert_num_queries(1):
        list(queries.waiting_for(person, NOW))


@pytest.mark.parametrize("stage", Story.STAGES[1::2])
def test_what_waits_is_what_the_rules_give_each_person(story, stage):
    story.until(stage)
    for person in story.world.people.values():
        given = union_for(person, TODAY, NOW)
        assert sorted(queries.waiting_for(person, NOW)) == sorted(given if given is not None else ())


def test_a_draft_waits_until_its_call_closes_and_a_file_given_back_has_no_day(story, waits, client):
    story.until("written")
    last = TODAY + 20 * DAY  # its form says « Dernier jour », kept as the midnight after it
    story.call.closes_at = make_aware(datetime.datetime.combine(last + DAY, datetime.time()))
    story.call.save()
    closing = day_text(last)
    after = can_start_application(story.who("head"), story.call, story.school, story.call.closes_at)
    assert after.reason == f"L’appel est fermé\u00a0: le dernier jour était le {closing}."
    for name in ("head", "teacher"):
        file = waits(name)["Finir la candidature"]
        assert f"au plus tard le {closing}" in client.get("/plan/accueil/").text, name
        assert f"Dernier jour pour déposer\u00a0: {closing}." in client.get(file).text, name
    story.be_filed()
    applications.request_changes(person=story.who("ien"), application=story.application, text="Précisez.", now=NOW)
    waiting = waits("head")
    assert waiting["Reprendre la candidature"] == f"{file}#demande" and "Finir la candidature" not in waiting


def test_a_session_says_of_which_committee_it_is(world):
    """A city's name said it of both."""
    stage = stage_of(world)
    stage.session("convened", on=day(5))
    stage.session("minutes_draft")
    stage.session("planned", committee=stage.cotech, on=day(9))
    lines = queries.read_waiting(queries.waiting_for(world.people["dsden"], clock()), TODAY)
    told = {(line.act.words, line.detail) for line in lines}
    assert {
        ("Préparer ou suivre la séance", "COPIL, convoquée"),
        ("Préparer ou suivre la séance", "COTECH, prévue"),
        ("Approuver le relevé", "COPIL"),
    } <= told


def test_what_the_copil_must_decide_waits_until_a_session_has_it(world, waits, client):
    """From the list sent to the relevé published, the secretariat's desk is never silent."""
    install, table = "Installer le COPIL, qui doit décider", "Mettre à l’ordre du jour du COPIL"
    ranked = Ranks(world).before_copil()
    assert_for(waits, install, ["city_education"], ["city_it", "dsden", "elected", "city_education_far"])
    page, _, part = waits("city_education")[install].partition("#")
    assert f'id="{part}"' in client.get(page).text
    stage = stage_of(world)
    assert waits("city_education")[table] == reverse("governance:session_list", args=[stage.copil.pk])
    assert install not in waits("city_education")
    session = stage.session("held", item={"object_kind": "list", "object_id": ranked.pk})
    assert table not in waits("city_education")
    words = "Noter les décisions, écrire le relevé"
    assert_for(waits, words, ["city_education"], ["elected", "dsden", "city_it"])
    governance.draft_minutes(person=stage.secretary, session=session, text="Relevé.", now=NOW)
    stage.approve(session)
    assert_for(waits, "Publier le relevé", ["city_education"], ["elected", "dsden"])
    assert words not in waits("city_education") and table in waits("city_education"), "nothing was decided"


def equipped(client, school):
    """« Équipée » as its page and its story say it: the same."""
    pages = [client.get(reverse(name, args=[school.pk])).text for name in ("equipment:school_detail", "desk:story")]
    said = {" ".join(re.search(r"<dt>Équipée</dt><dd>(.*?)</dd>", page, re.S)[1].split()) for page in pages}
    assert len(said) == 1, said
    return said.pop()


def test_after_a_reception_is_taken_back_every_page_says_where_the_rollout_is_and_a_desk_holds_it(story, waits, client):
    story.until("received")
    figures = {"city": story.school.city, "year": year_of(TODAY), "source": "Enquête", "quality": "declared"}
    equipment.record_school_figures(person=None, values={story.school: {Measure.CLASSES: 2}}, now=NOW, **figures)
    waits("city_it")
    assert equipped(client, story.school).startswith("en partie")
    equipment.record_school_figures(person=None, values={story.school: {Measure.CLASSES: 1}}, now=NOW, **figures)
    story.be_served()
    assert waits("city_it") == {} and equipped(client, story.school).startswith("le ")
    rollouts.withdraw_reception(person=story.who("city_it"), reception=story.reception, reason="Erreur", now=NOW)
    address = waits("city_it")["Écrire un procès-verbal de réception"]
    assert f"depuis le {day_text(TODAY)}" in client.get("/plan/accueil/").text, "since it was taken back"
    assert str(story.rollout.pk) in address
    pages = [reverse("rollouts:rollout_list"), reverse("desk:board"), reverse("rollouts:rollout_board"),
             reverse("rollouts:rollout_detail", args=[story.rollout.pk])]  # fmt: skip
    for page in pages:
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(page).text))
        assert re.search(r"Tilleuls.{0,400}[Rr]éception", text), page
    assert "une réception a été retirée depuis" in client.get(reverse("desk:story", args=[story.school.pk])).text
    assert equipped(client, story.school) == "inconnu"  # nothing that this city received stands any more
    strengths = client.get(reverse("desk:strengths")).text
    assert 'data-label="En service"' not in strengths, "no day of service before it is whole again"


def test_a_rollout_waits_since_one_day_for_the_desk_and_for_the_board(story, client):
    """Step by step: its turn came, it was blocked, what was received was taken back."""
    story.until("under_way")
    rollout, kinds = story.rollout, list(StepKind)
    Rollout.objects.filter(pk=rollout.pk).update(opened_on=TODAY - 30 * DAY)
    rollout.steps.update(planned_on=None)
    StandardKit.objects.filter(pk=rollout.kit_id).update(published_on=TODAY - 30 * DAY)
    story.world.sign_in(client, "city_it")

    def done(kind, days_ago):
        rollout.steps.filter(kind=kind).update(done_on=TODAY - days_ago * DAY, proof="Feuille de présence")

    def waits_since(act, days_ago):
        desk, board = (client.get(page).text for page in ("/plan/accueil/", reverse("desk:board")))
        days = re.findall(rf">{act}<.{{0,400}}?depuis le ([^<]+)", desk, re.S)
        shown = re.findall(r'Tilleuls.{0,600}?data-label="Depuis le">([^<,]+)', board, re.S)
        assert (set(days), set(shown)) == ({day_text(TODAY - days_ago * DAY)},) * 2, act

    waits_since("Dater ou avancer une étape", 30)
    for days_ago, kind in zip(range(29, 0, -1), kinds[:4], strict=False):
        done(kind, days_ago)
    rollout.steps.filter(kind=StepKind.ORDERED).update(owner=Owner.CITY_IT)
    waits_since("Dater ou avancer une étape", 28)  # the council was told the day after the visit
    for days_ago, kind in zip(range(25, 0, -1), kinds[4:8], strict=False):
        done(kind, days_ago)
    done(StepKind.TRAINED, 10)  # which the reception does not wait for
    waits_since("Écrire un procès-verbal de réception", 22)
    open_premises(story.school)
    seen = {"held_on": TODAY - 9 * DAY, "labels": ["CP B"], "has_common": True}
    reception = rollouts.open_reception(person=None, rollout=rollout, now=NOW - 9 * DAY, **seen)
    reception = rollouts.sign_reception(person=None, reception=reception, now=NOW - 9 * DAY)
    waits_since("Mettre une école en service", 9)
    rollouts.withdraw_reception(person=None, reception=reception, reason="Erreur", now=NOW - 2 * DAY)
    waits_since("Écrire un procès-verbal de réception", 2)
    trained = rollout.steps.filter(kind=StepKind.TRAINED)
    trained.update(done_on=None, blocked_on=TODAY - DAY, blocked_cause="Salle fermée", owner=Owner.CITY_IT)
    waits_since("Faire une étape, et le dire à qui l’écrit", 1)
    trained.update(planned_on=TODAY + DAY)  # its term is the day planned, blocked or not
    assert f"au plus tard le {day_text(TODAY + DAY)}" in client.get("/plan/accueil/").text


def test_a_plan_that_has_not_begun_leads_its_city_to_the_first_step(world, client, django_assert_max_num_queries):
    """Until the first call, nothing can wait for anybody."""
    city, agent, told = world.cities["marelle"], world.people["city_education"], []

    def said(name="city_education"):
        world.sign_in(client, name)
        with django_assert_max_num_queries(10):
            page = client.get("/plan/accueil/").text
        told.append("Aucun appel à candidatures n’est encore ouvert" in " ".join(page.split()))
        return re.findall(r'<a class="btn btn-main" href="([^"?]+)\?ville=marelle">', page.partition("<main")[2])

    assert said() == [reverse("ambitions:ambition_list")] and said("elected") == said("dsden") == []
    add_deck_ambitions(person=agent, city=city, now=NOW)
    assert said() == [reverse("applications:form_list")]
    draft = applications.start_revision(person=agent, city=city, now=NOW)
    assert said() == [reverse("applications:form_list")], "a draft is not published"
    form = applications.publish_revision(person=agent, revision=draft, now=NOW)
    assert said() == [reverse("applications:call_create")]
    given = {"school_year": "2026-2027", "title": "Appel", "criteria": "Un projet.", "form_revision": form}
    window = {"opens_at": NOW, "closes_at": NOW + 9 * DAY}
    applications.open_call(person=agent, city=city, now=NOW, **given, **window)
    assert said() == []
    assert told == [True, False, False, True, True, True, False], "a city may have receptions before a call"
