"""Each page asks the base the same number of times for one school and for many."""

import re

import pytest
from django.urls import reverse

from preau.places.models import School
from preau.plan.equipment import actions as equipment
from preau.plan.rollouts import actions
from preau.plan.rollouts.views.boards import BY_COLUMN
from tests.kept import kept
from tests.plan.rollouts.conftest import NOW, START, receive
from tests.texts import as_drawn

MOST = 10
SCHOOLS = [f"École {number}" for number in range(12)]


@pytest.fixture
@kept
def many(world, ready):
    """Twelve more schools on their way."""
    lines = equipment.deck_lines(school_kind="elementary")
    kit = equipment.publish_kit_version(
        person=None,
        city=world.cities["marelle"],
        school_kind="elementary",
        lines=lines,
        published_on=START,
        source="diaporama",
        now=NOW,
    )
    for number, name in enumerate(SCHOOLS):
        school = School.objects.create(
            name=name, slug=f"ecole-{number}", kind="elementary", city=world.cities["marelle"]
        )
        actions.open_rollout(person=None, school=school, kit=kit, classes_count=1, opened_on=START, now=NOW)
    return kit


def pages(rollout, reception):
    whole = ("rollout_list", "rollout_board", "rollout_calendar", "reception_list")
    return [
        *(reverse(f"rollouts:{name}") for name in whole),
        reverse("rollouts:rollout_export", args=["csv"]),
        reverse("rollouts:rollout_detail", args=[rollout.id]),
        reverse("rollouts:reception_detail", args=[reception.id]),
    ]


def costs(client, addresses, count_queries):
    found = {}
    for address in addresses:
        with count_queries() as asked:
            assert client.get(address).status_code == 200
        found[address] = len(asked)
    return found


@pytest.fixture
def count_queries(django_assert_max_num_queries):
    return lambda: django_assert_max_num_queries(MOST)


@pytest.mark.long
def test_no_page_costs_more_for_more_schools(world, client, ready, request, count_queries):
    reception = receive(ready, reserve="Classe 2")
    for name in ("city_it", "head", "dsden"):
        world.sign_in(client, name)
        client.get("/aujourdhui/")  # the session's own first write
        few = costs(client, pages(ready, reception), count_queries)
        if name == "city_it":
            request.getfixturevalue("many")
        assert costs(client, pages(ready, reception), count_queries) == few


def test_the_kanban_shows_the_first_of_each_column_and_leads_to_all(world, client, many):
    """Its weight is that of its columns, whatever the schools under way; the list of a phase has every one."""
    world.sign_in(client, "city_it")
    board = as_drawn(client.get(reverse("rollouts:rollout_board") + "?ville=marelle").text)
    under_way = len([name for name in SCHOOLS if f">{name}<" in board])
    assert under_way == BY_COLUMN and "À préparer&nbsp;: 12" in board and "Voir les 12 écoles" in board
    link = re.search(r'href="([^"]*etat=preparation[^"]*)"', board).group(1).replace("&amp;", "&")
    listed = client.get(link).content.decode()
    assert "ville=marelle" in link and all(f">{name}<" in listed for name in SCHOOLS)
    weighed = len(client.get(reverse("rollouts:rollout_board")).content)
    for number in range(12, 40):
        actions.open_rollout(
            person=None,
            kit=many,
            classes_count=1,
            opened_on=START,
            now=NOW,
            school=School.objects.create(
                name=f"École {number}", slug=f"ecole-{number}", kind="elementary", city=world.cities["marelle"]
            ),
        )
    assert len(client.get(reverse("rollouts:rollout_board")).content) < weighed + 100


def test_two_persons_of_one_title_share_a_sentence_and_no_school(world, client, many):
    """What is kept from one page to the next names no city: each is asked with the reader's own."""
    own = reverse("rollouts:rollout_list")
    for name, sees in (("city_it", True), ("city_education_far", False), ("city_it", True), ("dsden", True)):
        world.sign_in(client, name)
        assert ("École 3" in client.get(own).content.decode()) == sees, name
    assert "École 3" not in client.get(own + "?ville=ailleurs").content.decode()
