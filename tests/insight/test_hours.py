"""Hours of pupils on the equipment: counted once, masked under five, the same on every page."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.lessons import actions as lessons
from preau.ent.lessons.models import Device, LessonMonth
from preau.insight.hours import queries
from preau.insight.hours.queries import Hours, priority_groups, protected
from preau.insight.hours.story import HOURS
from preau.kit.dates import school_year_label
from preau.places.models import School
from preau.plan.equipment.queries import Amounts, overview_of
from tests.ent.lessons.acts import enter, join, open_lesson
from tests.insight.hours_rows import MONTH, TODAY, month

pytestmark = pytest.mark.django_db


def text(page):
    drawn = re.sub("<[^>]*>", "", page.text.replace("&nbsp;", " ").replace("\xa0", " "))
    return " ".join(drawn.split())


@pytest.mark.long
def test_a_session_is_counted_as_it_closes_with_its_kit_and_without_names(plan):
    teacher, adam = plan.people["teacher"], plan.people["child_adam"]
    lesson, tablet = open_lesson(plan, activity="page"), Client()
    lessons.note_means(person=teacher, lesson=lesson, now=now(), kit_label="Chariot bleu", kit_id=adam.pk)
    enter(tablet, join(lesson, tablet, accepted_by=teacher), adam)
    at = now()
    Device.objects.update(entered_at=at - datetime.timedelta(minutes=30))
    lessons.close_lesson(person=teacher, lesson=lesson, now=at)
    lessons.close_lesson(person=teacher, lesson=open_lesson(plan), now=now())  # nobody came: it is no use
    row = LessonMonth.objects.get()
    assert (row.lessons_count, row.pupil_seconds, row.most_pupils) == (1, 1800, 1)
    assert (row.month, row.kit_label, row.activity) == (MONTH, "Chariot bleu", "page")


def test_one_masked_part_is_never_found_by_a_subtraction():
    few, some, many = Hours(2, 900, 3), Hours(3, 7200, 8), Hours(9, 90_000, 22)
    shown = protected({"few": few, "some": some, "many": many})
    assert [shown[key].is_masked for key in ("few", "some", "many")] == [True, True, False]
    assert protected({"some": some, "many": many})["some"].said == "2\xa0h\xa000"
    assert not any(hours.is_masked for hours in protected({"many": many, "none": Hours()}).values())


def test_a_school_reads_of_itself_what_its_city_reads_of_it(plan, client):
    tilleuls, saules = plan.schools["tilleuls"], plan.schools["saules"]
    month(tilleuls, kit="a", hours=30), month(tilleuls, kit="b", most=3, hours=1), month(tilleuls, hours=12)
    month(saules, most=4, hours=2)
    city = queries.city_hours(tilleuls.city, TODAY)
    assert city.of(tilleuls.pk).gives_away and city.of(saules.pk).is_masked and city.total.text == "45\xa0h"
    for actor in ("city_education", "head", "teacher", "ien"):
        page = text(plan.sign_in(client, actor).get(reverse("desk:story", args=[tilleuls.pk])))
        assert "le nombre d’heures est masqué" in page and "43 h" not in page, actor
        assert "Chariot a : 30 h" in page and "Chariot b : moins de 5 élèves, masqué" in page, actor
        assert "12 h" not in page, actor  # the rest would tell chariot b
    story = plan.sign_in(client, "trainer").get(reverse("desk:story", args=[tilleuls.pk]))
    assert story.status_code == 200 and "Chariot a" not in story.text and "tablettes" not in story.text
    assert HOURS not in {line.kind for line in story.context["story"].lines}  # nor are they read of the base
    page = text(plan.sign_in(client, "city_education").get("/pilotage/heures/"))
    assert "45 h d’élèves au travail" in page and page.count("43 h") == page.count("2 h 00") == 0
    assert f"Chariot a, {tilleuls.name}" in page


def test_home_page_dossier_and_table_say_the_same(plan, client):
    city = plan.cities["marelle"]
    schools = list(School.objects.filter(city=city).order_by("name")[:3])
    for school, hours in zip(schools, (100, 40, 9), strict=True):
        month(school, hours=hours)
    month(schools[0], hours=51, lessons=2, month=MONTH.replace(year=MONTH.year - 2))
    overview = overview_of(city, School.objects.filter(city=city), TODAY)
    figures = queries.told_of(city, overview, TODAY)
    used = sum(school.is_equipped for school in overview.situation.schools if school.id in {s.pk for s in schools})
    assert (figures.hours.total.text, figures.used_count) == ("149\xa0h", used)
    assert figures.cost == overview.situation.paid.over(200)  # all that was paid, all hours ever counted
    rows = {row["label"]: row["value"] for row in queries.figures_of(city, overview, TODAY)}
    plan.sign_in(client, "city_education")
    for page in (text(client.get("/pilotage/")), text(client.get("/pilotage/heures/"))):
        assert "149 h d’élèves au travail, en 12 séances" in page
        assert (f"dans {used} sur 23 écoles équipées" if used else "dans une école équipée, sur 23") in page
        assert str(figures.cost).replace("\xa0", " ") in page
    year = school_year_label(TODAY)
    assert rows[f"heures-élèves, année scolaire {year}, en 12\xa0séances sur tablettes ou ordinateurs"] == "149\xa0h"
    assert str(figures.cost) in rows.values()


def test_nothing_counted_is_not_zero(plan, client):
    page = text(plan.sign_in(client, "city_education").get("/pilotage/"))
    assert "Aucune séance sur tablettes n’est comptée" in page and " 0 h" not in page
    city = plan.cities["marelle"]
    overview = overview_of(city, School.objects.filter(city=city), TODAY)
    assert [row["value"] for row in queries.figures_of(city, overview, TODAY)] == ["aucune séance comptée"]
    assert queries.city_hours(city, TODAY).cost_of(Amounts(ttc=100)) is None


def test_the_page_asks_ten_queries_whatever_the_sessions(plan, client, django_assert_max_num_queries):
    for number, school in enumerate(School.objects.filter(city=plan.cities["marelle"])):
        for kit in "abc":
            month(school, kit=f"{kit}{number}", hours=number + 1)
    plan.sign_in(client, "city_education")
    for page in ("/pilotage/heures/", "/pilotage/heures/?annee=2020-2021", "/pilotage/"):
        client.get(page)
        with django_assert_max_num_queries(10):
            assert client.get(page).status_code == 200


@pytest.mark.parametrize("actor", ["guardian", "teacher", "head", "ien", "parents_federation"])
def test_who_does_not_steer_the_city_opens_no_page_of_it(plan, client, actor):
    plan.sign_in(client, actor)
    assert {client.get(f"/pilotage/heures{end}").status_code for end in ("/", ".csv")} == {404}


def test_schools_of_priority_education_are_told_apart_and_the_unknown_named(plan):
    city = plan.cities["marelle"]
    schools = overview_of(city, School.objects.filter(city=city), TODAY).situation.schools
    codes = {schools[0].id: 2, schools[1].id: 0}
    found = {label: len(members) for label, members in priority_groups(schools, codes)}
    rest = len(schools) - 2
    assert found == {"REP+": 1, "Hors éducation prioritaire": 1, "Éducation prioritaire non renseignée": rest}
    assert priority_groups(schools, {}) == ()
