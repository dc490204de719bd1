"""The pages of the Wi-Fi: who reads what, and what they cost."""

import datetime
from html import unescape

import pytest
from django.urls import reverse

from preau.places.models import Room, School
from preau.plan.premises import actions as premises
from preau.plan.wifi import actions, queries
from preau.plan.wifi.models import HookKey, WifiWindow
from preau.plan.wifi.views import teaching
from tests.plan.wifi.conftest import TEN, WIFI, at
from tests.texts import as_drawn
from tests.world import TODAY

pytestmark = pytest.mark.usefixtures("morning")


def address(scene, name="school_wifi"):
    return reverse(f"wifi:{name}", args=[scene.school.id])


def test_a_teacher_puts_it_on_then_off(scene, client):
    scene.world.sign_in(client, "teacher")
    assert f"Le {WIFI} est éteint" in client.get(address(scene)).content.decode()
    form = {"room": scene.room.id, "activity": "create", "minutes": "45"}
    page = client.post(address(scene), form, follow=True).content.decode()
    assert "Salle 1, jusqu’à 10\u00a0h\u00a045" in page and "déclaré" in page
    window = WifiWindow.objects.get()
    page = client.post(reverse("wifi:window_end", args=[window.id]), follow=True).content.decode()
    assert "Le Wi-Fi est éteint, Salle 1" in page


def test_the_second_time_one_touch_is_enough(scene, client):
    actions.close_window(person=scene.teacher, window=scene.open(now=at(9)), now=at(9, 10))
    page = scene.world.sign_in(client, "teacher").get(address(scene)).content.decode()
    assert f'value="{scene.room.id}" selected' in page
    assert page.count('name="minutes" value="') >= 4


def test_what_was_chosen_stays_when_the_room_is_taken(scene, client):
    scene.open()
    scene.world.sign_in(client, "teacher")
    form = {"room": scene.room.id, "activity": "watch", "minutes": "30"}
    answer = client.post(address(scene), form)
    page = answer.content.decode()
    assert answer.status_code == 422 and "déjà allumé dans ce local" in page and 'value="watch" selected' in page


def test_before_the_council_the_page_says_why(untold, client):
    untold.world.sign_in(client, "city_it")
    city_page = client.get(reverse("wifi:wifi_home")).text
    assert "rien d’enregistré" in city_page and ">pas encore<" not in city_page  # not written down is not « not told »
    untold.world.sign_in(client, "teacher")
    assert "Le conseil d’école n’a pas encore été informé" in client.get(address(untold)).content.decode()
    form = {"room": untold.room.id, "activity": "create", "minutes": "45"}
    assert client.post(address(untold), form).status_code == 403


def test_a_school_without_a_room_is_not_asked_for_one(scene, client):
    scene.world.sign_in(client, "teacher")
    assert "Choisissez la salle" in client.get(address(scene)).text
    Room.objects.update(kind="secured_store")
    page = client.get(address(scene)).text
    assert "Aucune salle où l’allumer n’est encore écrite" in page and "Choisissez la salle" not in page
    assert reverse("premises:premises_detail", args=[scene.school.id]) in page and "journée est finie" not in page


def test_names_stay_within_the_school(scene, client):
    scene.open()
    name = scene.teacher.formal_name
    for actor, reads in (("teacher", True), ("head", True), ("city_it", False), ("ien", False), ("elected", False)):
        scene.world.sign_in(client, actor)
        for page in ("school_wifi", "register"):
            assert (name in client.get(address(scene, page)).content.decode()) is reads, (actor, page)
    scene.world.sign_in(client, "head")
    export = client.get(reverse("wifi:register_export", args=[scene.school.id, "csv"])).content.decode()
    assert "Salle 1" in export and "déclaré" in export and scene.teacher.last_name not in export


@pytest.mark.parametrize("actor", ["guardian", "pupil_cm2", "teacher_other_school", "parents_federation", "operator"])
def test_others_find_nothing(scene, client, actor):
    window = scene.open()
    scene.world.sign_in(client, actor)
    assert client.get(address(scene)).status_code == 404
    assert client.get(address(scene, "register")).status_code == 404
    assert client.post(reverse("wifi:window_end", args=[window.id])).status_code == 404


def test_the_register_is_read_room_by_room(scene, client):
    scene.open()
    scene.open(scene.other_room)
    scene.world.sign_in(client, "city_education")
    assert f"2\u00a0séances de {WIFI}" in client.get(address(scene, "register")).content.decode()
    page = client.get(address(scene, "register") + f"?local={scene.room.id}").content.decode()
    assert f"1\u00a0séance de {WIFI}, Salle 1" in page
    assert client.get(address(scene, "register") + "?local=x").status_code == 200


def test_the_city_makes_a_key_once(scene, client):
    scene.world.sign_in(client, "city_it")
    url = reverse("wifi:key_create")
    client.get(url)
    assert not HookKey.objects.exists()
    page = client.post(url).content.decode()
    assert "ne sera plus montrée" in page and "ne sera plus montrée" not in client.get(url).content.decode()
    client.post(reverse("wifi:key_removal"))
    assert not HookKey.objects.filter(ended_at=None).exists()
    scene.world.sign_in(client, "city_education")
    assert client.post(url).status_code == 403


def test_pages_cost_the_same_with_more_windows(scene, client, django_assert_max_num_queries):
    scene.world.sign_in(client, "city_education")
    urls = [reverse("wifi:wifi_home"), address(scene), address(scene, "register")]
    counts = []
    for more in range(2):
        for hour in range(more, 4 * more + 1):
            scene.open(now=at(9 + hour), minutes=30)
        for url in urls:
            client.get(url)
            with django_assert_max_num_queries(10) as found:
                assert client.get(url).status_code == 200
            counts.append(len(found))
    assert counts[:3] == counts[3:]


def test_a_teachers_page_costs_ten_queries_at_most(scene, client, django_assert_max_num_queries):
    scene.open(now=TEN)
    scene.world.sign_in(client, "teacher")
    client.get(address(scene))
    with django_assert_max_num_queries(10):
        client.get(address(scene))


def test_schools_come_page_by_page_and_what_is_on_is_counted_over_all(scene, client, django_assert_max_num_queries):
    city = scene.school.city
    School.objects.bulk_create(
        [School(name=f"A {n}", slug=f"a-{n}", sort_key=f"a {n:03d}", kind="primary", city=city) for n in range(60)]
    )
    scene.open(now=TEN)
    scene.world.sign_in(client, "city_education")
    url = reverse("wifi:wifi_home")
    client.get(url)
    with django_assert_max_num_queries(10):
        first = as_drawn(client.get(url).text)
    assert first.count('<th scope="row">') == 25 and f"Le {WIFI} est allumé dans 1" in first
    assert "Tilleuls" not in first and "Tilleuls" in as_drawn(client.get(f"{url}?page=3").text)


def test_a_closed_school_is_neither_shown_nor_counted_and_one_city_counts_its_own(scene, client):
    scene.open(now=TEN)
    scene.world.sign_in(client, "dsden")
    url = reverse("wifi:wifi_home")
    assert f"Le {WIFI} est allumé dans 1" in as_drawn(client.get(url).text)
    other = client.get(f"{url}?ville={scene.world.cities['ailleurs'].slug}")
    assert other.status_code == 404 or f"Aucune séance de {WIFI} en ce moment" in as_drawn(other.text)
    School.objects.filter(pk=scene.school.pk).update(closed_on=TODAY)
    assert "Tilleuls" in as_drawn(client.get(url).text), "open on its last day"
    School.objects.filter(pk=scene.school.pk).update(closed_on=TODAY - datetime.timedelta(days=1))
    closed = as_drawn(client.get(url).text)
    assert "Tilleuls" not in closed and f"Aucune séance de {WIFI} en ce moment" in closed


def test_a_page_of_many_schools_reads_what_a_page_of_few_does(scene):
    """Above some number of schools the sentence is written each time: same rows."""
    scene.open(now=at(9), minutes=30)
    scene.open(now=TEN)
    others = [School(name=f"A {n}", slug=f"a-{n}", sort_key=f"a {n}", city=scene.school.city) for n in range(70)]
    School.objects.bulk_create(others)
    few = queries.wifi_of([others[0], scene.school], TEN)
    many = queries.wifi_of([*others, scene.school], TEN)
    assert [few[0], few[-1]] == [many[0], many[-1]] and few[-1].told_on and few[-1].on_count and few[-1].points_count


def test_who_may_note_it_is_led_to_say_that_the_council_was_told(untold, client):
    """A head is told why the Wi-Fi stays off, and where to write what lifts it."""
    way = reverse("premises:notice_create", args=[untold.school.pk])
    for name, led in (("head", True), ("city_it", True), ("teacher", False), ("dsden", False)):
        page = untold.world.sign_in(client, name).get(address(untold)).text
        assert (way in page) is led, name
        assert "Allumer pour ma séance" not in page
    premises.record_notice(person=None, school=untold.school, subject="wifi", held_on=TODAY, now=TEN)
    for name in ("head", "city_it"):
        assert way not in untold.world.sign_in(client, name).get(address(untold)).text, name


def test_outside_the_hours_of_a_day_the_page_says_so_before_one_fills_a_form(scene, client, monkeypatch):
    scene.world.sign_in(client, "teacher")
    for hour in (at(7), at(17, 59)):
        monkeypatch.setattr(teaching, "now", lambda hour=hour: hour)
        assert "Allumer pour ma séance" in client.get(address(scene)).text
    monkeypatch.setattr(teaching, "now", lambda: at(6, 59))
    page = unescape(client.get(address(scene)).text).replace("\u00a0", " ")
    assert "Allumer pour ma séance" not in page
    assert "La journée n’a pas commencé : le Wi-Fi ne s’allume pas avant 7 h." in page
    monkeypatch.setattr(teaching, "now", lambda: at(18))
    page = unescape(client.get(address(scene)).text).replace("\u00a0", " ")
    assert "Allumer pour ma séance" not in page
    assert "La journée est finie : le Wi-Fi ne s’allume plus après 18 h." in page
    sent = client.post(address(scene), {"room": scene.room.pk, "activity": "create", "minutes": "30"})
    assert sent.status_code == 422 and 'value="create" selected' in sent.text and "La journée est finie" in sent.text


def test_the_city_s_list_leads_to_what_is_on_now_and_to_the_register(scene, client):
    page = scene.world.sign_in(client, "head").get(reverse("wifi:wifi_home")).text
    for name in ("school_wifi", "register"):
        assert f'href="{reverse(f"wifi:{name}", args=[scene.school.pk])}"' in page, name
