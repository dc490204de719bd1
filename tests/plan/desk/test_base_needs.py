"""The State's « socle numérique » beside what is noted, class by class: what lacks shows, a nursery is not asked."""

import pytest
from django.urls import reverse

from preau.places.models import School
from preau.plan.desk import queries
from preau.plan.inventory import actions
from preau.plan.inventory.actions import Delivered
from preau.plan.premises.models import Cabling
from tests.plan.inventory.conftest import NOW, TODAY
from tests.texts import as_drawn


def base_of(stock):
    return queries.bases_of([stock.school], TODAY)[0]


def receive(stock, kind, room=None):
    return actions.receive_assets(
        person=None, school=stock.school, room=room, items=[Delivered(kind, kind)], delivery_ref="", now=NOW
    )


def test_a_class_has_it_whole_only_with_each_line_of_its_own(stock):
    """The cart that stands in the room gives its laptops to nobody in particular."""
    (cm2, cpb) = base_of(stock).classes
    assert (cm2.room, cm2.has, cpb.has) == ("Salle cm2", (False, False, False), (True, False, False))
    receive(stock, "laptop", stock.rooms["cpb"])
    Cabling.objects.create(school=stock.school, scope="room", room=stock.rooms["cpb"], done_on=TODAY)
    base = base_of(stock)
    assert base.complete_count == 1 and base.classes[1].has == (True, True, True)
    assert base.lacking == [("Vidéoprojecteur", 1), ("Ordinateur portable", 1), ("Internet", 1)]


def test_what_classes_share_is_counted_apart(stock):
    receive(stock, "laptop", stock.rooms["cpb"])
    before = dict(base_of(stock).shared)
    assert before["Lot de tablettes ou de portables"] == 7, "the cart's, not the class's own"
    assert base_of(stock).lacking_to_share == ["Prise d’images", "Micro", "Enceintes", "Imprimante de la direction"]
    for kind in ("camera", "microphone", "sound", "printer"):
        receive(stock, kind)
    assert base_of(stock).lacking_to_share == [] and dict(base_of(stock).shared)["Visualiseur, facultatif"] == 0
    actions.report_missing(person=None, asset=receive(stock, "microphone")[0], now=NOW)
    assert dict(base_of(stock).shared)["Micro"] == 1, "what is missing is not there"


def test_the_pages_and_the_table_say_what_lacks(stock, client):
    stock.world.sign_in(client, "head")
    page = client.get(reverse("desk:school_base", args=[stock.school.pk])).content.decode()
    # Two rooms without a laptop, one without a projector; no cable at all is noted, so nobody says that it lacks.
    assert page.count("manque</span>") == 3 and page.count(">inconnu</span>") == 2
    listed = client.get(reverse("desk:base_list")).content.decode()
    assert "ce qui n’y est pas s’y compte comme manquant" in listed, "what was received and not listed lacks here"
    assert reverse("desk:school_base", args=[stock.school.pk]) in listed and "imprimante de la direction" in listed
    rows = client.get(reverse("desk:base_export", args=["csv"])).content.decode().splitlines()
    assert any("Salle cpb;oui;non;inconnu" in row for row in rows)


def test_a_school_of_which_nothing_is_noted_has_no_zero(stock, client):
    """Poitiers: 0 room, 0 lacking, « manque à partager »: nobody had said any of it."""
    blank = School.objects.create(name="Vierge", slug="vierge", kind="primary", city=stock.school.city)
    (base,) = queries.bases_of([blank], TODAY)
    assert base.complete_count is base.lacking_to_share is None
    assert [count for _, count in base.lacking] == [None, None, None]
    stock.world.sign_in(client, "city_it")
    line = as_drawn(client.get(reverse("desk:base_list")).text).split("Vierge</a>")[1].split("</tr>")[0]
    assert line.count("inconnu") == 6 and ">0<" not in line
    page = client.get(reverse("desk:school_base", args=[blank.pk])).content.decode()
    assert "inconnu" in page and "aucun bien noté" not in page


def test_a_nursery_school_is_not_asked_of(stock, client):
    School.objects.filter(pk=stock.school.pk).update(kind="nursery")
    stock.world.sign_in(client, "city_it")
    page = client.get(reverse("desk:school_base", args=[stock.school.pk])).content.decode()
    assert "une école maternelle n’y est pas" in page
    listed = client.get(reverse("desk:base_list")).content.decode()
    assert reverse("desk:school_base", args=[stock.school.pk]) not in listed


@pytest.mark.parametrize("actor", ["guardian", "parents_federation", "teacher_other_school"])
def test_strangers_find_nothing(stock, client, actor):
    stock.world.sign_in(client, actor)
    assert client.get(reverse("desk:school_base", args=[stock.school.pk])).status_code == 404


def test_ten_queries_whatever_the_number_of_schools(stock, client, django_assert_max_num_queries):
    stock.world.sign_in(client, "city_it")
    counts = []
    for more in range(2):
        for number in range(8 * more):
            School.objects.create(
                name=f"Autre {number}", slug=f"autre-{number}", kind="primary", city=stock.school.city
            )
        client.get(reverse("desk:base_list"))
        with django_assert_max_num_queries(10) as found:
            client.get(reverse("desk:base_list"))
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_a_page_of_many_schools_reads_what_a_page_of_few_does(stock):
    """Above some number of schools the sentence is written each time: same rows."""
    receive(stock, "laptop", stock.rooms["cpb"])
    others = [School(name=f"A {n}", slug=f"a-{n}", sort_key=f"a {n}", city=stock.school.city) for n in range(70)]
    School.objects.bulk_create(others)
    few = queries.bases_of([others[0], stock.school], TODAY)
    many = queries.bases_of([*others, stock.school], TODAY)
    assert [few[0], few[-1]] == [many[0], many[-1]] and len(few[-1].classes) == 2
