"""A school's story ends with its uses: kits that came, Wi-Fi put on, nobody named (mission D8, D11)."""

import datetime

import pytest
from django.urls import reverse

from preau.kit.tables import read_table
from preau.plan.desk.queries import story_of
from preau.plan.loans.models import Booking, State, half_day_number
from preau.plan.wifi.models import PointSignal, WifiWindow
from tests.kept import kept
from tests.plan.loans.conftest import add_kits, ask
from tests.plan.wifi.conftest import TEN
from tests.plan.wifi.conftest import scene as scene
from tests.plan.wifi.conftest import untold as untold
from tests.world import TODAY

pytestmark = pytest.mark.django_db
LAST_YEAR = TEN - datetime.timedelta(days=400)
READERS = ("head", "teacher", "aesh", "city_education", "city_finance", "elected", "dsden", "ien", "trainer")


@pytest.fixture
@kept
def used(scene):
    """Two kits came, this year and the year before, one was only asked for; the Wi-Fi twice this year, once before."""
    add_kits(scene.world.cities["marelle"])
    lent, before, _ = (ask(scene.school, n, n, person=scene.teacher, activity="Canari-robot") for n in (0, 2, 4))
    Booking.objects.filter(pk=lent.pk).update(state=State.IN_USE)
    first = half_day_number(LAST_YEAR.date(), 0)
    Booking.objects.filter(pk=before.pk).update(state=State.CLOSED, first_half_day=first, last_half_day=first)
    old = scene.open(room=scene.other_room)
    since = LAST_YEAR + datetime.timedelta(minutes=30)
    WifiWindow.objects.filter(pk=old.pk).update(opened_at=LAST_YEAR, ends_at=since, ended_at=since, ending="time")
    scene.open(minutes=45)
    told = scene.open(room=scene.other_room, minutes=20)
    PointSignal.objects.create(
        city=scene.school.city, point=scene.fixed, state="on", at=TEN, received_at=TEN, window=told
    )
    return scene


def test_uses_are_counted_by_school_year_the_last_first(used):
    uses = story_of(used.school, used.world.people["dsden"], TODAY).uses
    now, before = uses.years
    counted = [(year.loans_count, year.windows_count, year.measured_count) for year in (now, before)]
    assert counted == [(1, 2, 1), (1, 1, 0)], "one only asked for is no use"
    assert now.label > before.label and uses.loans[0].first > uses.loans[1].first
    assert [window.day for window in uses.windows] == [TODAY, TODAY, LAST_YEAR.date()]
    assert sorted(window.is_measured for window in uses.windows) == [False, False, True]


@pytest.mark.parametrize("name", READERS)
def test_the_story_shows_the_last_uses_and_names_nobody(used, client, name):
    page = used.world.sign_in(client, name).get(reverse("desk:story", args=[used.school.pk])).text
    assert page.count('data-label="Malles venues"') == 2
    assert page.count(f"{reverse('loans:booking_list')}?ecole={used.school.pk}") == 1
    assert page.count(reverse("wifi:register", args=[used.school.pk])) == 1
    uses = page[page.index('id="usages"') :]
    lent = Booking.objects.filter(state__in=(State.IN_USE, State.CLOSED))
    assert uses.count("/plan/emprunts/") - uses.count("?ecole=") == len(lent)
    for booking in lent:
        assert client.get(reverse("loans:booking_detail", args=[booking.pk])).status_code == 200
    assert used.teacher.last_name not in uses and "Canari-robot" not in uses


def test_the_uses_of_a_school_stay_out_of_strange_sight(used, client):
    for name in ("head_far", "guardian", "ien_other", "parents_federation"):
        client.logout()
        used.world.sign_in(client, name)
        for address in ("desk:story", "desk:use_export"):
            args = [used.school.pk, "csv"] if address == "desk:use_export" else [used.school.pk]
            assert client.get(reverse(address, args=args)).status_code == 404, name


def test_the_uses_of_another_school_are_not_its_own(used, client):
    other = used.world.schools["saules"]
    page = used.world.sign_in(client, "dsden").get(reverse("desk:story", args=[other.pk])).text
    assert "Aucune malle n’est encore venue" in page and "Aucune séance de Wi-Fi n’a encore été déclarée" in page


def test_uses_leave_as_a_table(used, client):
    used.world.sign_in(client, "dsden")
    for extension in ("csv", "ods"):
        answer = client.get(reverse("desk:use_export", args=[used.school.pk, extension]))
        lines = [line.cells[1:] for line in read_table(f"t.{extension}", answer.content).rows]
        assert lines == [("1", "2", "1"), ("1", "1", "0")]


def test_bookings_of_one_school_alone(used, client):
    ask(used.world.schools["saules"], 6, 7)
    used.world.sign_in(client, "city_education")
    counted = [len(Booking.objects.filter(school=used.school)), len(Booking.objects.all())]
    address = reverse("loans:booking_list")
    shown = [client.get(address + query).text.count('data-label="Quand"') for query in (f"?ecole={used.school.pk}", "")]
    assert shown == counted
    for wrong in ("nulle-part", used.teacher.pk):
        assert client.get(f"{address}?ecole={wrong}").status_code == 404
