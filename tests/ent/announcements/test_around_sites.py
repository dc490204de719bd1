"""What the team of a périscolaire site reads of the city's words, and whose families its manager follows."""

import datetime

import pytest
from django.urls import reverse

from preau.people.models import Mandate, Role
from preau.schools.models import ActivityEnrolment
from tests.ent.announcements.acts import CANTEEN, send, shown, told
from tests.world import BEFORE, TODAY

pytestmark = pytest.mark.django_db
URGENT = {"level": "urgent", "urgent_reason": "plus d’eau", "text": "Pas de cantine."}


def test_a_site_reads_what_the_city_says_to_the_families_around_it(canteens, client, django_assert_max_num_queries):
    world, home, list_url = canteens, "/aujourdhui/", reverse("announcements:mine")
    for_all = send(world, title="Fermée jeudi", **URGENT)
    here = send(world, title="Grève aux Tilleuls", schools=["tilleuls"], **URGENT)
    calm = send(world, title="Une fête", schools=["tilleuls"])
    teams = send(world, title="Aux équipes", readers="teams")
    team, door = ("site_manager", "animator", "canteen"), f'href="{list_url}"'
    for who in (*team, "site_manager_other"):
        read = (for_all, here, calm) if who in team else (for_all,)
        client = world.sign_in(client, who)
        with django_assert_max_num_queries(10):
            at_home = client.get(home).text
        with django_assert_max_num_queries(10):
            listed = client.get(list_url).text
        for one in (for_all, here, calm, teams):
            is_shown = one.title in at_home, one.title in listed
            assert is_shown == (one in read and one != calm, one in read), (who, one.title)
            found = shown(world, client, who, "announcement_detail", one)
            assert found.status_code == (200 if one in read else 404) and (one not in read or one.text in found.text)
        assert door in at_home and "Élèves à joindre" not in listed and "J’ai lu" not in found.text
    assert not told(world, for_all) & {*team, "site_manager_other"}
    for one in (for_all, here):
        one.publication.published_at -= datetime.timedelta(days=2)
        one.publication.save()
    assert "Grève" not in world.sign_in(client, "site_manager").get(home).text
    assert "Grève" in client.get(list_url).text
    assert "Grève" not in world.sign_in(client, "city_it").get(home).text
    assert shown(world, client, "city_it", "announcement_detail", here).status_code == 404


def test_a_site_apart_from_any_school_reads_what_is_said_to_those_whose_children_it_receives(canteens, client):
    world, site = canteens, canteens.afterschools["tilleuls"]
    site.school = None
    site.save(update_fields=["school"])
    here = send(world, title="Fermée aux Tilleuls", schools=["tilleuls"], **URGENT)
    elsewhere = send(world, title="Fermée aux Saules", schools=["saules"])
    served = send(world, title="Pas de repas chaud", schools=["tilleuls"], **CANTEEN | URGENT)
    for who in ("site_manager", "animator", "canteen"):
        page = world.sign_in(client, who).get("/aujourdhui/").text
        assert here.title in page and served.title in page, who
        for one, status in ((here, 200), (served, 200), (elsewhere, 404)):
            assert shown(world, client, who, "announcement_detail", one).status_code == status, (who, one.title)
    ActivityEnrolment.objects.filter(activity__afterschool=site).update(ends_on=TODAY - datetime.timedelta(days=1))
    assert here.title not in world.sign_in(client, "animator").get("/aujourdhui/").text
    assert shown(world, client, "animator", "announcement_detail", here).status_code == 404


def test_who_manages_a_site_and_teaches_elsewhere_is_led_where_the_rule_says(
    canteens, client, django_assert_max_num_queries
):
    world, person = canteens, canteens.people["site_manager"]
    Mandate.objects.create(person=person, role=Role.TEACHER, classroom=world.classrooms["saules_cm2"], starts_on=BEFORE)
    around = send(world, title="Autour du site", schools=["tilleuls"])
    taught = send(world, title="Là où on enseigne", schools=["saules"])
    served = send(world, title="Du service", schools=["tilleuls"], **CANTEEN)
    world.sign_in(client, "site_manager").get(reverse("announcements:mine"))
    with django_assert_max_num_queries(10):
        page = client.get(reverse("announcements:mine")).text
    for one, follows, heading in ((around, False, ""), (taught, True, "Pour l’école"), (served, True, "Pour le site")):
        link, opened = reverse("announcements:families", args=[one.pk]), client.get
        assert one.title in page and (link in page) == follows, one.title
        assert opened(link).status_code == (200 if follows else 403), one.title
        detail = shown(world, client, "site_manager", "announcement_detail", one).text
        assert (link in detail, heading in detail) == (follows, True), one.title
