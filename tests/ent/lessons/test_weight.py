"""What a tablet asks for, in bytes (users.md, 3.1): the grid, a pupil's home, the wall and the notebook with photos."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.posts import actions
from preau.ent.posts.actions import NewPicture
from preau.ent.posts.models import Scope
from preau.media import images
from preau.people import actions as people
from tests.ent.lessons.acts import enter, join, open_lesson
from tests.ent.portfolio.acts import photo, write
from tests.media import samples
from tests.world import add_child

KB = 1000
NAMED = re.compile(r'(?:href|src|data-badge|data-box|data-sprite)="(/static/[^"#]+)')
PICTURE = re.compile(r'src="((?:/photos|/cahiers|/travaux)/[^"]+)"')
pytestmark = pytest.mark.once  # bytes of pages and of pictures: no base changes them


@pytest.fixture(scope="module", autouse=True)
def built():
    call_command("build_assets", if_stale=True, verbosity=0)


def sent(path):
    """Bytes of a static file as it leaves, with what a sheet names: compressed when it is text."""
    found = Path(finders.find(path.removeprefix(settings.STATIC_URL)))
    data = found.read_bytes()
    fonts = [found.parent / name for name in re.findall(r'url\("([^"]+)"\)', data.decode())] if "fonts/" in path else []
    return len(gzip.compress(data)) + sum(font.stat().st_size for font in fonts)


def weigh(client, path):
    """(warm, cold, pictures): the page alone, then with all it names; who reads in Andika loads no other letters."""
    text = client.get(path).content.decode()
    static = {name for name in NAMED.findall(text) if not name.endswith(".woff2")}
    house = 0
    if "fonts/andika.css" not in text:
        house = sum(len(Path(finders.find(f"fonts/atkinson-{one}.woff2")).read_bytes()) for one in ("regular", "bold"))
    pictures = set(PICTURE.findall(text))
    weight = sum(len(b"".join(client.get(name))) for name in pictures)
    warm = len(gzip.compress(text.encode()))
    return warm, warm + house + sum(sent(name) for name in static) + weight, len(pictures)


@pytest.fixture(scope="module")
def noisy():
    """Weighs more than any photo: what passes here passes with children's."""
    return images.draw_here(samples.encoded(samples.noise((1200, 900))), "a.jpg")


def test_a_class_enters_and_finds_its_pictures_on_a_slow_line(world, client):
    pupils = [add_child(world, f"small_{number}", "gs", "GS", []) for number in range(26)]
    people.give_signs(pupils=pupils, now=now())
    device = join(open_lesson(world, "head", "gs"), client, accepted_by=world.people["head"])
    warm, cold, _ = weigh(client, reverse("lessons:grid"))
    assert warm <= 8 * KB and cold <= 80 * KB, (warm, cold)
    enter(client, device, pupils[0])
    warm, cold, _ = weigh(client, reverse("lessons:home"))
    assert warm <= 12 * KB and cold <= 150 * KB, (warm, cold)


def test_the_wall_and_the_notebook_are_light_however_many_photos(world, noisy):
    client, pupil = Client(), world.people["child_adam"]
    for number in range(5):
        actions.publish_post(
            person=world.people["teacher"],
            place=world.classrooms["cpb"],
            scope=Scope.CLASS,
            now=now(),
            text=f"Photo {number}",
            pictures=[NewPicture(noisy, f"Un carré de couleurs {number}-{rank}.") for rank in range(4)],
            no_child_declared=True,
        )
        write(world, pieces=[photo(f"Des jetons {number}-{rank}") for rank in range(4)])
    enter(client, join(open_lesson(world), client, accepted_by=world.people["teacher"]), pupil)
    for name in ("wall", "mine"):
        path, seen = reverse(f"lessons:{name}"), set()
        for start in (0, 3):
            warm, cold, count = weigh(client, f"{path}?suite={start}")
            assert 8 <= count <= 12, (name, start, count)
            assert warm <= 60 * KB and cold <= 250 * KB, (name, start, warm, cold)
            page = client.get(f"{path}?suite={start}").content.decode()
            assert ('href="?suite=3"' in page) == (start == 0)
            seen |= set(PICTURE.findall(page))
        assert len(seen) == 20, name  # all of them, a few at a time
