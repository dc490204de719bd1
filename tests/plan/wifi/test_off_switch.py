"""How each access point goes off is declared by the city's IT, and read where the Wi-Fi is (standards.md §13)."""

import csv
import io

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from preau.kit.answers import Conflict, Refused
from preau.plan.inventory import actions as inventory
from preau.plan.inventory.models import Asset
from preau.plan.inventory.queries import history_of
from preau.plan.wifi import actions, queries
from tests.plan.wifi.conftest import TEN, at

pytestmark = pytest.mark.usefixtures("morning")
PAGES = ("school_wifi", "register")


def declare(point, off_switch, person=None, **facts):
    return inventory.declare_off_switch(person=person, asset=point, off_switch=off_switch, now=TEN, **facts)


def change(point):
    return reverse("inventory:asset_change", args=[point.pk, "extinction"])


def page_of(scene, client, name):
    return client.get(reverse(f"wifi:{name}", args=[scene.school.id])).content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_the_register_and_the_school_s_page_say_how_each_goes_off(scene, client, name):
    declare(scene.carried, "cart")
    scene.world.sign_in(client, "teacher")
    page = page_of(scene, client, name)
    carried, fixed = (page.split(point.shown_tag)[1].split("</tr>")[0] for point in (scene.carried, scene.fixed))
    assert "l’interrupteur du chariot" in carried and "Classe mobile" in carried
    assert "pas encore déclaré" in fixed and "Salle 2" in fixed
    assert [line.point.off_switch for line in queries.points_of(scene.school)] == ["", "cart"], "what lacks comes first"


def test_a_controller_that_never_told_is_not_taken_for_one_that_works(scene, client):
    declare(scene.fixed, "controller")
    scene.world.sign_in(client, "city_it")
    assert "contrôleur jamais entendu" in page_of(scene, client, "register")
    report = actions.Report(scene.fixed.tag, "off", at(9, 50))
    actions.receive_reports(city=scene.school.city, reports=[report], now=TEN)
    page = page_of(scene, client, "register")
    assert "contrôleur jamais entendu" not in page and "éteinte, " in page


def test_the_city_s_it_declares_it_from_the_page_of_the_access_point(scene, client):
    scene.world.sign_in(client, "city_it")
    detail = reverse("inventory:asset_detail", args=[scene.fixed.pk])
    assert change(scene.fixed) in client.get(detail).content.decode()
    form = client.get(change(scene.fixed)).content.decode()
    assert 'value="timer"' in form and 'value="cart"' not in form, "it lies in no cart"
    given = {"off_switch": "timer", "version": scene.fixed.version}
    page = client.post(change(scene.fixed), given, follow=True).content.decode()
    assert "une minuterie" in page and "extinction de la borne déclarée" in page
    late = client.post(change(scene.fixed), given | {"off_switch": "button"})
    assert late.status_code == 422 and "a changé entre-temps" in late.content.decode()
    assert Asset.objects.get(pk=scene.fixed.pk).off_switch == "timer"


@pytest.mark.parametrize("actor", ["city_education", "dsden", "erun", "head", "teacher"])
def test_nobody_else_declares_it(scene, client, actor):
    scene.world.sign_in(client, actor)
    assert client.post(change(scene.fixed), {"off_switch": "timer", "version": 1}).status_code == 403
    with pytest.raises(Refused):
        declare(scene.fixed, "timer", person=scene.world.people[actor])
    assert Asset.objects.get(pk=scene.fixed.pk).off_switch == ""


def test_only_access_points_and_the_cart_s_switch_only_in_a_cart(scene, client):
    with pytest.raises(Conflict, match="Seule une borne"):
        declare(scene.carried.cart, "button")
    with pytest.raises(Conflict, match="pas dans un chariot"):
        declare(scene.fixed, "cart")
    for wrong in ({"pk": scene.carried.cart_id, "off_switch": "button"}, {"pk": scene.fixed.pk, "off_switch": "cart"}):
        with pytest.raises(IntegrityError, match="off_switch"), transaction.atomic():
            Asset.objects.filter(pk=wrong["pk"]).update(off_switch=wrong["off_switch"])
    scene.world.sign_in(client, "city_it")
    assert client.get(change(scene.carried.cart)).status_code == 403


def test_out_of_its_cart_it_is_to_be_declared_again(scene):
    declare(scene.carried, "cart")
    moved = inventory.place_asset(person=None, asset=scene.carried, school=scene.school, room=scene.room, now=TEN)
    assert moved.off_switch == "" and Asset.objects.get(pk=moved.pk).off_switch == ""
    declare(scene.fixed, "button")
    inventory.place_asset(person=None, asset=scene.fixed, school=scene.school, room=scene.room, now=TEN)
    assert Asset.objects.get(pk=scene.fixed.pk).off_switch == "button", "its own switch goes with it"
    assert [what for what, _ in history_of(scene.fixed)].count("Extinction de la borne déclarée") == 1


def test_the_city_reads_how_many_are_still_to_declare_and_takes_it_away(scene, client):
    declare(scene.carried, "cart")
    scene.open(point=scene.carried)
    scene.world.sign_in(client, "city_it")
    page = client.get(reverse("wifi:wifi_home")).content.decode()
    assert "1 à déclarer</span>" in page and "tant qu’on ne sait pas ce qui l’éteint" in page
    (city,) = queries.wifi_of([scene.school], TEN)
    assert (city.points_count, city.undeclared_count) == (2, 1)
    table = client.get(reverse("wifi:wifi_export", args=["csv"])).content.decode("utf-8-sig")
    line = next(row for row in csv.DictReader(io.StringIO(table), delimiter=";") if row["UAI"] == scene.school.uai)
    assert (line["Bornes en service"], line["dont extinction non déclarée"]) == ("2", "1")
    register = client.get(reverse("wifi:register_export", args=[scene.school.id, "csv"])).content.decode("utf-8-sig")
    (window,) = csv.DictReader(io.StringIO(register), delimiter=";")
    assert window["Extinction de la borne"] == "l’interrupteur du chariot"
