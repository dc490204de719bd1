"""The camera of a walk in a real browser, with a false camera and a false detector: our part, from a code to the list.

What a true camera sees and what a true detector reads are the browser's; Chromium on Linux has no detector at all.
"""

import pytest
from django.urls import reverse

from preau.plan.inventory.models import CountSession
from tests.browser import new_page, targets_too_small
from tests.plan.inventory.conftest import LATE_TAG
from tests.plan.inventory.test_offline import say, type_tag, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FALSE_CAMERA = """
self.seen = { code: "", formats: ["ean_13", "qr_code"], refuses: false, asked: null, stream: null };
self.BarcodeDetector = class {
  static async getSupportedFormats() { return seen.formats; }
  constructor({ formats }) { seen.wanted = formats; }
  async detect(video) {
    if (seen.code === "blurred") throw new DOMException("", "InvalidStateError");
    return video.videoWidth && seen.code ? [{ rawValue: seen.code, format: "qr_code" }] : [];
  }
};
navigator.mediaDevices.getUserMedia = async (asked) => {
  seen.asked = asked;
  if (seen.refuses) throw new DOMException("", "NotAllowedError");
  const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
  setInterval(() => pen.fillRect(0, 0, Math.random() * 90, 90), 40);
  return (seen.stream = canvas.captureStream(25));
};
"""
CAMERA = "Lire avec la caméra"


def open_walk(browser, live_server, stock, *scripts):
    page = new_page(browser, live_server, width=360, account=stock.world.account("erun"))
    for script in scripts:
        page.add_init_script(script)
    page.goto(walk(stock))
    page.locator("form[data-kept]").wait_for()
    return page


def show(page, code):
    page.evaluate("(code) => { seen.code = code; }", code)


def address(live_server, tag):
    return live_server.url + reverse("inventory:asset_by_tag", args=[tag])


def test_a_label_shown_to_the_camera_is_ticked_even_without_network(stock, browser, live_server):
    page = open_walk(browser, live_server, stock, FALSE_CAMERA)
    page.context.set_offline(True)
    page.get_by_role("button", name=CAMERA).click()
    page.locator("video").wait_for()
    assert page.evaluate("seen.wanted.join() + seen.asked.video.facingMode") == "qr_codeenvironment"
    show(page, "blurred")
    show(page, address(live_server, stock.projector.tag))
    say(page, "Vu")
    assert page.locator("[data-met]").inner_text() == "1 sur 11"
    show(page, address(live_server, LATE_TAG))
    say(page, "n’est pas dans cette liste")
    show(page, "https://fabricant.example/aide/S12345")  # its end reads like six signs
    say(page, "n’est pas une étiquette de l’inventaire")
    assert page.locator("[name=others]").input_value() == LATE_TAG
    page.context.set_offline(False)
    page.get_by_role("button", name="Envoyer le comptage").click()
    page.wait_for_url("**/comptages/*/")
    found = CountSession.objects.get().observations
    assert list(found.filter(outcome="seen").values_list("tag", flat=True)) == [stock.projector.tag]
    assert found.get(outcome="unknown").tag == LATE_TAG


def test_the_camera_is_stopped_by_its_button_and_by_the_keyboard(stock, browser, live_server):
    page = open_walk(browser, live_server, stock, FALSE_CAMERA)
    page.get_by_role("button", name=CAMERA).focus()
    page.keyboard.press("Enter")
    stop = page.get_by_role("button", name="Arrêter la caméra")
    stop.wait_for()
    assert page.evaluate("seen.stream.active") and targets_too_small(page) == []
    stop.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name=CAMERA).wait_for()
    assert not page.evaluate("seen.stream.active") and page.locator("video").is_hidden()
    show(page, address(live_server, stock.projector.tag))
    page.wait_for_timeout(600)
    assert page.locator("[data-met]").inner_text() == "0 sur 11"


def test_a_camera_that_is_refused_leaves_the_six_signs(stock, browser, live_server):
    page = open_walk(browser, live_server, stock, FALSE_CAMERA, "seen.refuses = true;")
    page.get_by_role("button", name=CAMERA).click()
    say(page, "La caméra ne répond pas")
    assert page.locator("video").is_hidden()
    type_tag(page, stock.projector.tag)
    assert page.locator("[data-met]").inner_text() == "1 sur 11"


@pytest.mark.parametrize(
    "script",
    ["delete self.BarcodeDetector;", FALSE_CAMERA + "seen.formats = ['ean_13'];",
     FALSE_CAMERA + "BarcodeDetector.getSupportedFormats = async () => { throw new Error(); };"],
    ids=["no detector", "no qr code", "a detector that fails"],
)  # fmt: skip
def test_a_browser_that_reads_no_code_offers_no_camera(stock, browser, live_server, script):
    page = open_walk(browser, live_server, stock, script)
    assert page.locator("[data-scan]").is_hidden()
    type_tag(page, stock.projector.tag.lower())
    say(page, "Vu")
    assert page.locator("[data-met]").inner_text() == "1 sur 11"
