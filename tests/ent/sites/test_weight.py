"""Weights measured on the bytes that a browser asks for (users.md 3.1)."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.posts import actions
from preau.ent.posts.actions import NewPicture
from preau.ent.posts.models import Scope
from preau.kit.serving.sheets import bare
from preau.media import images
from tests.media import samples

KB = 1000
pytestmark = pytest.mark.once  # bytes of pages and of pictures: no base changes them


@pytest.fixture(scope="module", autouse=True)
def built():
    call_command("build_assets", if_stale=True, verbosity=0)


def sent(path):
    """Bytes of a static file as it leaves, compressed when it is text, a sheet without its comments."""
    data = Path(finders.find(path.removeprefix(settings.STATIC_URL))).read_bytes()
    data = bare(data) if path.endswith(".css") else data
    return len(data) if path.endswith(".woff2") else len(gzip.compress(data))


def weigh(client, path):
    """(warm, cold): the page alone, then with all it names."""
    page = client.get(path, headers={"Accept-Encoding": "gzip"})
    text = client.get(path).content.decode()
    static = {name.partition("#")[0] for name in re.findall(r'(?:href|src)="(/static/[^"]+)"', text)}
    static |= {"/static/fonts/atkinson-regular.woff2", "/static/fonts/atkinson-bold.woff2"}
    pictures = set(re.findall(r'src="(/photos/[^"]+)"', text))
    weight = sum(len(b"".join(client.get(name))) for name in pictures)
    return len(page.content), len(page.content) + sum(sent(name) for name in static) + weight


@pytest.mark.long
def test_a_school_s_home_is_light(world, client):
    for number in range(3):
        noisy = images.draw_again(samples.encoded(samples.noise((1200, 900))), "a.jpg")
        actions.publish_post(
            person=world.people["head"],
            place=world.schools["tilleuls"],
            scope=Scope.PUBLIC,
            now=now(),
            text=f"Nouvelle {number}\n" + "Une phrase de plus. " * 20,
            no_child_declared=True,
            pictures=[NewPicture(noisy, "Un carré de couleurs.")],
        )
    warm, cold = weigh(client, "/ecoles/tilleuls/")
    assert warm <= 20 * KB and cold <= 150 * KB, (warm, cold)


@pytest.mark.parametrize("path", ["/", "/ecoles/", "/accessibilite/"])
def test_the_city_s_pages_are_light(world, client, path):
    warm, cold = weigh(client, path)
    assert warm <= 12 * KB and cold <= 120 * KB, (warm, cold)


@pytest.mark.parametrize(
    "actor, path, most_warm, most_cold",
    [
        ("pupil_cm2", "/aujourdhui/", 6, 60),
        ("city_education", "/pilotage/", 30, 200),
        ("guardian", "/aujourdhui/", 6, 60),
    ],
)  # fmt: skip
def test_each_home_keeps_its_budget(world, client, actor, path, most_warm, most_cold):
    world.sign_in(client, actor)
    warm, cold = weigh(client, path)
    assert warm <= most_warm * KB and cold <= most_cold * KB, (warm, cold)


@pytest.mark.long
def test_the_life_of_a_class_is_light_with_eight_photos(world, client):
    """Noise weighs more than any photo: what passes here passes with children's."""
    noisy = images.draw_again(samples.encoded(samples.noise((1200, 900))), "a.jpg")
    for number in range(8):
        actions.publish_post(
            person=world.people["teacher_other_class"],
            place=world.classrooms["cm2"],
            scope=Scope.CLASS,
            now=now(),
            text=f"Photo {number}\n" + "Une phrase de plus. " * 5,
            pictures=[NewPicture(noisy, "Un carré de couleurs.")],
            no_child_declared=True,
        )
    path = reverse("portal:classroom_life", args=[world.classrooms["cm2"].pk])
    for actor in ("guardian_other_class", "pupil_cm2"):
        world.sign_in(client, actor)
        assert client.get(path).content.decode().count('src="/photos/') == 8
        warm, cold = weigh(client, path)
        assert warm <= 12 * KB and cold <= 250 * KB, (actor, warm, cold)
    page = client.get("/aujourdhui/").content.decode()
    assert page.count('src="/photos/') == 8  # the same thumbnails, larger
    warm, cold = weigh(client, "/aujourdhui/")
    assert warm <= 6 * KB and cold <= 118 * KB, (warm, cold)
