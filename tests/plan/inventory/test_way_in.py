"""From the inventory, the head of one school reaches her rooms and her counts; a list of several offers none."""

import pytest
from django.urls import reverse

from tests.plan.inventory.conftest import stock as stock

pytestmark = pytest.mark.django_db
LIST = "inventory:asset_list"


def ways(school):
    return [reverse(f"inventory:{name}", args=[school.pk]) for name in ("school_stock", "count_list")]


def test_the_list_of_one_school_leads_to_its_rooms_and_its_counts(stock, client):
    page = stock.world.sign_in(client, "head").get(reverse(LIST)).text
    for way in ways(stock.school):
        assert f'class="btn" href="{way}"' in page
        assert client.get(way).status_code == 200


def test_a_list_of_several_leads_there_once_one_is_chosen(stock, client):
    stock.world.sign_in(client, "city_it")
    whole, one = client.get(reverse(LIST)).text, client.get(f"{reverse(LIST)}?ecole={stock.school.pk}").text
    for way in ways(stock.school):
        assert f'class="btn" href="{way}"' not in whole and f'class="btn" href="{way}"' in one


def test_an_empty_inventory_is_no_search_without_an_answer(world, client):
    page = world.sign_in(client, "head").get(reverse(LIST)).text
    assert "Aucun bien n’est encore inscrit ici" in page and "cette recherche" not in page
    assert "L’informatique des" in page
    theirs = world.sign_in(client, "city_it").get(reverse(LIST)).text
    assert "sa page, local par local, reçoit les livraisons" in theirs and "L’informatique des\n" not in theirs
    assert "Aucun bien ne répond à cette recherche" in client.get(f"{reverse(LIST)}?q=introuvable").text
