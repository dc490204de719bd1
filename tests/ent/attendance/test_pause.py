"""The page of the appel on a day without class: what is told for the days to come, and the last appels."""

import pytest

from preau.ent.attendance.models import Half
from preau.schools.models import Guardianship
from tests.ent.attendance.acts import ONE, call, tell
from tests.ent.attendance.test_roll import url_of
from tests.world import TODAY

pytestmark = pytest.mark.django_db
AFTER, BEFORE = TODAY + ONE, TODAY - ONE


@pytest.fixture
def no_class_today(monkeypatch):
    monkeypatch.setattr(
        "preau.ent.attendance.days.halves_on",
        lambda school, day, has_wednesday: () if day == TODAY else tuple(Half),
    )


def test_without_class_today_the_page_says_who_is_told_absent_next(world, client, no_class_today):
    tell(world, reason="illness", day=AFTER)
    tell(world, "guardian_coparent", day=AFTER)  # the same days, told by the other parent
    answer = world.sign_in(client, "teacher").get(url_of(world))
    page = answer.content.decode()
    assert "Pas d’appel" in page.replace("\n    ", " ") and "Prochain appel" in page and "Appel fait" not in page
    assert "1\xa0absence déjà annoncée" in page and page.count("Enfant malade, dit par la famille") == 1
    assert f"?jour={BEFORE}&amp;demi=am" in page and f"?jour={BEFORE}&amp;demi=pm" in page


def test_the_last_appel_is_read_again_from_there(world, client, no_class_today):
    call(world, "child_adam", who="head", day=BEFORE)
    page = world.sign_in(client, "teacher").get(url_of(world, jour=BEFORE, demi="am")).content.decode()
    assert "1\xa0absent" in page and "Les absents" in page and "Prochain appel" not in page


def test_a_day_of_class_says_nothing_of_it(world, client):
    page = world.sign_in(client, "teacher").get(url_of(world)).content.decode()
    assert "Prochain appel" not in page and "Appel fait" in page


def test_a_reason_about_ones_own_child_stays_with_who_gave_it(world, client, no_class_today):
    tell(world, reason="illness", day=AFTER)
    teacher, adam = world.people["teacher"], world.people["child_adam"]
    Guardianship.objects.create(guardian=teacher, child=adam, starts_on=BEFORE, authority=Guardianship.Authority.YES)
    page = world.sign_in(client, "teacher").get(url_of(world)).content.decode()
    assert "1\xa0absence déjà annoncée" in page and ">dit par la famille<" in page and "malade" not in page
