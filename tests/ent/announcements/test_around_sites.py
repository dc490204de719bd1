"""What the team of a périscolaire site reads of the city's words, and whose families its manager follows."""

import datetime

import pytest
from django.urls import reverse

from preau.people.models import Mandate, Role
from tests.ent.announcements.acts import CANTEEN, send, shown, told
from tests.world import BEFORE

pytestmark = pytest.mark.django_db
URGENT = {"level": "urgent", "urgent_reason": "plus d’eau", "text": "Pas de cantine."}


def test_a_manager_reads_what_the_city_says_to_the_families_around_their_site(canteens, client):
    world, home, list_url = canteens, "/aujourdhui/", reverse("announcements:mine")
    for_all = send(world, title="Fermée jeudi", **URGENT)
    here = send(world, title="Grève aux Tilleuls", schools=["tilleuls"], **URGENT)
    calm = send(world, title="Une fête", schools=["tilleuls"])
    teams = send(world, title="Aux équipes", readers="teams")
    for who, read in (("site_manager", (for_all, here, calm)), ("site_manager_other", (for_all,))):
        lists = [world.sign_in(client, who).get(url).text for url in (home, list_url)]
        for one in (for_all, here, calm, teams):
            at_home, listed = (one.title in page for page in lists)
            assert (at_home, listed) == (one in read and one != calm, one in read), (who, one.title)
            found = shown(world, client, who, "announcement_detail", one)
            assert found.status_code == (200 if one in read else 404) and (one not in read or one.text in found.text)
        assert "Élèves à joindre" not in lists[1] and "J’ai lu" not in found.text
    assert not told(world, for_all) & {"site_manager", "site_manager_other"}
    for one in (for_all, here):
        one.publication.published_at -= datetime.timedelta(days=2)
        one.publication.save()
    assert "Grève" not in world.sign_in(client, "site_manager").get(home).text
    assert "Grève" in client.get(list_url).text
    for who in ("animator", "canteen", "city_it"):
        assert "Grève" not in world.sign_in(client, who).get(home).text, who
        assert shown(world, client, who, "announcement_detail", here).status_code == 404, who


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
