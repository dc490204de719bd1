"""The standard kit in force is shown whole; each other version has an address of its own."""

import pytest
from django.urls import reverse

from preau.plan.equipment import actions as equipment
from preau.plan.priorities.queries import kit_versions
from tests.kept import kept
from tests.plan.priorities.conftest import DAY, NOW, TODAY

pytestmark = pytest.mark.django_db
PAGE = "priorities:kit_list"


@pytest.fixture
@kept
def versions(scene):
    """A former version, the one in force, one to come; the nursery's own."""

    def publish(on, item, kind="elementary"):
        lines = [{**equipment.deck_lines(school_kind=kind)[0], "item": item}]
        return equipment.publish_kit_version(
            person=None, city=scene.city, school_kind=kind, lines=lines, published_on=on, source="essai", now=NOW
        )

    return [
        publish(TODAY - 20 * DAY, "Tableau ancien"),
        publish(TODAY, "Tableau présent"),
        publish(TODAY + 9 * DAY, "Tableau à venir"),
        publish(TODAY - 90 * DAY, "Tableau des petits", "nursery"),
    ]


def test_only_what_is_in_force_is_shown_whole(scene, versions, client):
    page = scene.world.sign_in(client, "elected").get(reverse(PAGE)).text
    assert "Tableau présent" in page and "Tableau des petits" in page
    assert "Tableau ancien" not in page and "Tableau à venir" not in page
    for kit in versions:
        assert page.count(reverse("priorities:kit_detail", args=[kit.pk])) == 1


def test_each_version_has_its_page_and_says_where_it_stands(scene, versions, client):
    scene.world.sign_in(client, "dsden")
    former, current, coming, nursery = versions
    states = {former: "remplacé le", current: ">en vigueur<", coming: ">en vigueur le", nursery: ">en vigueur<"}
    for kit, words in states.items():
        page = client.get(reverse("priorities:kit_detail", args=[kit.pk])).text
        title = page[page.index("<h1>") : page.index("<table")]
        assert kit.lines.get().item in page and words in title, kit
        found = {each: f'href="{reverse("priorities:kit_detail", args=[each.pk])}"' for each in versions}
        others = {each for each, link in found.items() if link in page}
        assert others == ({former, current, coming} - {kit} if kit != nursery else set())


def test_two_versions_of_one_day_replace_each_other(scene):
    first, second = scene.kit(), scene.kit()
    states = {each.kit: (each.is_current, each.replaced_on) for each in kit_versions(scene.city, TODAY)}
    assert states == {first: (False, second.published_on), second: (True, None)}


def test_a_version_stays_with_those_who_read_the_kits(scene, versions, client):
    for name in ("head_far", "guardian", "parents_federation", "city_education_far", "ien_other"):
        client.logout()
        scene.world.sign_in(client, name)
        assert client.get(reverse("priorities:kit_detail", args=[versions[0].pk])).status_code == 404, name


def test_versions_cost_the_same_however_many(scene, versions, client, django_assert_max_num_queries):
    scene.world.sign_in(client, "city_education")
    with django_assert_max_num_queries(10):
        client.get(reverse(PAGE))
    with django_assert_max_num_queries(10):
        client.get(reverse("priorities:kit_detail", args=[versions[0].pk]))
