"""A scripted lesson on one tablet whose line is cut at seeded instants, whose answers are lost, whose browser is killed
once: at most the stroke, the letter or the two seconds of sound under way are lost; nothing is kept twice."""

import io
import os
import random
import signal
import subprocess
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.test import Client
from PIL import Image
from playwright.sync_api import Error

from preau.ent.lessons.devices import COOKIE
from preau.ent.lessons.models import WorkPart
from preau.ent.lessons.views import late, making
from preau.people.middleware import PUPIL_COOKIE
from tests.ent.lessons.acts import cookies_of, enter_from_elsewhere, join, open_lesson
from tests.ent.lessons.test_browser import HUMS
from tests.journeys.test_cut_line import READY

pytestmark = [
    pytest.mark.browser, pytest.mark.journey, pytest.mark.ffmpeg, pytest.mark.django_db(transaction=True),
]  # fmt: skip
SORTS = {"texte": "text", "dessin": "drawing", "voix": "voice"}
WORDS = "La poule rousse"
STROKES = 4
SECONDS = 3


class Tablet:
    """One browser with a folder of its own, so that it may be killed; what it does, and what is to be found then."""

    def __init__(self, play, world, lesson, browser, chance, cuts, kill):
        self.play, self.world, self.lesson, self.browser, self.chance = play, world, lesson, browser, chance
        self.cuts, self.kill, self.acts, self.is_cut, self.until = cuts, kill, 0, False, 0
        self.made, self.lost = [], None
        self.start()

    def start(self):
        """As after a battery: the session's cookies are given anew, the rest is what the folder holds."""
        self.context = self.play.launch_persistent_context(**self.browser)
        self.context.add_init_script(HUMS)
        client, teacher = Client(), self.world.people["teacher"]
        device = join(self.lesson, client, accepted_by=teacher)
        enter_from_elsewhere(client, device, self.world.people["child_adam"], teacher)
        held = cookies_of(client)
        self.context.add_cookies(
            [{"name": name, "value": held[name], "url": self.browser["base_url"]} for name in (COOKIE, PUPIL_COOKIE)]
        )
        self.context.set_offline(self.is_cut)
        self.page = self.context.pages[0]

    def act(self, do, more=None):
        """One gesture, which makes `more`; the line may be cut, or come back, around it; the browser may be killed."""
        if self.acts in self.cuts:
            self.is_cut, self.until = True, self.acts + self.chance.randint(2, 9)
            self.context.set_offline(True)
        elif self.is_cut and self.acts >= self.until:
            self.is_cut = False
            self.context.set_offline(False)
        do()
        if more:
            self.made[-1][1] += more
        self.page.wait_for_timeout(self.chance.randint(40, 250))
        self.acts += 1
        if self.acts > self.kill and self.lost is None and self.made:
            raise Killed

    def open(self, tool):
        """Its sheet, on the page in hand: that of the line cut is the same to who draws."""
        for _ in range(4):
            with suppress(Error):  # a page that leaves by itself, as the line comes back
                self.page.goto("/seance/moi/faire/")
                self.page.locator(f"a.make[href$='/{tool}/']").click(timeout=8000)
                return self.page.locator(f"html[data-keeps-alone] [data-part={SORTS[tool]}]").wait_for(timeout=8000)
        raise AssertionError(self.page.url)

    def text(self):
        self.act(lambda: self.open("texte"))
        self.made.append(["text", ""])
        for letter in WORDS:
            self.act(lambda letter=letter: self.page.locator("textarea").press_sequentially(letter), letter)
        self.leave()

    def drawing(self):
        self.act(lambda: self.open("dessin"))
        self.made.append(["drawing", 0])
        for rank in range(STROKES):
            self.act(lambda rank=rank: self.stroke(rank), 1)
        self.leave()

    def stroke(self, rank):
        sheet = self.page.locator("canvas").bounding_box()
        across = sheet["x"] + sheet["width"] * (rank + 1) / (STROKES + 1)
        self.page.mouse.move(across, sheet["y"] + sheet["height"] * 0.2)
        self.page.mouse.down()
        self.page.mouse.move(across, sheet["y"] + sheet["height"] * 0.8)
        self.page.mouse.up()

    def voice(self):
        self.act(lambda: self.open("voix"))
        self.page.get_by_role("button", name="Enregistrer ma voix").click()
        self.page.locator("[data-icon=record][data-is=on]").wait_for()
        begun = time.monotonic()
        self.made.append(["voice", 0])
        while self.made[-1][1] < SECONDS:
            self.act(lambda: self.page.wait_for_timeout(200))
            self.made[-1][1] = time.monotonic() - begun
        self.page.locator("[data-icon=record]").click()
        self.page.wait_for_url(lambda url: "/voix/" not in url)

    def leave(self):
        self.page.wait_for_timeout(100)
        self.act(lambda: self.page.get_by_role("link", name="Retour").click())

    def die(self):
        """Each process of this browser, at once, by its folder."""
        self.lost = self.made[-1]
        folder = self.browser["user_data_dir"]
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if folder in (process / "cmdline").read_text():
                    os.kill(int(process.name), signal.SIGKILL)
            except (OSError, ProcessLookupError):
                continue
        (Path(folder) / "SingletonLock").unlink(missing_ok=True)
        self.start()


class Killed(Exception):
    pass


def lesson_of(tablet, steps):
    tablet.page.goto("/seance/moi/")
    tablet.page.evaluate(READY)
    for step in steps:
        try:
            getattr(tablet, step)()
        except Killed:
            tablet.die()
    tablet.context.set_offline(False)
    tablet.open("texte")
    tablet.page.locator("html[data-kept='0']").wait_for()


def found(part):
    """(sort, what of it came): the words, how many strokes, how many seconds."""
    if part.sort == "text":
        return part.sort, part.text
    with default_storage.open(part.path or part.raw_path) as file:
        content = file.read()
    if part.sort == "drawing":
        image = Image.open(io.BytesIO(content)).convert("L")
        at = [image.getpixel((image.width * (rank + 1) // (STROKES + 1), image.height // 2)) for rank in range(STROKES)]
        return part.sort, sum(point < 128 for point in at)
    asked = ["ffprobe", "-v", "error", "-show_entries", "packet=pts_time", "-of", "csv=p=0", "-"]
    told = subprocess.run(asked, input=content, capture_output=True, check=True).stdout.decode().split()
    return part.sort, float(told[-1].strip(","))


def lossy(answered, chance, *said, **more):
    return HttpResponse(status=503) if chance.random() < 0.2 else answered(*said, **more)


SHORT = ["drawing", "text", "voice"]
LONG = [(SHORT * 4, 20, 1), (SHORT, 3, 11), (SHORT, 3, 13)]  # killed while one writes, writes, speaks


@pytest.mark.parametrize(
    ("steps", "cuts", "seed"), [(SHORT, 3, 2), *(pytest.param(*each, marks=pytest.mark.corpora) for each in LONG)]
)
def test_nothing_is_lost_but_what_is_under_way(
    browser_type, browser_type_launch_args, live_server, world, tmp_path, monkeypatch, steps, cuts, seed
):
    chance = random.Random(seed)
    for view in (late, making):  # kept, and its answer is lost
        monkeypatch.setattr(view, "JsonResponse", partial(lossy, view.JsonResponse, random.Random(seed)))
    count = sum({"text": len(WORDS) + 2, "drawing": STROKES + 2, "voice": 9}[step] for step in steps)
    browser = {**browser_type_launch_args, "user_data_dir": str(tmp_path / "tablet"), "base_url": live_server.url}
    at = chance.sample(range(1, count), cuts)
    tablet = Tablet(
        browser_type, world, open_lesson(world), browser, chance, at, chance.randrange(count // 2, count - 3)
    )
    lesson_of(tablet, steps)
    parts = [found(part) for part in WorkPart.objects.order_by("sent_at")]
    tablet.context.close()
    assert [sort for sort, _ in parts] == [sort for sort, _ in tablet.made], f"seed {seed}"
    for (sort, came), made in zip(parts, tablet.made, strict=True):
        under_way = {"text": 1, "drawing": 1, "voice": 2}[sort] if made is tablet.lost else 0
        if sort == "text":
            assert made[1].startswith(came) and len(came) >= len(made[1]) - under_way, f"seed {seed}"
        elif sort == "drawing":
            assert made[1] - under_way <= came <= made[1], f"seed {seed}"
        else:
            assert came >= made[1] - max(under_way, 0.6), f"seed {seed}"
    assert tablet.lost is not None
