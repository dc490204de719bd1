"""A school in a laboratory reads what it tries, its days and its review once both have signed; no other school does."""

import pytest
from django.urls import reverse

from preau.plan.governance import actions as sessions
from preau.plan.governance.models import Committee
from preau.plan.studies import actions
from preau.plan.studies.rules import cohorts_to_review_by, cohorts_visible_to
from tests.plan.governance.conftest import NOW, TODAY
from tests.plan.governance.test_studies import cohort as cohort_of_six
from tests.plan.governance.test_studies import comparison as options_of_two
from tests.plan.governance.test_studies import settle

pytestmark = pytest.mark.django_db
cohort, comparison = cohort_of_six, options_of_two
AIM, DRAFT, OPINION = "Essayer un espace", "Canari-bilan", "Canari-avis-cotech"
TEAM = ("head", "teacher", "aesh", "supply")
OTHERS = ("head_other_school", "head_far", "teacher_other_school", "guardian", "animator", "parents_federation")


def read(stage, client, name, cohort):
    return stage.world.sign_in(client, name).get(reverse("studies:cohort_detail", args=[cohort.pk]))


def sign(stage, cohort, name):
    actions.write_review(person=stage.who(name), cohort=cohort, text=f"{DRAFT} {name}", answers={}, now=NOW)
    actions.sign_review(person=stage.who(name), cohort=cohort, now=NOW)


def test_its_team_is_led_to_it_from_the_plan_and_no_other(stage, cohort, client):
    home, way = reverse("desk:home"), reverse("studies:cohort_list")
    for name in TEAM:
        client = stage.world.sign_in(client, name)
        assert f'href="{way}"' in client.get(home).text, name
        assert cohort.name in client.get(way).text, name
        page = read(stage, client, name, cohort)
        assert page.status_code == 200 and AIM in page.text and "Ouvrir un laboratoire" not in page.text
        assert list(cohorts_visible_to(stage.who(name), TODAY)) == [cohort]
    for name in OTHERS:
        client = stage.world.sign_in(client, name)
        assert f'href="{way}"' not in client.get(home).text, name
        assert client.get(way).status_code == 404 and read(stage, client, name, cohort).status_code == 404, name


def test_its_team_lists_no_other_laboratory_of_the_city(stage, cohort, client):
    said = {"aim": "Autre essai", "starts_on": cohort.starts_on, "questions": [], "now": NOW}
    schools = [stage.world.schools["saules"]]
    actions.open_cohort(
        person=stage.secretary, city=stage.city, name="Canari-autre", ends_on=cohort.ends_on, schools=schools, **said
    )
    pages = reverse("studies:cohort_list"), reverse("studies:cohort_export", args=["csv"])
    for name, reads in (("head", False), ("teacher", False), ("head_other_school", True), ("dsden", True)):
        client = stage.world.sign_in(client, name)
        for page in pages:
            text = client.get(page).content.decode()
            assert ("Canari-autre" in text) is reads and (cohort.name in text) is (name != "head_other_school"), name


def test_the_review_is_read_by_the_team_once_both_have_signed(stage, cohort, client):
    sign(stage, cohort, "city_education")
    page = read(stage, client, "head", cohort).text
    assert DRAFT not in page and "quand la Ville et l’Éducation nationale l’ont signé" in page
    assert DRAFT in read(stage, client, "dsden", cohort).text
    sign(stage, cohort, "dsden")
    page = read(stage, client, "head", cohort).text
    assert f"{DRAFT} city_education" in page and f"{DRAFT} dsden" in page and "bilan/" not in page


def test_the_team_reads_what_the_copil_decides_and_not_the_opinion_of_the_cotech(stage, cohort, client):
    sign(stage, cohort, "city_education")
    sign(stage, cohort, "dsden")
    cohort.refresh_from_db()
    settle(stage, stage.cotech, cohort, text=OPINION)
    settle(stage, stage.copil, cohort, choice="extend", reason="Les maîtres le demandent.")
    story = reverse("desk:story", args=[stage.world.schools["tilleuls"].pk])
    for name, hears in (("head", False), ("dsden", True)):
        page = read(stage, client, name, cohort).text
        assert "Les maîtres le demandent." in page and (OPINION in page) is hears, name
        told = client.get(story).text
        assert "le COPIL décide d’étendre" in told and (OPINION in told) is hears, name


def test_a_team_costs_no_more_than_ten_queries(stage, cohort, client, django_assert_max_num_queries):
    stage.world.sign_in(client, "teacher")
    detail = reverse("studies:cohort_detail", args=[cohort.pk])
    for page in (reverse("desk:home"), reverse("studies:cohort_list"), detail):
        client.get(page)
        with django_assert_max_num_queries(10):
            assert client.get(page).status_code == 200


def test_a_laboratory_that_is_over_waits_for_each_authority_then_for_both_committees(stage, cohort, client):
    """Nothing else calls for its review, its opinion, its decision: each is written where one arrives."""
    review, cotech, copil = "bilan du laboratoire", "ordre du jour du COTECH", "ordre du jour du COPIL"

    def waits(name):
        page = stage.world.sign_in(client, name).get(reverse("desk:home")).text
        return [words for words in (review, cotech, copil) if words in page]

    def assert_waits(**wanted):
        assert {name: waits(name) for name in wanted} == wanted

    assert_waits(city_education=[review], city_it=[review], dan=[review], elected=[], city_finance=[], head=[])
    sign(stage, cohort, "city_education")
    assert_waits(city_education=[], city_it=[], dsden=[review])
    sign(stage, cohort, "dsden")
    assert_waits(city_education=[cotech], dsden=[], city_it=[], city_education_far=[])
    cohort.refresh_from_db()
    settle(stage, stage.cotech, cohort, text=OPINION)
    assert_waits(city_education=[copil], dsden=[])
    settle(stage, stage.copil, cohort, choice="extend", reason="Les maîtres le demandent.")
    assert_waits(city_education=[])


def test_only_what_is_over_and_not_signed_waits_for_a_review(stage, cohort):
    def waits(name="city_education"):
        return list(cohorts_to_review_by(stage.who(name), TODAY))

    assert waits() == waits("dan") == [cohort]
    actions.write_review(person=stage.who("dsden"), cohort=cohort, text=DRAFT, answers={}, now=NOW)
    assert waits("dsden") == [cohort], "written, and not signed"
    type(cohort).objects.update(ends_on=TODAY)
    assert waits() == [], "its last day"
    type(cohort).objects.update(ends_on=cohort.ends_on, state="reviewed")
    assert waits() == []


def test_without_a_committee_a_reviewed_laboratory_leads_to_install_one(stage, cohort, client):
    sign(stage, cohort, "city_education")
    sign(stage, cohort, "dsden")
    Committee.objects.filter(city=stage.city).update(city=stage.world.cities["ailleurs"])
    page = stage.world.sign_in(client, "city_education").get(reverse("desk:home")).text
    assert "Installer le COTECH, qui doit donner son avis" in page and "Installer le COPIL" not in page
    place = f"copil-{stage.city.pk}"
    address = reverse("governance:committee_home")
    assert f'href="{address}#{place}"' in page and f'id="{place}"' in client.get(address).text


def test_options_heard_by_the_cotech_wait_for_the_copil(stage, comparison, client):
    settle(stage, stage.cotech, comparison, text="Le second.")
    home = reverse("desk:home")
    assert "ordre du jour du COPIL" not in stage.world.sign_in(client, "city_education_far").get(home).text
    assert "ordre du jour du COPIL" in stage.world.sign_in(client, "city_education").get(home).text
    second = comparison.options.get(position=2)
    settle(stage, stage.copil, comparison, choice=str(second.pk), reason="Plus simple.")
    assert "ordre du jour du COPIL" not in client.get(home).text


def test_what_was_on_the_agenda_of_a_cancelled_session_waits_again(stage, cohort, comparison, client):
    """At each of its steps: before the COTECH, then before the COPIL."""
    home = reverse("desk:home")

    def assert_waits_again(committee, linked, kind):
        words = f"ordre du jour du {committee.get_kind_display()}"
        session = stage.session("convened", committee=committee, item={"object_kind": kind, "object_id": linked.pk})
        assert words not in stage.world.sign_in(client, "city_education").get(home).text
        sessions.cancel_session(person=stage.secretary, session=session, reason="Grève.", now=NOW)
        assert words in client.get(home).text

    for name in ("city_education", "dsden"):
        sign(stage, cohort, name)
    assert_waits_again(stage.cotech, cohort, "cohort")
    settle(stage, stage.cotech, cohort, text=OPINION)
    assert_waits_again(stage.copil, cohort, "cohort")
    settle(stage, stage.copil, cohort, choice="extend", reason="Les maîtres le demandent.")
    settle(stage, stage.cotech, comparison, text="Le second.")
    assert_waits_again(stage.copil, comparison, "comparison")
