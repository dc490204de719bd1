"""A session of the ENT puts its room's Wi-Fi on, names its cart, puts the Wi-Fi off as it closes (web.lesson_means)."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from preau.ent.lessons import actions as lessons
from preau.ent.lessons.devices import COOKIE
from preau.ent.lessons.models import AWAITED_FOR, AwaitedDevice, Entrant, Lesson
from preau.ent.lessons.views import boards, devices
from preau.ent.lessons.views import opening as opening_views
from preau.kit.answers import Conflict
from preau.kit.seals import key_digest
from preau.plan.inventory.models import Asset, Kind
from preau.plan.wifi import actions
from preau.plan.wifi.models import WifiWindow
from preau.web import lesson_means
from tests.ent.lessons import acts
from tests.ent.lessons.acts import enter, join
from tests.ent.lessons.test_groups import mixed
from tests.plan.wifi.conftest import TEN, at

OVER = reverse("lessons:over")


@pytest.fixture
def clock(monkeypatch):
    """What it is o’clock on the board."""
    told = {"now": TEN}
    for module in (acts, boards, devices, opening_views):
        monkeypatch.setattr(module, "now", lambda: told["now"])
    return told


@pytest.fixture
def teacher(scene, client, clock):
    return scene.world.sign_in(client, "teacher")


def opening(scene):
    return reverse("lessons:classroom_lesson", args=[scene.world.classrooms["cpb"].pk])


def opened(teacher, scene, **said):
    return teacher.post(opening(scene), {"activity": "page", **said}, follow=True).text.replace("&nbsp;", "\xa0")


def posted(teacher, name, **said):
    return teacher.post(reverse(f"lessons:{name}", args=[Lesson.objects.get().pk]), said, follow=True).text


def test_one_act_opens_the_session_puts_the_wifi_on_and_names_the_cart(scene, teacher):
    cart = Asset.objects.get(kind=Kind.CART)
    page = opened(teacher, scene, room=scene.room.pk, minutes="45", kit=cart.pk)
    assert "Wi-Fi allumé jusqu’à 10\xa0h\xa045" in page and scene.room.name in page
    lesson, window = Lesson.objects.get(), WifiWindow.objects.get()
    assert (lesson.window_id, lesson.kit_id, lesson.kit_label) == (window.pk, cart.pk, str(cart))
    assert (window.point, window.activity, window.opened_by) == (scene.carried, "create", scene.teacher)
    assert "reste allumé jusqu’à 11\xa0h, puis" in posted(teacher, "wifi", **{"is": "more"}).replace("&nbsp;", "\xa0")
    assert "Le Wi-Fi est éteint" in posted(teacher, "wifi", **{"is": "off"})
    window.refresh_from_db()
    assert window.ended_at == TEN and WifiWindow.objects.count() == 1


def test_the_page_that_opens_one_asks_ten_queries_at_most(scene, teacher, django_assert_max_num_queries):
    group = mixed(scene.world)
    others = [
        reverse("lessons:group_lesson", args=[group.pk]),
        reverse("lessons:school_lesson", args=[group.school_id]),
    ]
    for page in others:
        with django_assert_max_num_queries(10):
            assert {"room", "kit"} <= set(teacher.get(page).context["form"].fields)
    for _ in ("its first", "the next"):
        with django_assert_max_num_queries(10):
            form = teacher.get(opening(scene)).context["form"]
        assert {"place", "room", "kit"} <= set(form.fields)
        opened(teacher, scene, place=scene.world.classrooms["cpb"].pk, room=scene.room.pk, minutes="45")
        board = reverse("lessons:board", args=[Lesson.objects.get(closed_at=None).pk])
        with django_assert_max_num_queries(10):
            assert others[1] in teacher.get(board).text
        lessons.close_lesson(person=scene.teacher, lesson=Lesson.objects.get(closed_at=None), now=at(10))


def test_it_lasts_the_session_and_closing_leaves_ten_minutes_to_send(scene, teacher, clock):
    opened(teacher, scene, room=scene.room.pk, minutes="0")
    lesson = Lesson.objects.get()
    assert WifiWindow.objects.get().ends_at == lesson.ends_at
    Entrant.objects.create(lesson=lesson, pupil=scene.world.people["child_adam"])
    clock["now"] = at(10, 20)
    page = posted(teacher, "closing").replace("&nbsp;", "\xa0")
    assert "Wi-Fi allumé jusqu’à 10\xa0h\xa030" in page and "envoient ce qui a été fait" in page
    assert actions.close_due(now=at(10, 30)) == 1
    assert WifiWindow.objects.get().ended_at == at(10, 30)


def test_once_closed_the_wifi_goes_off_when_each_tablet_has_said_that_all_is_sent(scene, teacher, clock):
    opened(teacher, scene, room=scene.room.pk, minutes="0")
    lesson, tablets = Lesson.objects.get(), [Client() for _ in range(3)]
    for tablet in tablets:
        join(lesson, tablet, accepted_by=scene.teacher)
    for tablet, child in zip(tablets, ("child_adam", "child_lina"), strict=False):  # nobody enters on the third
        enter(tablet, lesson.devices.get(key_hash=key_digest(tablet.cookies[COOKIE].value)), scene.world.people[child])
    clock["now"] = at(10, 20)
    assert "dès que tout est parti" in posted(teacher, "closing", sure="1")
    tablets[1].post(OVER, {"kept": 1})  # it answers, and something is still on it: the Wi-Fi waits
    for minute, (tablet, is_on) in enumerate(
        [(tablets[2], True), (tablets[0], True), (tablets[0], True), (tablets[1], False)]
    ):
        clock["now"] = at(10, 21 + minute)
        assert tablet.get(OVER).context["is_awaited"] is (minute in (1, 3))
        assert tablet.post(OVER, {"kept": 0}).status_code == 204 and not tablet.cookies[COOKIE].value
        assert (WifiWindow.objects.get().ended_at is None) is is_on
    window = WifiWindow.objects.get()
    assert (window.ended_at, window.ends_at, window.ending) == (at(10, 24), at(10, 30), "hand")
    assert lessons.say_sent(key="another", kept_count=0, now=at(10, 24)) is None


def test_the_wifi_awaits_a_tablet_that_says_nothing_for_ten_minutes(scene, teacher, clock):
    opened(teacher, scene, room=scene.room.pk, minutes="0")
    lesson, tablet = Lesson.objects.get(), Client()
    enter(tablet, join(lesson, tablet, accepted_by=scene.teacher), scene.world.people["child_adam"])
    tablet.post(OVER, {"kept": 0})  # of a session that is open: it says nothing
    posted(teacher, "closing", sure="1")
    assert AwaitedDevice.objects.count() == 1
    assert WifiWindow.objects.get().ended_at is None and actions.close_due(now=TEN + AWAITED_FOR) == 1
    assert AwaitedDevice.objects.exists()  # off, and what has not left is still named


def test_a_session_where_nobody_came_puts_it_off_at_once(scene, teacher):
    opened(teacher, scene, room=scene.room.pk)
    posted(teacher, "closing")
    assert WifiWindow.objects.get().ended_at == TEN


def test_a_session_that_nobody_closed_takes_its_wifi_along(scene, teacher):
    opened(teacher, scene, room=scene.room.pk, minutes="90")
    Lesson.objects.update(ends_at=at(12, 20))
    for _ in range(12):
        lesson, window = Lesson.objects.get(), WifiWindow.objects.get()
        if window.ends_at == lesson.ends_at:
            break
        posted(teacher, "wifi", **{"is": "more"})
    assert "15 minutes de plus" not in teacher.get(reverse("lessons:board", args=[lesson.pk])).text
    assert actions.close_due(now=lesson.ends_at) == lessons.close_due(now=lesson.ends_at) == 1


def test_what_the_plan_refuses_is_said_and_the_session_opens(scene, teacher):
    scene.open(now=at(9, 50), person=scene.world.people["head"])
    page = opened(teacher, scene, room=scene.room.pk)
    assert "Le Wi-Fi est déjà allumé dans ce local" in page
    assert "La séance est ouverte" in page and "Fermer la séance" in page
    assert Lesson.objects.get().window_id is None


def test_before_the_council_no_wifi_is_offered_and_the_page_says_why(scene, teacher):
    scene.school.council_notices.all().delete()
    page = teacher.get(opening(scene)).text
    assert 'name="room"' not in page and "conseil d’école n’a pas encore été informé" in page and 'name="kit"' in page


def test_a_school_without_equipment_sees_nothing_of_it(world, client, clock):
    page = reverse("lessons:classroom_lesson", args=[world.classrooms["cpb"].pk])
    answer = world.sign_in(client, "teacher").get(page).text
    assert 'name="room"' not in answer and 'name="kit"' not in answer


def test_the_next_session_has_the_same_means_chosen(scene, teacher, django_assert_max_num_queries):
    cart = Asset.objects.get(kind=Kind.CART)
    opened(teacher, scene, room=scene.room.pk, kit=cart.pk)
    posted(teacher, "closing")
    with django_assert_max_num_queries(10):
        page = teacher.get(opening(scene)).text
    assert f'value="{scene.room.pk}" selected' in page and f'value="{cart.pk}" selected' in page


def test_a_kit_of_another_school_is_not_taken(scene, teacher):
    elsewhere = Asset.objects.get(kind=Kind.CART)
    Asset.objects.filter(pk=elsewhere.pk).update(school=scene.world.schools["saules"])
    opened(teacher, scene, kit=elsewhere.pk)
    lesson = Lesson.objects.get()
    assert lesson.kit_id is None
    with pytest.raises(Conflict, match="n’est plus dans l’école"):
        lesson_means.take_kit(person=scene.teacher, lesson=lesson, kit=str(elsewhere.pk), now=TEN)


def test_the_end_moves_within_three_hours_and_the_day(scene):
    window = scene.open(minutes=45)
    for end, kept in ((at(14), at(13)), (at(10, 30), at(10, 30)), (at(9), TEN + datetime.timedelta(minutes=1))):
        moved = actions.move_end(person=scene.teacher, window=window, ends_at=end, now=TEN)
        assert moved.ends_at == kept
