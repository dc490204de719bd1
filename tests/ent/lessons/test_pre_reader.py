"""The page in hand of who does not read: few things to touch; each part is a picture that opens it, large."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.lessons import actions
from preau.ent.lessons.models import Device, Goal, Work
from preau.media.documents import Document
from preau.people import actions as people
from preau.people.middleware import PUPIL_COOKIE
from preau.people.models import PupilEntry
from tests.ent.lessons.acts import open_lesson
from tests.ent.lessons.test_works import MAKE, body, seated
from tests.ent.lessons.works import Sort, drawn, finish, keep
from tests.world import add_child

pytestmark = pytest.mark.django_db
# What one touches in the page, the speakers beside it aside.
TOUCHED = re.compile(r'<(?:a|button)(?![^>]*class="(?:speak|btn no-print)")[^>]*data-key="([^"]+)"')


def touched(html):
    """The phrase of each thing to touch, in the page and not in its head."""
    return TOUCHED.findall(html.split("<main")[1].split("<dialog")[0])


def made(device):
    """A page with a drawing and a voice that may be heard."""
    drawing = keep(device, sort=Sort.DRAWING, made=drawn())
    said = Document("mp3", b"ID3" + bytes(300))
    return drawing, keep(device, drawing.work_id, sort=Sort.VOICE, made=said)


def large(part):
    return f"{MAKE}?page={part.work_id}&part={part.pk}"


@pytest.fixture
def small(world):
    """(a tablet where a pupil of GS is in, its client)"""
    return seated(world, open_lesson(world, "head", "gs", activity="page", title="Ta maison"), "child_two_one")


def test_four_tools_finished_with_whom_and_a_picture_for_each_part(world, small):
    device, tablet = small
    drawing, voice = made(device)
    html = body(tablet.get(MAKE))
    tools = ["tile-photo", "tile-draw", "tile-speak", "tile-write"]
    assert [*re.findall(r'data-key="(tile-(?:photo|draw|speak|write))"', html)] == tools
    assert touched(html) == ["finished", "with-whom", "look-large", "tile-listen"]
    assert html.count('class="make"') == 4 and html.count('class="piece"') == 2
    assert all(large(part).replace("&", "&amp;") in html for part in (drawing, voice))
    assert reverse("lessons:part_removal", args=[drawing.pk]) not in html
    reader, hers = seated(world, open_lesson(world, title="Ta maison"), "child_adam")
    html, (drawing, _) = "", made(reader)
    html = body(hers.get(MAKE))
    assert 'class="piece"' not in html and reverse("lessons:part_removal", args=[drawing.pk]) in html
    assert {"take-up", "erase", "my-notebook"} <= set(touched(html))


def test_a_part_is_large_with_what_is_done_with_it(small):
    device, tablet = small
    drawing, voice = made(device)
    html = body(tablet.get(large(drawing)))
    assert touched(html) == ["take-up", "erase"] and f'src="{reverse("lessons:part", args=[drawing.pk])}"' in html
    assert f'href="{reverse("lessons:tool", args=[drawing.work_id, "dessin"])}?part={drawing.pk}"' in html
    assert f'href="{MAKE}?page={drawing.work_id}"' in html  # « Retour »: to the page
    assert html.split("<main")[1].count('class="speak"') == 2  # each act has its sound
    html = body(tablet.get(large(voice)))
    heard = re.search(rf'<button[^>]*data-say="{reverse("lessons:part", args=[voice.pk])}"[^>]*>', html)
    assert touched(html) == ["erase"] and " data-first" in heard[0]
    assert tablet.post(reverse("lessons:part_removal", args=[voice.pk]))["Location"] == f"{MAKE}?page={drawing.work_id}"
    assert 'class="pieces"' in body(tablet.get(large(voice)))  # it is no more: the page itself
    finish(device, drawing.work)
    assert touched(body(tablet.get(large(drawing)))) == []


def test_of_several_one_sees_who_made_each_and_acts_on_ones_own(world, small):
    device, tablet = small
    drawing, _ = made(device)
    other, hers = seated(world, device.lesson, add_pupil(world))
    actions.invite(device=Device.objects.get(pk=device.pk), work_id=drawing.work_id, pupil_id=other.pupil_id, now=now())
    assert 'class="sign"' in body(hers.get(f"{MAKE}?page={drawing.work_id}"))
    assert touched(body(hers.get(large(drawing)))) == [] and touched(body(tablet.get(large(drawing)))) != []
    stranger, client = seated(world, device.lesson, add_pupil(world))
    html = body(client.get(large(drawing)))
    assert str(drawing.pk) not in html and "child_two_one" not in html


def test_whom_it_is_for_is_chosen_once_it_is_finished(small):
    device, tablet = small
    drawing, _ = made(device)
    keep(device)  # another page, the last one begun
    begun = f"{MAKE}?page={drawing.work_id}"
    assert reverse("lessons:goal", args=[drawing.work_id]) not in body(tablet.get(begun))
    tablet.post(reverse("lessons:finished", args=[drawing.work_id]), {"is_done": "on"})
    html = body(tablet.get(begun))
    assert {"carry-on", "another-page", "my-notebook", "tile-class"} <= set(touched(html))
    spoken = re.findall(r'class="speak" data-key="([^"]+)"', html)
    assert set(touched(html)) - {"look-large", "tile-listen"} <= set(spoken)  # each of them has its sound beside
    tablet.post(reverse("lessons:goal", args=[drawing.work_id]), {"goal": "class"})
    work = Work.objects.get(pk=drawing.work_id)
    assert work.goal == Goal.CLASS and work.state == Work.State.FINISHED
    assert f"?page={work.pk}" not in body(tablet.get(MAKE))  # what is finished is not shown beside what is made


def test_at_home_a_part_is_large_too_and_nothing_is_erased(small):
    device, _ = small
    drawing, _ = made(device)
    home, entry = Client(), {"pupil": device.pupil, "way": PupilEntry.Way.HOME, "ends_at": device.lesson.ends_at}
    home.cookies[PUPIL_COOKIE] = people.open_pupil_entry(**entry, now=now())[1]
    page = reverse("lessons:page", args=[drawing.work_id])
    assert f'href="{page}?part={drawing.pk}"' in body(home.get(page))
    html = body(home.get(f"{page}?part={drawing.pk}"))
    assert touched(html) == ["take-up"]
    assert f'{reverse("lessons:page_tool", args=[drawing.work_id, "dessin"])}?part={drawing.pk}"' in html


def add_pupil(world):
    """The name of one more pupil of GS in the world."""
    name = f"small_{len(world.people)}"
    add_child(world, name, "gs", "GS", [])
    return name
