"""The city writes to the families of three canteens: five touches on a narrow screen, from its home (issue 17)."""

import pytest

from preau.ent.announcements.models import Announcement
from preau.places.models import AfterSchool, School
from preau.schools.models import Activity, ActivityEnrolment, Enrolment
from tests.browser import assert_no_sideways_scroll, open_page
from tests.world import BEFORE, add_child

pytestmark = [pytest.mark.browser, pytest.mark.journey]


def eats(child, site):
    canteen, _ = Activity.objects.get_or_create(afterschool=site, kind=Activity.Kind.CANTEEN)
    ActivityEnrolment.objects.create(activity=canteen, child=child, days="1245", starts_on=BEFORE)


def test_three_canteens_of_a_network_are_written_to_in_five_touches(world, browser, live_server):
    city, network = world.cities["marelle"], world.networks["coteaux"]
    third = School.objects.create(name="Clain", slug="clain", kind="primary", city=city, network=network)
    child = add_child(world, "child_clain", "cpb", "CP", ["guardian_other_school"])
    Enrolment.objects.filter(pupil=child).update(school=third, classroom=None)
    eats(child, AfterSchool.objects.create(name="Le Clain", city=city, school=third))
    eats(world.people["child_two_two"], world.afterschools["saules"])
    page = open_page(browser, live_server, "/aujourdhui/", width=360, account=world.account("city_education"))
    touches = 0

    def touch(role, name):
        nonlocal touches
        place = page.locator("label.choice", has_text=name) if role == "choice" else page.get_by_role(role, name=name)
        place.first.click()
        touches += 1
        page.wait_for_load_state()
        assert_no_sideways_scroll(page)

    touch("link", "Écrire aux familles")
    touch("choice", "Celles de la cantine")
    touch("choice", network.name)
    page.fill("[name=title]", "Pas de cantine jeudi")
    page.fill("[name=text]", "Donnez un pique-nique à votre enfant.")
    touch("button", "Relire avant d’envoyer")
    assert page.locator(".who tbody tr").count() == 3
    page.fill("[name=told_count]", "3")
    touch("button", "Envoyer")
    page.get_by_text("L’annonce part dans une à deux minutes").wait_for()
    assert touches == 5 and Announcement.objects.get().is_leaving
    assert Announcement.objects.get().targets.exclude(activity=None).count() == 3
