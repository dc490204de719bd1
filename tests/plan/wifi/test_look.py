"""The pages of the Wi-Fi in a real browser, read by axe."""

import pytest
from django.urls import reverse

from preau.ent.lessons import actions as lessons
from preau.plan.wifi import actions
from preau.web import lesson_means
from tests.browser import WIDTHS, assert_accessible, open_page, targets_too_small
from tests.plan.wifi.conftest import TEN, at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("morning")]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_wifi_is_accessible(browser, live_server, scene, width):
    actions.close_window(person=scene.teacher, window=scene.open(now=at(9), point=scene.carried), now=at(9, 40))
    scene.open()
    report = actions.Report(scene.fixed.tag, "on", at(9, 50))
    actions.receive_reports(city=scene.school.city, reports=[report], now=TEN)
    school = [scene.school.id]
    lesson = lessons.open_lesson(person=scene.teacher, place=scene.world.classrooms["cpb"], now=TEN)
    given = {"person": scene.teacher, "lesson": lesson, "now": TEN}
    lesson_means.put_on(room=scene.other_room.pk, minutes=45, **given)
    for name, args, actor in (
        ("school_wifi", school, "teacher"),
        ("register", school, "teacher"),
        ("register", school, "city_education"),
        ("wifi_home", [], "city_it"),
        ("key_create", [], "city_it"),
        ("lessons:group_lesson", [scene.world.groups["ulis"].pk], "head"),
        ("lessons:board", [lesson.pk], "teacher"),
    ):
        address = reverse(name if ":" in name else f"wifi:{name}", args=args)
        page = open_page(browser, live_server, address, width=width, account=scene.world.account(actor))
        assert_accessible(page)
        assert targets_too_small(page) == [], name
        page.context.close()


def test_a_few_touches_from_the_home_without_javascript(browser, live_server, scene):
    actions.close_window(person=scene.teacher, window=scene.open(now=at(9)), now=at(9, 40))
    account = scene.world.account("teacher")
    page = open_page(browser, live_server, "/aujourdhui/", width=360, account=account, javascript=False)
    page.get_by_text("Plus", exact=True).click()
    page.get_by_role("link", name="Wi-Fi").first.click()
    page.get_by_role("button", name="45 minutes").click()
    assert "Le Wi-Fi est allumé dans 1 salle" in page.locator("h1").inner_text().replace("\u00a0", " ")
    page.context.close()
