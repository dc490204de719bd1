"""A real video, written again by ffmpeg, in a real browser: it waits to be asked, plays, and its words are beneath."""

import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import expect

from preau.ent.posts import actions
from preau.media import videos
from tests.browser import open_page
from tests.ent.posts.test_actions import publish
from tests.media import films

pytestmark = [pytest.mark.browser, pytest.mark.ffmpeg, pytest.mark.apart]
HEARD = "Les élèves chantent « À la claire fontaine »."
PLAYS = """video => video.play().then(() => new Promise((done) => {
  video.ontimeupdate = () => video.currentTime > .5 && done();
}))"""
STATE = "video => [video.paused, video.currentTime, video.readyState, video.controls, video.autoplay]"


def test_a_video_waits_to_be_asked_then_plays_with_its_words_beneath(world, browser, live_server):
    post = publish(world, text="La chorale.")
    sent = SimpleUploadedFile("film.mp4", films.film(seconds=4, size="640x360", told=True))
    said = {"person": post.publication.author, "post": post, "now": now(), "is_declared": True}
    video = actions.join_video(**said, document=videos.take(sent, "film.mp4"), heard=HEARD)
    actions.settle_file(file=video, now=now())
    address = reverse("posts:post_video", args=[video.pk])
    page = open_page(browser, live_server, "about:blank", width=360, account=world.account("guardian"))
    asked = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(live_server.url)))
    page.goto(reverse("posts:post_detail", args=[post.pk]))
    page.wait_for_load_state("networkidle")
    player = page.locator("video")
    assert player.evaluate(STATE) == [True, 0, 0, True, False] and address not in asked  # not a byte of it before
    expect(page.get_by_text(HEARD)).to_be_visible()
    box, words = player.bounding_box(), page.get_by_text(HEARD).bounding_box()
    assert box["width"] <= 360 and box["height"] > 100 and words["y"] > box["y"] + box["height"]
    _shoot(page, "before")
    player.evaluate(PLAYS)
    _shoot(page, "playing")
    assert address in asked and player.evaluate("video => [video.videoWidth, video.error]") == [640, None]
    assert player.evaluate("video => video.duration") == pytest.approx(4, abs=0.2)
    page.reload()
    assert page.locator("video").evaluate(STATE)[:2] == [True, 0]


def _shoot(page, name):
    """For who wants to look: PREAU_SHOTS names a folder."""
    if folder := os.environ.get("PREAU_SHOTS"):
        page.screenshot(path=f"{folder}/video-{name}.png")
