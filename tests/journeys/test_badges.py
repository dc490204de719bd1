"""A card held to the camera of a tablet, three browsers in turn, each with a camera that sees the card of one pupil.

Chromium reads codes on tablets and not on Linux: the reader it lacks here is ZXing, given under the same name. Camera,
picture, script and server are those in use.
"""

import base64
import io

import pytest
import qrcode
import zxingcpp
from django.utils.timezone import now
from PIL import Image
from playwright.sync_api import expect

from preau.ent.lessons import actions
from preau.ent.lessons.devices import COOKIE
from preau.people import actions as people
from tests.browser import new_page
from tests.ent.lessons.acts import open_lesson
from tests.world import add_child

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]
FAKE = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
READER = """self.BarcodeDetector = class {
  async detect(video) {
    const drawn = document.createElement('canvas');
    [drawn.width, drawn.height] = [video.videoWidth, video.videoHeight];
    drawn.getContext('2d').drawImage(video, 0, 0);
    const rawValue = await self.readCode(drawn.toDataURL('image/png'));
    return rawValue ? [{ rawValue }] : [];
  }
};"""


def seen_by_camera(text, path):
    """A film of one picture: the card in the middle of what a camera sees."""
    code = io.BytesIO()
    qrcode.make(text, box_size=8).save(code)
    picture = Image.new("RGB", (640, 480), "gray")
    picture.paste(Image.open(code).convert("RGB"), (120, 60))
    frame = io.BytesIO()
    picture.save(frame, "JPEG", quality=90)
    path.write_bytes(frame.getvalue() * 5)
    return path


def read(address):
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(base64.b64decode(address.split(",")[1]))))
    return found[0].text if found else ""


def test_three_enter_by_their_card(browser_type, browser_type_launch_args, live_server, world, tmp_path):
    pupils = [add_child(world, f"small_{number}", "gs", "GS", []) for number in range(3)]
    head, lesson = world.people["head"], open_lesson(world, "head", "gs")
    tokens = people.make_badges(pupils=pupils, kind="class", person=head, now=now())
    for pupil in pupils:
        film = seen_by_camera(f"https://exemple.fr/carte/#{tokens[pupil.pk]}", tmp_path / "camera.mjpeg")
        args = [
            *browser_type_launch_args["args"],
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
        ]
        args.append(f"--use-file-for-fake-video-capture={film}")
        with browser_type.launch(**browser_type_launch_args | {"args": args}) as browser:
            tablet = new_page(browser, live_server, width=1024)
            tablet.context.add_init_script(READER)
            tablet.context.expose_function("readCode", read)
            device, key = actions.ask_to_join(code=lesson.code, label="", network=None, now=now())
            actions.accept_devices(person=head, lesson=lesson, numbers=[device.number], now=now())
            tablet.context.add_cookies([{"name": COOKIE, "value": key, "url": live_server.url}])
            tablet.goto("/seance/classe/")
            assert "lessons/scan" not in " ".join(tablet.evaluate("performance.getEntries().map(e => e.name)"))
            tablet.get_by_role("button", name="Ma carte").click()
            expect(tablet).to_have_url(f"{live_server.url}/seance/moi/")
            expect(tablet.locator(".child")).to_contain_text(pupil.first_name)
            device.refresh_from_db()
            assert device.pupil_id == pupil.pk and tokens[pupil.pk] not in tablet.url
