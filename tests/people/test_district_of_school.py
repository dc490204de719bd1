"""The operator says which circonscription follows a school, a city's sheet having brought it without one."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.insight.usage.rules import schools_visible_to as read_by
from preau.journal.models import Entry
from preau.places import actions as places
from preau.places.models import District, School
from tests.world import TODAY


@pytest.fixture
def operator(world, client):
    return world.sign_in(client, "operator")


@pytest.fixture
def brought(world):
    """Two schools as the city's sheet makes them."""
    city = world.cities["marelle"]
    return [
        School.objects.create(city=city, name=f"École {name}", slug=name.lower(), kind="nursery")
        for name in ("Acacia", "Bouleau")
    ]


def page_of(school):
    return reverse("base_school_district", args=[school.pk])


def test_schools_without_a_circonscription_are_listed_first(operator, brought, world):
    School.objects.create(
        city=world.cities["marelle"], name="École Fermée", slug="fermee", kind="nursery", closed_on=TODAY
    )
    page = operator.get(reverse("base")).content.decode()
    assert "2\u00a0écoles sans circonscription" in page and "Circonscription Canari-district-north" in page
    first = page[: page.index("Canari-district-north")]
    assert all(page_of(school) in first for school in brought) and "École Fermée" not in first


def test_a_school_is_attached_and_its_ien_reads_it(operator, brought, world):
    acacia, bouleau = brought
    north = world.districts["north"]
    assert not read_by(world.people["ien"], TODAY).filter(pk=acacia.pk).exists()
    told = operator.post(page_of(acacia), {"district": north.pk, "others": [bouleau.pk]}, follow=True)
    assert "2 écoles\u00a0: l’IEN" in told.content.decode()
    assert {School.objects.get(pk=one.pk).district for one in brought} == {north}
    assert read_by(world.people["ien"], TODAY).filter(pk=acacia.pk).exists()
    lines = Entry.objects.filter(verb="school_attached_to_district")
    assert {line.object_id for line in lines} == {acacia.pk, bouleau.pk}
    assert "sans circonscription" not in operator.get(reverse("base")).content.decode()


def test_two_schools_of_one_name_are_told_apart_where_one_chooses(operator, brought, world):
    acacia, bouleau = brought
    for kind in ("elementary", "primary"):
        places.add_school(person=None, city=bouleau.city, name=bouleau.name, kind=kind, now=now())
    page = operator.get(page_of(acacia)).content.decode()
    assert all(f"Bouleau, {kind}" in page for kind in ("maternelle", "élémentaire", "primaire"))


def test_a_school_changes_circonscription_and_the_same_again_writes_nothing(operator, world):
    school = world.schools["tilleuls"]
    page = operator.get(page_of(school)).content.decode()
    assert f'<option value="{world.districts["north"].pk}" selected>' in page
    for _ in range(2):
        operator.post(page_of(school), {"district": world.districts["south"].pk})
    school.refresh_from_db()
    assert school.district == world.districts["south"]
    assert Entry.objects.filter(verb="school_attached_to_district").count() == 1


@pytest.mark.parametrize("answer", ["", "far", "nobody's"])
def test_only_a_circonscription_of_the_departement_is_taken(operator, brought, world, answer):
    chosen = {"": "", "far": world.districts["far"].pk, "nobody's": "0199c1d2-0000-7000-8000-000000000000"}[answer]
    page = operator.post(page_of(brought[0]), {"district": chosen})
    assert "choisissez" in page.content.decode()
    assert not School.objects.filter(pk__in=[one.pk for one in brought], district__isnull=False).exists()


def test_the_others_are_those_of_the_same_city_that_nothing_follows(operator, brought, world):
    acacia, _ = brought
    far = School.objects.create(city=world.cities["ailleurs"], name="École Loin", slug="l", kind="nursery")
    data = {"district": world.districts["north"].pk, "others": [far.pk]}
    assert "n’est plus dans la liste" in operator.post(page_of(acacia), data).content.decode()
    data["others"] = [world.schools["saules"].pk]  # follows the south already
    assert "n’est plus dans la liste" in operator.post(page_of(acacia), data).content.decode()
    assert School.objects.get(slug="saules").district == world.districts["south"]
    assert School.objects.get(pk=acacia.pk).district is None


def test_without_any_circonscription_the_page_says_what_to_add_first(operator, brought, world):
    School.objects.filter(district__department=world.departments["vienne"]).update(district=None)
    world.people["ien"].mandates.all().delete()
    for name in ("pedagogical_adviser", "erun"):
        world.people[name].mandates.all().delete()
    District.objects.filter(department=world.departments["vienne"]).delete()
    page = operator.get(page_of(brought[0])).content.decode()
    assert "Ajoutez d’abord une circonscription de ce département." in page and '<form class="form"' not in page


@pytest.mark.parametrize("name", ["head", "city_education", "ien", "dsden", "guardian"])
def test_attaching_a_school_is_the_operator_s(client, world, name):
    school = world.schools["tilleuls"]
    data = {"district": world.districts["south"].pk}
    assert world.sign_in(client, name).post(page_of(school), data).status_code == 403
    school.refresh_from_db()
    assert school.district == world.districts["north"]


def test_the_page_costs_the_same_whatever_waits(operator, world, brought, django_assert_max_num_queries):
    for number in range(20):
        School.objects.create(city=world.cities["marelle"], name=f"École {number}", slug=f"n{number}", kind="nursery")
    with django_assert_max_num_queries(10):
        operator.get(page_of(brought[0]))
