"""The desk's pages: right lines for the right titles, each opening somewhere, at a flat cost."""

import re

import pytest
from django.urls import reverse

from preau.insight.usage.models import WeekUse
from preau.kit.dates import day_text
from preau.kit.rooms.doors import Page, declared
from preau.plan.applications import actions as applications
from preau.plan.desk import queries
from preau.plan.desk.queries.board import Row, Stage
from preau.plan.desk.queries.strengths import Fluidity, Passage
from preau.plan.equipment import actions as equipment
from preau.plan.loans import actions as loans
from preau.plan.loans.models import half_day_number
from preau.plan.rollouts.actions import record_acceptance
from tests.kept import kept
from tests.plan.days import due_on, next_monday
from tests.plan.desk.conftest import DAY, NOW, PENS, TODAY, Story
from tests.plan.loans.conftest import add_kits
from tests.texts import as_drawn

PARTNERS = (
    "teacher", "supply", "aesh", "atsem", "head", "city_education", "city_it", "city_finance", "elected", "ien",
    "pedagogical_adviser", "erun", "dsden", "dan", "ia_dasen", "ia_dasen_deputy", "trainer", "parents_federation",
)  # fmt: skip
# Who must act at each stage, and by what words.
AWAITED = {
    "written": [("head", "Finir la candidature"), ("teacher", "Finir la candidature"),
                ("head_other_school", "Candidater, ou non")],
    "filed": [("ien", "Rendre un avis")],
    "advised": [],
    "programmed": [("city_education", "Faire avancer le programme")],
    "under_way": [("city_it", "Avancer une étape")],
    "received": [("head", "Signer la réception pour l’école"), ("dan", "Avancer une étape")],
}  # fmt: skip


@pytest.fixture
def read(world, client):
    """read(actor, url name, **kwargs) → the page's text"""

    def read(name, url_name, status=200, query="", **kwargs):
        client.logout()
        world.sign_in(client, name)
        answer = client.get(reverse(url_name, kwargs=kwargs) + query, follow=True)
        assert answer.status_code == status, f"{name} {url_name}: {answer.status_code}"
        return as_drawn(answer.text) if status == 200 else ""

    return read


@pytest.mark.parametrize("stage", AWAITED)
def test_what_waits_for_each_title(story, read, stage):
    story.until(stage)
    for name, words in AWAITED[stage]:
        page = read(name, "desk:home")
        assert words in page, f"{name} at {stage}"


def test_each_awaited_line_opens_for_whom_it_awaits(world, story, client, read):
    story.until("received")
    add_kits(world.cities["marelle"])
    day = half_day_number(next_monday(TODAY), 0)
    loans.ask_for_kit(
        person=world.people["teacher"],
        school=story.school,
        kind="connected_objects",
        first=day,
        last=day,
        activity="Programmer",
        now=NOW,
    )
    opened = 0
    for name in PARTNERS:
        page = read(name, "desk:home")
        for address in re.findall(r'<th scope="row"><a href="([^"]+)"', page):
            assert client.get(address).status_code == 200, f"{name} {address}"
            opened += 1
    assert opened >= 4


def test_an_opinion_past_its_day_waits_for_a_delay_and_no_more_for_a_pen(story, read):
    story.until("filed")
    due_on(story.application.opinions.all(), TODAY.replace(year=TODAY.year - 1))
    page = read("ien", "desk:home")
    assert "Rendre un avis" not in page and "Faire donner un délai" in page
    assert "Donner un nouveau délai" in read("dsden", "desk:home")
    assert "nouveau délai" not in read("city_education", "desk:home")


def test_who_gives_the_delay_is_not_told_to_have_it_given(story, read):
    story.until("filed")
    story.give(story.application)
    due_on(story.application.opinions.all(), TODAY.replace(year=TODAY.year - 1))
    for name, asks in (("dsden", False), ("city_it", True)):
        page = read(name, "desk:home")
        assert ("Donner un nouveau délai" in page, "Faire donner un délai" in page) == (not asks, asks), name


def test_an_inspector_of_elsewhere_waits_for_nothing(story, read):
    story.until("filed")
    page = read("ien_other", "desk:home")
    assert "Rien ne vous attend" in page and "Tilleuls" not in page


@pytest.mark.parametrize("name", PARTNERS)
def test_every_page_that_opens_is_offered_and_no_other(client, read, name):
    page = read(name, "desk:home")
    pages = {each.label: reverse(each.url_name) for each in declared(Page)}
    offered = {label for label, url in pages.items() if f'<a href="{url}"' in page}  # among doors, or below
    opened = {label for label, url in pages.items() if client.get(url, follow=True).status_code == 200}
    assert offered == opened


@pytest.mark.parametrize("name", ("guardian", "pupil_cm2", "operator"))
def test_families_and_operators_have_no_desk(read, name):
    read(name, "desk:home", status=404)


STATES = {
    "written": ("dossier à l’école", "école"), "filed": ("dossier à l’avis", "IEN"),
    "advised": ("dossier à l’avis", "tous les avis sont rendus", ">DSDEN et DAN<"),
    "programmed": ("retenue", "Direction Éducation"),
    "under_way": ("en déploiement", "informatique"), "received": ("en déploiement", "formation de l’équipe", "DSDEN"),
    "served": ("à niveau", "kit v1"),
}  # fmt: skip


@pytest.mark.parametrize("stage", STATES)
def test_the_board_says_state_reason_and_holder(story, read, stage):
    story.until(stage)
    reader = "dsden"
    line = row_of(read(reader, "desk:board", query="?ville=marelle"), "Tilleuls")
    if stage == "written":  # a draft is the team's alone
        assert "équipement inconnu" in line  # this city records no reception: « pas encore » is not known
        return
    if stage == "served":
        equip_whole(story)
        line = row_of(read(reader, "desk:board", query="?ville=marelle"), "Tilleuls")
    for words in STATES[stage]:
        assert words.lower() in line.lower()


@kept
def equip_whole(story, classes=1):
    """The school has one class, the one received, unless told."""
    equipment.record_fact(
        person=None,
        city=story.school.city,
        school=story.school,
        measure="classes",
        value=classes,
        as_of=TODAY,
        source="essai",
        quality="declared",
        now=NOW,
    )


def row_of(page, school):
    return next(row for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL) if school in row)


def test_a_school_served_in_part_is_not_said_to_wait_for_its_roll_out(story, read):
    """Its candidature is over: what is left is the city's, since its last reception."""
    story.until("served")
    equip_whole(story, classes=2)
    line = row_of(read("dsden", "desk:board", query="?ville=marelle"), "Tilleuls").replace("\u00a0", " ")
    for words in (
        "équipée en partie",
        "1 classe reçue sur 2",
        f"{day_text(TODAY)}, 0 jour".replace("\u00a0", " "),
        "Direction Éducation",
    ):
        assert words.lower() in line.lower(), words


def test_a_file_that_awaits_one_opinion_more_is_with_all_three(story, read):
    story.until("filed")
    story.give(story.application)
    for authority, name in PENS[:3]:
        story.give(story.application, authority, name)
    line = row_of(read("dsden", "desk:board", query="?ville=marelle"), "Tilleuls")
    assert "DSDEN, DAN et Ville" in line and "tous les avis" not in line.lower()


def test_a_school_renewed_is_up_to_date_since_it_was(story, read):
    """Equipped long before, with the kit of then: that day is its story's."""
    for kit_day, label_day in ((900, 800), (90, 3)):
        kit = equipment.publish_kit_version(
            person=None,
            city=story.school.city,
            school_kind=story.school.kind,
            source="essai",
            now=NOW,
            lines=equipment.deck_lines(school_kind=story.school.kind),
            published_on=TODAY - kit_day * DAY,
        )
        record_acceptance(
            person=None,
            school=story.school,
            label="CP B",
            kit=kit,
            accepted_on=TODAY - label_day * DAY,
            source="essai",
            now=NOW,
        )
    equip_whole(story)
    line = row_of(read("dsden", "desk:board", query="?ville=marelle"), "Tilleuls")
    assert "à niveau" in line and "kit v2" in line.lower()
    assert day_text(TODAY - 3 * DAY) in line and day_text(TODAY - 800 * DAY) not in line


def test_elected_members_read_no_application_on_the_board(story, read):
    story.until("filed")
    page = read("elected", "desk:board")
    assert "Vous ne lisez pas les candidatures" in page
    assert "équipement inconnu" in row_of(page, "Tilleuls")


def test_a_blocked_step_is_the_reason(story, read):
    story.until("under_way")
    step = story.rollout.steps.get(kind="cabling")
    step.blocked_on, step.blocked_cause = TODAY, "Amiante dans la gaine"
    step.save()
    assert "Amiante dans la gaine" in row_of(read("city_it", "desk:board"), "Tilleuls")


def test_an_equipped_school_with_an_aged_kit_is_not_drawn_as_one_that_waits():
    assert Row(None, Stage.TO_RENEW, "", None, "").mark == "old"
    assert Row(None, Stage.WAITING_LIST, "", None, "").mark == "wait"


@pytest.mark.parametrize("extension", ("csv", "ods"))
def test_the_board_is_taken_away(story, read, world, client, extension):
    story.until("filed")
    world.sign_in(client, "dsden")
    answer = client.get(reverse("desk:board_export", kwargs={"extension": extension}))
    assert answer.status_code == 200 and len(answer.content) > 100


def test_the_story_goes_from_project_to_use(story, read):
    story.until("served")
    WeekUse.objects.create(
        city=story.school.city,
        school=story.school,
        week="2026-W47",
        visits_count=41,
        users_count=12,
        duration_seconds=900,
    )
    page = read("dsden", "desk:story", school_id=story.school.pk)
    told = [
        "Projet déposé", "Avis favorable, IEN", "Avis favorable, DSDEN", "1re de la liste priorisée", "Au programme",
        "Déploiement ouvert", "Réception", "Classe reçue", "Mise en service", "2026-W47",
    ]  # fmt: skip
    for words in told:
        assert words in page, words
    decided = page.replace("\u00a0", " ")
    assert "Candidature : retenue" in decided and "Candidature : déploiement ouvert" not in decided
    assert "Comité" in page[page.index("Au programme") :][:120], "a COPIL’s act is not the city’s"


def test_the_story_keeps_from_each_what_they_may_not_read(story, read):
    story.until("served")
    school = {"school_id": story.school.pk}
    assert "Avis favorable, DSDEN" not in read("head", "desk:story", **school)  # not released
    elected = read("elected", "desk:story", **school)
    assert "Projet déposé" not in elected and "Mise en service" in elected
    read("ien_other", "desk:story", status=404, **school)
    read("parents_federation", "desk:story", status=404, **school)
    read("guardian", "desk:story", status=404, **school)


def test_an_ambition_tells_its_projects(story, read):
    story.until("filed")
    served, other = story.ambitions[0], story.ambitions[1]
    assert "Tilleuls" in read("dsden", "desk:ambition_story", ambition_id=served.pk)
    assert "Tilleuls" not in read("dsden", "desk:ambition_story", ambition_id=other.pk)
    assert "Tilleuls" not in read("elected", "desk:ambition_story", ambition_id=served.pk)
    read("city_education_far", "desk:ambition_story", status=404, ambition_id=served.pk)


def test_an_ambition_counts_once_a_project_that_serves_two(story, read):
    story.until("written")
    story.application.ambitions.set(story.ambitions[:2])
    draft = read("head", "desk:ambition_story", ambition_id=story.ambitions[0].pk)
    story.be_filed()
    filed = read("dsden", "desk:ambition_story", ambition_id=story.ambitions[0].pk)
    for page in (draft, filed):
        assert page.split('class="log"')[1].count("<b>École Tilleuls") == 1
        assert "1 projet ou décision s’y rattache" in page.replace("\u00a0", " ")


def test_an_ambition_tells_the_title_that_was_filed(story, read):
    story.until("filed")
    applications.request_changes(person=story.who("ien"), application=story.application, text="Précisez.", now=NOW)
    type(story.application).objects.update(title="Canari-brouillon")
    page = read("dsden", "desk:ambition_story", ambition_id=story.ambitions[0].pk)
    assert "Raconter la science" in page and "Canari-brouillon" not in page


def test_an_ambition_tells_those_it_served_as_filed(story, read):
    story.until("written")
    served, other = story.ambitions[0], story.ambitions[1]
    assert "Tilleuls" in read("head", "desk:ambition_story", ambition_id=served.pk)
    story.be_filed()
    applications.request_changes(person=story.who("ien"), application=story.application, text="Précisez.", now=NOW)
    story.application.ambitions.set([other])
    assert "Tilleuls" in read("dsden", "desk:ambition_story", ambition_id=served.pk)
    assert "Tilleuls" not in read("dsden", "desk:ambition_story", ambition_id=other.pk)


def test_the_it_of_the_city_is_told_no_title(story, read):
    story.until("filed")
    for name, reads in (("city_education", True), ("city_it", False)):
        for page in (
            read(name, "desk:story", school_id=story.school.pk),
            read(name, "desk:ambition_story", ambition_id=story.ambitions[0].pk),
        ):
            assert "Tilleuls" in page and ("Raconter la science" in page) is reads, name
    assert "Projet déposé" in read("city_it", "desk:story", school_id=story.school.pk)


def test_strengths_are_measured_on_the_acts(story, read):
    story.until("served")
    page = read("city_education", "desk:strengths")
    assert "1 sur 1 dans l’ordre de la liste" in page.replace("\u00a0", " ")
    assert "0 jour" in page.replace("\u00a0", " ")  # filed and served the same day
    row = row_of(page, "Appel 2026")
    assert re.findall(r'data-label="(?:Volontaires|Écoles)">(\d+)', row) == ["1", "2"]


@pytest.mark.parametrize(
    ("name", "reads_files", "reads_lists"),
    [("city_education", True, True), ("dsden", True, True), ("elected", False, True), ("city_finance", False, False)],
)
def test_strengths_keep_from_each_what_they_may_not_read(story, read, world, client, name, reads_files, reads_lists):
    story.until("served")
    table = world.sign_in(client, name).get(reverse("desk:strengths_export", args=["csv"])).content.decode()
    page = read(name, "desk:strengths")
    assert ("Projet déposé le" in table, "Jours" in table) == (reads_files,) * 2
    assert (">Projet déposé<" in page, 'data-label="Jours"' in page, "du dépôt au service<" in page) == (
        reads_files,
    ) * 3
    assert ("Rang de la liste" in table, 'data-label="Rang de la liste"' in page) == (reads_lists,) * 2
    # « 1 sur 1 dans l’ordre » alone would tell the rank of the one school to who may not read it.
    assert ("dans l’ordre de la liste, soit" in page) is reads_lists
    assert {len(line.split(";")) for line in table.split("\r\n") if line} == {
        12 - 2 * (not reads_files) - 3 * (not reads_lists)
    }


def test_strengths_come_page_by_page_and_are_counted_over_all(story, read, monkeypatch):
    story.until("served")
    passages = tuple(Passage(story.school, TODAY - n * DAY, TODAY, True) for n in range(120))
    monkeypatch.setattr(queries, "fluidity_of", lambda entries: Fluidity(passages))
    for query, rows, lines in (("", 25, 1), ("?page=2", 25, 0), ("?page=5", 20, 0)):
        page = read("city_education", "desk:strengths", query=query).replace("\u00a0", " ")
        assert page.count('data-label="En service"') == rows and page.count('data-label="Place"') == lines
        assert "Médiane de 120 écoles" in page and "1 sur 1 dans l’ordre de la liste" in page


def test_strengths_before_anything_say_so(world, read):
    page = read("city_education", "desk:strengths")
    assert "Aucun appel n’a encore été ouvert" in page and "aucun programme arrêté" in page


QUERIES = (
    ("desk:home", "city_education"), ("desk:home", "city_it"), ("desk:home", "dsden"), ("desk:home", "head"),
    ("desk:board", "dsden"), ("desk:board", "ien"), ("desk:story", "dsden"), ("desk:strengths", "city_education"),
    ("desk:ambition_list", "teacher"), ("desk:ambition_story", "dsden"),
)  # fmt: skip


@pytest.mark.parametrize(("url_name", "name"), QUERIES)
def test_a_page_costs_ten_queries_at_most(story: Story, client, django_assert_max_num_queries, url_name, name):
    story.until("served")
    kwargs = {
        "desk:story": {"school_id": story.school.pk},
        "desk:ambition_story": {"ambition_id": story.ambitions[0].pk},
    }.get(url_name, {})
    story.world.sign_in(client, name)
    with django_assert_max_num_queries(10):
        assert client.get(reverse(url_name, kwargs=kwargs)).status_code == 200
