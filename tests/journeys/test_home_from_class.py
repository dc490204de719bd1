"""From the class to the home on a telephone of 360 px: tomorrow's lessons, and a notebook that goes with the child."""

import datetime
import io
import zipfile

import pytest

from preau.schools.models import Enrolment
from tests.browser import assert_no_sideways_scroll, new_page
from tests.ent.homework.acts import next_day
from tests.ent.homework.test_week import week_of
from tests.world import TODAY

pytestmark = [
    pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("no_holidays"),
]  # fmt: skip
HOME = "/aujourdhui/"


@pytest.fixture
def hold(browser, live_server, world):
    """A telephone, in somebody's hand, on a page."""

    def open_for(actor, path=HOME, javascript=True):
        page = new_page(browser, live_server, width=360, account=world.account(actor), javascript=javascript)
        page.goto(path)
        assert_no_sideways_scroll(page)
        return page

    return open_for


def test_tomorrows_lessons_are_noted_then_read_by_pupil_and_parent(hold, world):
    teacher = hold("teacher_other_class", week_of(world, "cm2"), javascript=False)
    teacher.get_by_label("À apprendre").check()
    teacher.get_by_label("Précisément").fill("La poésie du vent")
    teacher.get_by_role("button", name="Noter", exact=True).click()
    assert "C’est noté pour le" in teacher.inner_text("main")
    pupil = hold("pupil_cm2", javascript=False)
    assert "La poésie du vent" in pupil.inner_text("main")
    pupil.get_by_role("button", name="C’est fait").click()
    pupil.goto("/lecons/")
    tomorrow = pupil.locator("section.card-now")
    assert "La poésie du vent" in tomorrow.inner_text() and "Fait" in tomorrow.inner_text()
    assert str(next_day(world).day) in tomorrow.locator("h2").inner_text()
    parent = hold("guardian_other_class")
    parent.get_by_role("link", name="Toute la semaine").click()
    parent.wait_for_url("**/lecons/**")
    assert_no_sideways_scroll(parent)
    assert "La poésie du vent" in parent.inner_text("section.card-now") and "Fait" in parent.inner_text("main")
    assert not parent.elsewhere


def test_a_page_approved_is_seen_at_home_and_the_notebook_taken_away_opens_without_preau(
    hold, world, browser, tmp_path
):
    pupil = hold("pupil_cm2", "/mon-cahier/page/")
    pupil.get_by_label("Le titre de ta page").fill("Mes fractions")
    pupil.get_by_label("Que veux-tu raconter").fill("J’ai partagé une tarte.")
    pupil.get_by_role("button", name="Donner à relire").click()
    pupil.get_by_text("C’est donné à relire").wait_for()
    child = world.people["pupil_cm2"]
    teacher = hold("teacher_other_class", f"/cahiers/{child.pk}/")
    teacher.get_by_role("button", name="Montrer à la famille").click()
    teacher.get_by_text("Sa famille lit la page").wait_for()
    Enrolment.objects.filter(pupil=child).update(ends_on=TODAY - datetime.timedelta(days=1))  # they leave the city
    parent = hold("guardian_other_class", f"/mon-cahier/{child.pk}/")
    assert "Mes fractions" in parent.inner_text("main") and "sera effacé le" in parent.inner_text("main")
    parent.get_by_role("button", name="Merci").click()
    parent.get_by_role("button", name="Merci, c’est dit").wait_for()
    parent.get_by_role("link", name="Emporter le cahier").click()
    parent.get_by_role("button", name="Préparer le cahier").click()
    with parent.expect_download() as taken:
        parent.get_by_role("link", name="Tout, dans une archive ZIP").click()
    content = taken.value.path().read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(tmp_path)
    assert (tmp_path / "cahier.pdf").read_bytes().startswith(b"%PDF")
    alone = browser.new_context(viewport={"width": 360, "height": 800}, offline=True).new_page()
    asked = []
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto((tmp_path / "index.html").as_uri())
    assert "J’ai partagé une tarte." in alone.inner_text("main")
    assert_no_sideways_scroll(alone)
    assert asked and all(url.startswith("file:") for url in asked)
