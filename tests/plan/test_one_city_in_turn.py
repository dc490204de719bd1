"""Who sees several cities reads their long lists one city at a time, so that a page costs the same whatever their
number; who sees one, or a school, reads all of it (issue 3, « cost flat to 450 schools »)."""

import datetime

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.people.queries import current_mandates
from preau.places.models import Building, City, Room, School
from preau.plan.equipment import actions as equipment
from preau.plan.equipment.rules import cities_to_choose
from preau.plan.inventory import actions as inventory
from preau.plan.rollouts import actions as rollouts
from preau.plan.wifi.models import WifiWindow
from tests.kept import kept
from tests.plan.wifi.conftest import WIFI
from tests.texts import as_drawn

PAGES = ("rollouts:rollout_list", "rollouts:rollout_board", "rollouts:rollout_calendar", "desk:year",
         "inventory:asset_list", "wifi:wifi_home", "premises:readiness_list", "desk:base_list")  # fmt: skip


@pytest.fixture
@kept
def neighbour(world):
    """A second city of the département, the first in the order of names; each has a school on its way and a thing."""
    city = City.objects.create(name="Acacias", slug="acacias", department=world.departments["vienne"])
    far = School.objects.create(name="École Acacia", slug="acacia", kind="primary", city=city, uai="0860009Z")
    for school in (far, world.schools["tilleuls"]):
        start(school)
    return far


def start(school):
    today = localdate()
    kit = equipment.publish_kit_version(
        person=None,
        city=school.city,
        school_kind=school.kind,
        source="diaporama",
        now=now(),
        lines=equipment.deck_lines(school_kind=school.kind),
        published_on=today - datetime.timedelta(days=9),
    )
    rollouts.open_rollout(
        person=None, school=school, kit=kit, classes_count=1, opened_on=today, planned={"ordered": today}, now=now()
    )
    inventory.receive_assets(
        person=None,
        school=school,
        delivery_ref="BL 1",
        now=now(),
        state="deployed",
        items=[inventory.Delivered("projector", f"Projecteur {school.city.name}", funding="city")],
    )


def read(client, name, query=""):
    response = client.get(reverse(name) + query)
    page = as_drawn(response.text)
    return page.partition("<main")[2].partition("</main>")[0] if response.status_code == 200 else ""


@pytest.mark.parametrize("name", PAGES)
def test_a_state_service_reads_one_city_at_a_time(world, client, neighbour, name):
    world.sign_in(client, "dsden")
    first, second = read(client, name), read(client, name, "?ville=marelle")
    assert "École Acacia" in first and "École Tilleuls" not in first
    assert "École Tilleuls" in second and "École Acacia" not in second
    assert 'ville=marelle"' in first and 'ville=acacias" aria-current="page"' in first
    assert client.get(reverse(name) + "?ville=ailleurs").status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_who_sees_one_city_or_a_school_reads_it_whole(world, client, neighbour, name):
    for actor in ("city_it", "head"):
        world.sign_in(client, actor)
        page = read(client, name)
        assert "École Tilleuls" in page and "ville=" not in page.replace("?ville=marelle", ""), actor


def test_the_city_of_who_works_for_one_is_known_without_asking(world, neighbour, django_assert_num_queries):
    agent, state = world.people["city_it"], world.people["dsden"]
    for person in (agent, state):
        current_mandates(person, localdate())
    with django_assert_num_queries(0):
        assert cities_to_choose(agent, localdate()) == [world.schools["tilleuls"].city]
    assert [city.slug for city in cities_to_choose(state, localdate())][:1] == ["acacias"]


def test_what_is_taken_away_is_what_the_page_shows(world, client, neighbour):
    world.sign_in(client, "dsden")
    for name in ("rollouts:rollout_export", "inventory:asset_export", "wifi:wifi_export", "premises:readiness_export"):
        table = client.get(reverse(name, args=["csv"])).content.decode()
        assert "École Acacia" in table and "École Tilleuls" not in table


def test_a_thing_is_searched_in_every_city(world, client, neighbour):
    world.sign_in(client, "dsden")
    found = read(client, "inventory:asset_list", "?q=projecteur")
    assert "Projecteur Acacias" in found and "Projecteur Marelle" in found
    school = world.schools["tilleuls"].pk
    assert "Projecteur Marelle" in read(client, "inventory:asset_list", f"?ecole={school}")


@pytest.mark.parametrize("name", ["wifi:wifi_home", "premises:readiness_list", "desk:base_list"])
def test_a_city_without_an_open_school_leads_to_the_others(world, client, neighbour, name):
    School.objects.filter(pk=neighbour.pk).update(closed_on=localdate() - datetime.timedelta(days=1))
    world.sign_in(client, "dsden")
    page = read(client, name)
    assert "École Acacia" not in page and 'class="empty"' in page and 'href="?ville=marelle"' in page


def test_wifi_on_elsewhere_is_not_counted_in_the_city_read(world, client, neighbour):
    school = world.schools["tilleuls"]
    room = Room.objects.create(building=Building.objects.create(school=school, name="Nord"), name="Salle 1", floor=0)
    WifiWindow.objects.create(
        city=school.city,
        school=school,
        room=room,
        activity="search",
        opened_at=now(),
        ends_at=now() + datetime.timedelta(hours=1),
    )
    world.sign_in(client, "dsden")
    assert f"Aucune séance de {WIFI} en ce moment" in read(client, "wifi:wifi_home")
    assert f"Le {WIFI} est allumé dans 1" in read(client, "wifi:wifi_home", "?ville=marelle")
