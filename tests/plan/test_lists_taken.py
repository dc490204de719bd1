"""Lists of the plan to take away: the page's own lines, for its readers and no one else, in the same few queries."""

import pytest
from django.urls import reverse

from preau.kit.tables import read_table
from preau.plan.equipment.models import Fact
from tests.plan.desk.conftest import Story
from tests.rights import committees

# What leaves → its page, a reader, a word of the table, who finds nothing there.
TABLES = {
    "equipment:class_export": ("equipment:class_list", "dsden", "Tilleuls", "guardian"),
    "equipment:kit_export": ("priorities:kit_list", "city_education", "par classe", "guardian"),
    "equipment:fact_export": ("equipment:fact_list", "city_education", "'=SOMME(A1)", "guardian"),
    "studies:comparison_export": ("studies:comparison_list", "dsden", "", "head"),
    "studies:cohort_export": ("studies:cohort_list", "elected", "", "head"),
}


@pytest.fixture
def filled(world):
    Story(world).until("served")
    committees.comparison(world), committees.cohort(world)
    Fact.objects.create(
        city=world.cities["marelle"], measure="equipped_schools", value=3, as_of="2026-01-05", source="=SOMME(A1)",
        quality="declared",
    )  # fmt: skip
    return world


@pytest.mark.parametrize("address", TABLES)
def test_a_list_leaves_as_its_readers_read_it(filled, client, address, django_assert_max_num_queries):
    page, reader, word, stranger = TABLES[address]
    args = []
    filled.sign_in(client, reader)
    assert reverse(address, args=[*args, "ods"]) in client.get(reverse(page, args=args)).text
    for extension in ("csv", "ods"):
        table = read_table(f"t.{extension}", client.get(reverse(address, args=[*args, extension])).content)
        cells = [cell for line in table.rows for cell in line.cells]
        assert table.rows and any(word in cell for cell in cells), cells
    with django_assert_max_num_queries(10):
        client.get(reverse(address, args=[*args, "csv"]))
    client.logout()
    filled.sign_in(client, stranger)
    assert client.get(reverse(address, args=[*args, "csv"])).status_code == 404
