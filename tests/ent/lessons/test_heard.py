"""Who does not read: each picture, button and question of every page has its sound (users.md, rules 6 and 7)."""

import uuid

import lxml.html
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.lessons import actions
from preau.people import actions as people
from preau.people.middleware import PUPIL_COOKIE
from preau.people.models import PupilEntry
from tests.ent.lessons.acts import enter, join, open_lesson
from tests.ent.lessons.works import Sort, drawn, finish, keep
from tests.world import add_child

pytestmark = pytest.mark.django_db
ACTS = "//body//a | //body//button | //label[contains(@class, 'make')]"


def has_sound(element):
    path = (element.get("data-say") or "").removeprefix(settings.STATIC_URL)
    return path.startswith("/travaux/") or bool(path and finders.find(path))


def silent(page):
    """What the page offers and does not say."""
    tree, found = lxml.html.fromstring(page), []
    for each in tree.xpath(ACTS):
        if "skip" in each.classes or each.get("data-listen"):
            continue
        around = [each, *each.xpath("ancestor::*[self::li or self::form or self::p][1]//button[@data-say]")]
        if not any(has_sound(one) for one in around):
            found.append(lxml.html.tostring(each, encoding="unicode")[:160])
    (asked,) = tree.xpath("//div[contains(@class, 'say')]")
    if not any(has_sound(one) for one in asked.xpath(".//button")):
        found.append(asked.text_content().strip())
    return found


@pytest.fixture
def small(world):
    """A class of GS, a tablet with Noé in, one that waits, one free, one at home."""
    pupils = [add_child(world, f"small_{number}", "gs", "GS", []) for number in range(2)]
    people.give_signs(pupils=pupils, now=now())
    head, lesson = world.people["head"], open_lesson(world, "head", "gs", title="Dessine ta maison", activity="page")
    tablets = {"in": Client(), "free": Client(), "waiting": Client(), "home": Client(), "none": Client()}
    devices = {
        name: join(lesson, tablets[name], accepted_by=None if name == "waiting" else head)
        for name in ("in", "free", "waiting")
    }
    enter(tablets["in"], devices["in"], pupils[0])
    entry = {"pupil": pupils[0], "way": PupilEntry.Way.HOME, "ends_at": lesson.ends_at}
    tablets["home"].cookies[PUPIL_COOKIE] = people.open_pupil_entry(**entry, now=now())[1]
    return lesson, devices["in"], pupils, tablets


def pages_of(lesson, device, pupils, tablets):
    """(tablet, address) of every page of this skin."""
    work = keep(device, sort=Sort.DRAWING, made=drawn()).work
    keep(device, work.pk)
    actions.invite(device=device, work_id=work.pk, pupil_id=pupils[1].pk, now=now())
    done = finish(device, keep(device).work)
    make = reverse("lessons:make")
    for end in ("photo", "dessin", "voix", "texte"):
        yield "in", reverse("lessons:tool", args=[work.pk, end])
    yield "in", f"{make}?page={done.pk}"
    yield "in", f"{make}?page={work.pk}"
    yield "in", f"{make}?page=autre"
    yield "in", reverse("lessons:invitation", args=[work.pk])
    for name in ("home", "mine", "wall", "listen", "to_do"):
        yield "in", reverse(f"lessons:{name}")
    for name in ("at_home", "mine", "wall", "listen", "to_do", "pages"):
        yield "home", reverse(f"lessons:{name}")
    yield "home", reverse("lessons:page", args=[work.pk])
    yield "home", reverse("lessons:page", args=[done.pk])
    yield "home", reverse("lessons:page_tool", args=[work.pk, "dessin"])
    yield "waiting", reverse("lessons:waiting")
    yield "free", reverse("lessons:grid")
    yield "free", reverse("lessons:pupil", args=[pupils[1].pk])
    yield "none", reverse("lessons:over")


def test_everything_that_is_touched_or_asked_is_said(small):
    *_, tablets = small
    wrong = {}
    for name, address in pages_of(*small):
        page = tablets[name].get(address).content.decode()
        if name != "none":
            assert 'data-skin="non-lecteur"' in page, address
        if unsaid := silent(page):
            wrong[address] = unsaid
    assert wrong == {}


def test_a_pause_is_seen_and_heard(small, world):
    lesson, *_, tablets = small
    actions.lead_lesson(person=world.people["head"], lesson=lesson, is_paused=True, now=now())
    page = tablets["in"].get(reverse("lessons:home")).content.decode()
    assert 'data-key="look-up"' in page and "Regarde ta maîtresse ou ton maître" in page


def test_a_sentence_that_refuses_is_heard_too(small):
    _, device, _, tablets = small
    device.refresh_from_db()
    page = actions.choose_goal(device=device, work_id=uuid.uuid4(), goal="class", now=now()).pk
    answer = tablets["in"].post(reverse("lessons:finished", args=[page]), {"is_done": "on"}, follow=True)
    assert "Il n’y a encore rien sur ta page." in answer.content.decode()
    assert 'data-key="nothing-yet"' in answer.content.decode()
