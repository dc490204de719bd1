"""A picture opens over the page, with what is said of it and its neighbours; without script, on a page of its own."""

import datetime

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser import assert_accessible, new_page, open_page, targets_too_small
from tests.ent.posts.test_actions import NOW, picture, publish

HOME = "/aujourdhui/"
TEXT = "Nous avons mélangé les couleurs."


def three(world):
    return publish(world, pictures=[picture("Du rouge."), picture("Du bleu."), picture("Du violet.")])


def pictures_of(post):
    return [reverse("posts:picture_detail", args=[each.pk]) for each in post.publication.pictures.order_by("position")]


def test_a_picture_has_a_page_for_who_reads_its_publication(world, client):
    first, second, third = pictures_of(three(world))
    page = world.sign_in(client, "guardian").get(second).content.decode()
    assert TEXT in page and 'alt="Du bleu."' in page and "Photo 2 sur 3" in page
    assert f'rel="prev" href="{first}"' in page and f'rel="next" href="{third}"' in page
    assert 'rel="prev"' not in client.get(first).content.decode()
    assert 'rel="next"' not in client.get(third).content.decode()
    for stranger in ("guardian_other_class", "teacher_other_school", "city_education", "ien"):
        assert world.sign_in(client, stranger).get(second).status_code == 404, stranger


def test_a_feed_never_leads_to_a_bare_file(world, client):
    post = three(world)
    life = reverse("portal:classroom_life", args=[world.classrooms["cpb"].pk])
    for path in (HOME, life, reverse("posts:post_detail", args=[post.pk])):
        page = world.sign_in(client, "guardian").get(path).content.decode()
        assert 'href="/photos/' not in page and pictures_of(post)[0] in page, path


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_picture_far_below_is_asked_when_the_reader_comes_near_it(world, browser, live_server):
    """Three screens down, Chromium asks it at once for `loading="lazy"` alone."""
    before = NOW - datetime.timedelta(hours=1)
    publish(world, pictures=[picture()], now=before)
    for number in range(4):
        publish(world, text=f"Matin {number}. " + "Nous avons mélangé les couleurs. " * 17)
    life = reverse("portal:classroom_life", args=[world.classrooms["cpb"].pk])
    page = new_page(browser, live_server, width=360, account=world.account("guardian"))
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(life, wait_until="networkidle")
    drawn, image = page.locator("a.picture").first, page.locator("a.picture img").first
    assert 2100 < drawn.bounding_box()["y"] < 3200
    assert asked and not [each for each in asked if "/photos/" in each]
    drawn.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('a.picture img').naturalWidth > 0")
    assert image.evaluate("e => e.getBoundingClientRect().height") > 100


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_picture_opens_over_the_page_by_hand_and_by_keys(world, browser, live_server):
    three(world)
    page = open_page(browser, live_server, HOME, width=360, account=world.account("guardian"))
    viewer = page.locator("dialog.viewer")
    page.locator("a.picture").first.focus()
    page.keyboard.press("Enter")
    expect(viewer).to_contain_text("Photo 1 sur 3")
    expect(viewer).to_contain_text(TEXT)
    page.keyboard.press("ArrowRight")
    expect(viewer).to_contain_text("Photo 2 sur 3")
    drawn = viewer.locator("img").evaluate("e => e.decode().then(() => [e.alt, e.naturalWidth > 0])")
    assert drawn == ["Du bleu.", True]
    assert page.evaluate("document.activeElement.rel") == "next"  # again with Enter
    assert_accessible(page)
    assert targets_too_small(page) == []
    for _ in range(6):  # the focus stays inside
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('.viewer')")
    viewer.get_by_role("link", name="Suivante").click()
    expect(viewer).to_contain_text("Photo 3 sur 3")
    page.keyboard.press("ArrowLeft")
    expect(viewer).to_contain_text("Photo 2 sur 3")
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    assert page.evaluate("document.activeElement.matches('a.picture')") and page.url.endswith(HOME)
    page.locator("a.picture").first.click()
    viewer.get_by_role("link", name="Fermer").click()
    expect(viewer).to_be_hidden()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("javascript", [True, False])
def test_the_whole_of_an_item_opens_it(world, browser, live_server, javascript):
    """Beside its words and on them; its words are still chosen, its pictures and buttons still their own."""
    post = three(world)
    account = world.account("teacher")
    page = open_page(browser, live_server, HOME, width=360, account=account, javascript=javascript)
    detail = reverse("posts:post_detail", args=[post.pk])
    item = page.locator(".life > li").first
    assert item.locator(f"a[href='{detail}']").count() == 1  # one name
    words = item.locator(".said")
    if javascript:
        words.select_text()
        words.click(modifiers=["Shift"])
        assert page.url.endswith(HOME)
        page.evaluate("getSelection().removeAllRanges()")
    page.set_viewport_size({"width": 360, "height": 1600})  # the verbs at the thumb hide nothing of it
    box = words.bounding_box()
    page.mouse.click(box["x"] + 8, box["y"] + 8)
    page.wait_for_url(f"**{detail}")
    page.go_back()
    page.locator("a.picture").first.click()
    expect(page.locator("[data-photo]")).to_contain_text("Photo 1 sur 3")
