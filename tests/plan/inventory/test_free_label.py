"""A label printed in advance, scanned: who writes the inventory is told where to write the thing, others nothing."""

import re

import pytest
from django.urls import reverse

from preau.people.models import Mandate
from preau.places.models import School
from preau.plan.inventory.models import Asset
from preau.plan.inventory.rules import can_write_assets, schools_written_by
from tests.plan.conftest import TODAY
from tests.plan.inventory.conftest import LATE_TAG

NOTHING = "Aucun bien que vous suivez ne porte cette étiquette."
WRITERS = ("city_it", "dsden", "erun")
OTHERS = ("head", "teacher", "city_education", "city_finance", "elected", "ien", "dan", "guardian", "operator")


def label(tag=LATE_TAG):
    return reverse("inventory:asset_by_tag", args=[tag])


@pytest.mark.parametrize("actor", WRITERS)
def test_a_label_on_nothing_yet_leads_to_where_its_thing_is_written(stock, client, actor):
    page = stock.world.sign_in(client, actor).get(label())
    assert page.status_code == 404 and NOTHING in page.text
    (way,) = re.findall(rf'href="([^"]+)">{stock.school.name}<', page.text)
    form = client.get(way)
    assert f'value="{LATE_TAG}"' in form.text
    data = form.context["form"].initial | {
        "kind": "board",
        "label": "Tableau",
        "quantity": 1,
        "tag": f"{LATE_TAG[:3]} {LATE_TAG[3:]}".lower(),
        "received_on": TODAY.isoformat(),
        "funding": "unknown",
        "regime": "unknown",
    }
    told = client.post(way, data, follow=True)
    asset = Asset.objects.get(tag=LATE_TAG)
    assert told.status_code == 200 and "Imprimez leurs" not in told.text
    assert asset.school == stock.school and asset.received_on == TODAY
    assert client.get(label(), follow=True).context["asset"] == asset


@pytest.mark.parametrize("actor", OTHERS)
def test_to_others_a_label_on_nothing_is_no_page(stock, client, actor):
    stock.world.sign_in(client, actor)
    page = client.get(label())
    assert page.status_code == 404 and NOTHING not in page.text


def test_what_is_no_label_is_no_page(stock, client):
    stock.world.sign_in(client, "city_it")
    for text in ("A", "ACD2345", "ACD-23"):
        page = client.get(label(text))
        assert page.status_code == 404 and NOTHING not in page.text, text


def test_a_label_of_another_city_reads_as_one_on_nothing(stock, client):
    """The same page, sign for sign: nobody learns what another city holds."""
    Mandate.objects.filter(person=stock.world.people["city_it"]).update(city=stock.world.cities["ailleurs"])
    stock.world.sign_in(client, "city_it")
    pages = [(tag, client.get(label(tag)).text.split("<main")[1]) for tag in (LATE_TAG, stock.projector.tag)]
    free, held = (page.replace(tag, "") for tag, page in pages)
    assert NOTHING in free and free == held


def test_one_label_is_of_one_thing(stock, client):
    stock.world.sign_in(client, "city_it")
    data = {
        "kind": "board", "label": "Tableau", "quantity": 2, "tag": LATE_TAG, "funding": "unknown", "regime": "unknown",
    }  # fmt: skip
    way = reverse("inventory:delivery", args=[stock.school.pk])
    for more in ({}, {"quantity": 1, "serials": "A1\nA2"}, {"quantity": 1, "tag": stock.projector.tag}):
        assert client.post(way, data | more).status_code == 422, more
    assert not Asset.objects.filter(label="Tableau").exists()


def test_the_schools_one_writes_are_those_the_rule_opens(stock):
    schools = School.objects.filter(closed_on=None).select_related("city")
    for name, person in stock.world.people.items():
        opened = {school for school in schools if can_write_assets(person, school.city, school, TODAY)}
        assert set(schools_written_by(person, TODAY)) == opened, name
        assert bool(opened) is (name in WRITERS), name


def test_what_is_ordered_is_written_before_it_is_there(stock, client):
    stock.world.sign_in(client, "city_it")
    path = reverse("inventory:delivery", args=[stock.school.pk])
    ordered = {"kind": "tablet", "label": "Tablette commandée", "quantity": "2", "state": "expected", "due_on": TODAY,
               "received_on": TODAY, "funding": "unknown", "regime": "unknown"}  # fmt: skip
    assert client.post(path, ordered).status_code == 302
    made = Asset.objects.filter(label="Tablette commandée")
    assert set(made.values_list("state", "due_on", "received_on")) == {("expected", TODAY, None)}
    assert "Livraison prévue" in client.get(reverse("inventory:asset_detail", args=[made[0].pk])).content.decode()
    here = client.post(path, ordered | {"state": "deployed"})
    assert here.status_code == 422 and "videz cette date" in here.content.decode() and made.count() == 2
