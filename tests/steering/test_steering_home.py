"""The steering home: who opens it, what it says, what it weighs, how many queries it asks."""

import gzip
import html
import io
import zipfile

import pytest

from preau.demo.plan_world import build_poitiers
from preau.insight.steering.queries import steering_of, title_of
from preau.places.models import School
from preau.plan.equipment import queries
from tests.plan.conftest import NOW, TODAY

HOME = "/pilotage/"


def many_schools(city, number=405):
    School.objects.bulk_create(
        School(city=city, name=f"École {n}", slug=f"ecole-{n}", kind="elementary", sort_key=f"ecole {n}")
        for n in range(number)
    )


@pytest.mark.parametrize("actor", ["city_education", "city_it", "city_finance", "elected"])
def test_the_city_opens_it(plan, client, actor):
    page = plan.sign_in(client, actor).get(HOME).content.decode()
    assert "Une école sur deux est équipée. Les plus fragiles attendent." in page
    assert ("lecture seule" in page) == (actor in ("city_finance", "elected"))


@pytest.mark.parametrize("actor", ["ia_dasen", "ia_dasen_deputy", "dsden", "dan"])
def test_the_state_reads_it_and_finds_nothing_to_write(plan, client, actor):
    page = plan.sign_in(client, actor).get("/pilotage/?ville=marelle").content.decode()
    assert "lecture seule" in page and "/plan/importer/" not in page and 'method="post"' not in page.split("<main")[1]


@pytest.mark.parametrize("actor", [None, "guardian", "teacher", "head", "ien", "parents_federation", "trainer"])
@pytest.mark.parametrize("path", [HOME, "/pilotage/ecoles.csv"])
def test_nobody_else_opens_it(plan, client, actor, path):
    response = plan.sign_in(client, actor).get(path)
    assert response.status_code == (302 if actor is None else 404)


def test_another_city_does_not_exist(plan, client):
    assert plan.sign_in(client, "elected").get("/pilotage/?ville=ailleurs").status_code == 404
    assert plan.sign_in(client, "city_education_far").get("/pilotage/?ville=marelle").status_code == 404


@pytest.mark.parametrize("more", [0, 405])
def test_ten_queries_and_thirty_kilobytes_at_45_and_450_schools(plan, client, more, django_assert_max_num_queries):
    many_schools(plan.cities["marelle"], more)
    plan.sign_in(client, "city_education")
    client.get(HOME)
    with django_assert_max_num_queries(10):
        page = client.get(HOME)
    assert len(gzip.compress(page.content)) < 30_000


def test_poitiers_shows_published_totals_and_gives_no_school_anything(plan, client, django_assert_max_num_queries):
    build_poitiers(city=plan.cities["ailleurs"], person=None, now=NOW)
    plan.sign_in(client, "city_education_far").get(HOME)
    with django_assert_max_num_queries(10):
        page = html.unescape(client.get(HOME).content.decode()).replace("\u00a0", " ")
    for text in ("<b>23</b>", "<b>161</b>", "1 677 000 €", "diaporama 2018", "+ 200,00 €", "environ 2 000 €"):
        assert text in page, text
    assert 'data-is="done"' not in page


def test_squares_bars_and_title_say_the_same_as_the_figures(plan):
    city = plan.cities["marelle"]
    steering = steering_of(queries.overview_of(city, School.objects.filter(city=city), TODAY))
    assert sum(g.equipped_count for g in steering.kinds) == 23 == sum(bar.total for bar in steering.bars)
    assert sum(len(g.schools) for g in steering.kinds) == 47
    assert [len(g.schools) for g in steering.groups] == [6, 6, 7, 6]
    assert steering.best_year.schools == 5


def test_the_title_follows_the_data(plan):
    city = plan.cities["marelle"]
    far = queries.overview_of(plan.cities["ailleurs"], School.objects.filter(city=plan.cities["ailleurs"]), TODAY)
    assert title_of(far, ()) == "Aucune réception n’est encore enregistrée."  # not known is not none
    done = School.objects.filter(city=city, name__in=["Le Doudou", "La Dînette"])
    assert title_of(queries.overview_of(city, done, TODAY), ()) == "Toutes les écoles sont équipées."
    few = School.objects.filter(city=city, name__in=["Le Doudou", "La Poupée", "Le Pantin"])
    assert title_of(queries.overview_of(city, few, TODAY), ()).replace("\u00a0", " ") == "1 école sur 3 est équipée."


def test_schools_leave_as_csv_and_ods(plan, client):
    plan.sign_in(client, "elected")
    text = client.get("/pilotage/ecoles.csv").content.decode("utf-8-sig")
    assert len(text.splitlines()) == 48 and "La Toupie" in text
    assert zipfile.is_zipfile(io.BytesIO(client.get("/pilotage/ecoles.ods").content))
