"""Where a school is: whole or not known, with its source, near its city, written by its city."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from preau.demo.plan_world import commune_rows
from preau.kit.answers import Refused
from preau.places.models import School
from preau.plan.premises import actions
from preau.plan.premises.forms import LocationForm
from tests.plan.premises.conftest import NOW


def read(text, others=()):
    """(what the form reads, its sentence)."""
    form = LocationForm({"point": text, "source": "carte"}, others=others)
    return (form.cleaned_data["point"], "") if form.is_valid() else (None, form.errors["point"][0])


@pytest.mark.parametrize(
    "text", ["46.58026, 0.34037", "46,58026 ; 0,34037", "46,58026\u00a0; 0,34037", "46.58026,0.34037"]
)
def test_coordinates_are_read_as_maps_write_them(text):
    assert read(text) == ((Decimal("46.58026"), Decimal("0.34037")), "")


@pytest.mark.parametrize(
    "text, said",
    [
        ("place du marché", "ne se lisent pas"), ("46,58026", "ne se lisent pas"), ("46,5,0,3", "ne se lisent pas"),
        ("96 ; 0,3", "n’est pas en France"), ("46 ; 190", "n’est pas en France"), 
        ("51,5 ; -0,1", "n’est pas en France"),
        ("0,34037 ; 46,58026", "La latitude s’écrit la première"),
    ],
)  # fmt: skip
def test_a_wrong_place_is_told_plainly(text, said):
    assert said in read(text, others=[(Decimal("46.58"), Decimal("0.35"))])[1]


def test_the_city_places_a_school_and_takes_it_back(school, world, client):
    world.sign_in(client, "city_it")
    url = reverse("premises:school_location", args=[school.id])
    assert "D’où elles viennent" in client.get(url).content.decode()
    assert "La source manque" in client.post(url, {"point": "46,58 ; 0,34"}).content.decode()
    page = client.post(url, {"point": "46,58 ; 0,34", "source": "cadastre"}, follow=True).content.decode()
    assert "46,58000\u00a0; 0,34000" in page and "cadastre" in page
    assert 'value="46,58000\u00a0; 0,34000"' in client.get(url).content.decode()
    assert "n’est pas connue" in client.post(url, {"point": ""}, follow=True).content.decode()


def test_nobody_else_places_a_school(school, world, client):
    for actor in ("head_other_school", "dsden", "elected"):
        with pytest.raises(Refused):
            actions.locate_school(
                person=world.people[actor], school=school, latitude=46, longitude=0, source="x", now=NOW
            )
        assert (
            world.sign_in(client, actor).post(reverse("premises:school_location", args=[school.id])).status_code == 403
        )
    assert School.objects.filter(latitude__isnull=False).count() == 0


@pytest.mark.parametrize(
    "facts",
    [{"latitude": 46}, {"latitude": 46, "longitude": 0}, {"latitude": 91, "longitude": 0, "location_source": "x"}],
)
def test_the_base_refuses_half_a_place(school, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        School.objects.filter(pk=school.pk).update(**facts)


def test_the_fictitious_commune_stands_on_the_sea():
    points = {(Decimal(row["latitude"]), Decimal(row["longitude"])) for row in commune_rows()}
    assert len(points) == 45
    assert all(46.45 < lat < 46.6 and -3.2 < lon < -3 for lat, lon in points)
