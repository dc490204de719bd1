"""The life of a class in a real browser: four actions on a telephone, without a script, and nothing that runs."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from preau.ent.posts.models import Post
from preau.media.models import Picture
from tests.browser import Finger, assert_accessible, new_page, open_page
from tests.ent.posts.test_accords import agree
from tests.ent.posts.xss import payloads
from tests.media import samples

pytestmark = pytest.mark.browser


def life_path(world):
    return reverse("portal:classroom_life", kwargs={"classroom_id": world.classrooms["cpb"].pk})


def publish_path(world):
    return reverse("posts:classroom_publish", kwargs={"classroom_id": world.classrooms["cpb"].pk})


@pytest.fixture
def photo(tmp_path):
    """What a telephone makes: large, turned, located."""
    path = tmp_path / "IMG_0001.JPG"
    image = samples.noise((400, 300)).resize((3000, 2250))
    path.write_bytes(samples.encoded(image, exif=samples.exif(6), quality=95))
    return path


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_a_picture_and_a_sentence_in_four_actions(world, browser, live_server, photo, javascript):
    """Where every family agrees; else one more, to say that no child without accord is recognised."""
    agree(world)
    page = open_page(
        browser, live_server, "/aujourdhui/", width=360, account=world.account("teacher"), javascript=javascript
    )
    finger = Finger(page)
    finger.touch("Publier")
    finger.choose(photo)
    if javascript:
        expect(page.locator(".pictures .quiet")).to_have_text(re.compile(r"1 photo, \d+\sko, réduite avant l’envoi"))
    finger.write("Qu’est-ce que les élèves ont appris", "Nous avons peint.")
    finger.touch("Publier", role="button")
    page.wait_for_url("**/vie/?fait=*")
    assert finger.count <= 4
    assert page.locator(".toast").inner_text().startswith("C’est publié")
    kept = Picture.objects.get()
    assert kept.width < kept.height <= 1600 and kept.weight <= 250_000
    shown = page.locator(".life img").first
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    page.get_by_role("button", name="Annuler").click()
    page.wait_for_url("**/texte/")
    assert Post.objects.get().publication.state == "draft"


def test_photos_are_not_lost_for_a_box_left_unticked(world, browser, live_server, photo):
    page = open_page(browser, live_server, publish_path(world), width=360, account=world.account("teacher"))
    box, publish = page.get_by_label("Aucun enfant sans accord"), page.get_by_role("button", name="Publier", exact=True)
    assert not box.evaluate("box => box.required"), "a text alone needs no such word"
    page.set_input_files("main input[type=file]", photo)
    expect(page.locator(".pictures .quiet")).to_have_text(re.compile("réduite avant"))
    publish.click()
    assert box.evaluate("box => box.matches(':invalid:focus')") and page.url.endswith(publish_path(world))
    assert page.locator("main input[type=file]").evaluate("input => input.files.length") == 1
    box.check()
    publish.click()
    page.wait_for_url("**/vie/?fait=*")
    assert Picture.objects.count() == 1


def test_without_the_word_that_photos_need_a_draft_is_kept(world, browser, live_server, photo):
    page = open_page(browser, live_server, publish_path(world), width=360, account=world.account("teacher"))
    page.set_input_files("main input[type=file]", photo)
    expect(page.locator(".pictures .quiet")).to_have_text(re.compile("réduite avant"))
    page.get_by_role("button", name="Garder en brouillon").click()
    page.wait_for_url(lambda url: publish_path(world) not in url)
    assert Post.objects.get().publication.state == "draft" and Picture.objects.count() == 1


def test_a_photo_chosen_before_the_script_is_there_is_reduced_too(world, browser, live_server, photo):
    """A slow network brings the page first; the line of the photo must not hide when the script comes."""
    page = new_page(browser, live_server, width=360, account=world.account("teacher"))
    late = []
    page.route("**/media/reduce*.js", lambda route: late.append(route))
    with page.expect_request("**/media/reduce*.js"):
        page.goto(publish_path(world), wait_until="commit")
    page.locator("input[type=file]").set_input_files(photo)
    late.pop().continue_()
    expect(page.locator(".pictures .quiet")).to_contain_text("réduite avant l’envoi")
    assert page.locator(".field input[type=text]:visible").count() == 1


def test_a_photo_leaves_the_telephone_reduced(world, browser, live_server, photo):
    page = open_page(browser, live_server, publish_path(world), width=360, account=world.account("teacher"))
    page.locator("input[type=file]").set_input_files(photo)
    expect(page.locator(".pictures .quiet")).to_contain_text("réduite avant l’envoi")
    size = page.locator("input[type=file]").evaluate("input => input.files[0].size")
    assert size <= 260_000 < photo.stat().st_size
    assert page.locator("#id_alt1").is_visible()


def test_what_is_no_photo_is_left_out_before_it_is_sent(world, browser, live_server, photo):
    page = open_page(browser, live_server, publish_path(world), width=360, account=world.account("teacher"))
    letter = {"name": "lettre.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    view = {"name": "vue.heic", "mimeType": "image/heic", "buffer": b"\0\0\0\x18ftypheic"}
    drawing = {"name": "radis.jpg", "mimeType": "image/jpeg", "buffer": samples.encoded(samples.drawing())}
    chosen, list_ = page.locator("input[type=file]"), page.locator(".pictures.chosen")
    chosen.set_input_files([letter, drawing, view])
    expect(list_).to_contain_text("« lettre.pdf », « vue.heic » ne partent pas : une photo est en JPEG, PNG ou WebP.")
    expect(list_).to_contain_text("1 photo,")
    assert chosen.evaluate("input => [...input.files].map((file) => file.name)") == ["radis.jpg"]
    assert page.locator(".field input[type=text]:visible").count() == 1
    expect(list_.locator("img")).to_have_js_property("complete", True)
    assert list_.locator(".picture").count() == 1
    chosen.set_input_files([letter])
    expect(list_).to_have_text("« lettre.pdf » ne part pas : une photo est en JPEG, PNG ou WebP.")
    assert not page.get_by_label("Aucun enfant sans accord").evaluate("box => box.required")


def test_a_photo_takes_its_place_before_it_is_read(world, browser, live_server):
    """An old telephone reduces a photo for seconds: the line one writes in meanwhile must not leave the screen."""
    page = new_page(browser, live_server, width=360, account=world.account("teacher"))
    page.add_init_script(
        "const read = createImageBitmap; const slow = new Promise((go) => { window.go = go; });"
        "window.createImageBitmap = async (...all) => { await slow; return read(...all); };"
    )
    page.goto(publish_path(world))
    file = {"name": "radis.jpg", "mimeType": "image/jpeg", "buffer": samples.encoded(samples.drawing())}
    page.locator("input[type=file]").set_input_files(file)
    line, status = page.locator("#id_alt1"), page.locator(".pictures .quiet")
    expect(status).to_have_text("1 photo, en préparation")
    line.focus()
    before = line.bounding_box()
    page.evaluate("go()")
    expect(status).to_have_text(re.compile(r"1 photo, \d+\sko"))
    expect(page.locator(".pictures img")).to_have_js_property("complete", True)
    assert line.bounding_box() == before and 0 < before["y"] < 800 - before["height"]


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_each_photo_has_its_line(world, browser, live_server, photo, javascript):
    agree(world)
    page = open_page(
        browser, live_server, publish_path(world), width=360, account=world.account("teacher"), javascript=javascript
    )
    line = page.get_by_label("que voit-on")
    if javascript:
        assert [line.nth(rank).is_visible() for rank in (0, 1)] == [False, False]
        page.locator("input[type=file]").set_input_files([photo])
        page.wait_for_selector(".pictures img")
        assert [line.nth(rank).is_visible() for rank in (0, 1)] == [True, False]
    page.locator("input[type=file]").set_input_files([photo, photo, photo])
    if javascript:
        expect(page.locator(".pictures .quiet")).to_contain_text("3 photos")
        assert [line.nth(rank).is_visible() for rank in range(8)] == [True] * 3 + [False] * 5
        assert not page.get_by_text("Décrire les photos suivantes").is_visible()
        assert_accessible(page)
    else:
        page.get_by_text("Décrire les photos suivantes").click()
    for rank, words in enumerate(("Un mur", "Un arbre", "Un banc")):
        line.nth(rank).fill(words)
    page.get_by_role("button", name="Publier").click()
    page.wait_for_url("**/vie/?fait=*")
    assert [kept.alt for kept in Picture.objects.order_by("position")] == ["Un mur", "Un arbre", "Un banc"]


def test_a_refusal_is_accessible_and_says_what_to_do(world, browser, live_server, tmp_path):
    wrong = tmp_path / "a.jpg"
    wrong.write_bytes(samples.SVG)
    page = open_page(browser, live_server, publish_path(world), width=360, account=world.account("teacher"))
    page.locator("input[type=file]").set_input_files(wrong)
    page.get_by_label("Qu’est-ce que les élèves ont appris").fill("Gardé")
    page.get_by_label("Aucun enfant sans accord").check()
    page.get_by_role("button", name="Publier").click()
    page.wait_for_selector(".to-fix")
    said = page.locator(".to-fix").inner_text()
    assert "n’est pas une photo" in said and "choisissez de nouveau vos photos" in said
    assert page.get_by_label("Qu’est-ce que les élèves ont appris").input_value() == "Gardé"
    assert_accessible(page)


ALLOWED_NODES = "p, br, a, strong, em, ul, ol, li"


def test_no_text_runs_for_any_reader(world, browser, live_server, client):
    """Every payload through the real form, read in Chromium as each role; the control shows that they do run."""
    texts = list(payloads())
    assert len(texts) >= 300
    world.sign_in(client, "teacher")
    for start in range(0, len(texts), 18):
        answer = client.post(publish_path(world), {"text": "\n\n".join(texts[start : start + 18])})
        assert answer.status_code == 302
    for who in ("teacher", "head", "guardian"):
        page = open_page(browser, live_server, life_path(world), account=world.account(who))
        read_to_the_end(page)
        page.context.close()
    assert control(browser, texts) >= 20


def read_to_the_end(page):
    pages_read = 0
    while True:
        pages_read += 1
        page.wait_for_load_state("load")
        assert page.evaluate("window.ran === undefined && top.ran === undefined")
        stray = page.evaluate(
            "ok => [...document.querySelectorAll('.said *')].filter(e => !e.matches(ok)).map(e => e.outerHTML)",
            ALLOWED_NODES,
        )
        assert stray == []
        links = page.evaluate("[...document.querySelectorAll('.said a')].map(a => [a.href, a.innerText])")
        for address, said in links:
            assert address.startswith(("https://", "http://"))
            assert address.split("/")[2] in said, (address, said)  # the whole host is shown
        attributes = page.evaluate(
            "[...new Set([...document.querySelectorAll('.said *')].flatMap(e => e.getAttributeNames()))]"
        )
        assert set(attributes) <= {"href", "rel"}
        assert page.elsewhere == []
        older = page.get_by_role("link", name="Plus ancien")
        if not older.count():
            break
        older.click()
    assert pages_read >= 3


def control(browser, texts):
    """How many of the same texts run when nothing cleans them: the test would be blind otherwise."""
    ran = 0
    page = browser.new_page()
    page.route("**/*", lambda route: route.abort() if "exemple" in route.request.url else route.continue_())
    for text in texts:
        page.set_content(f"<p>{text}</p>")
        page.wait_for_timeout(8)
        ran += bool(page.evaluate("window.ran === 1"))
        page.evaluate("delete window.ran")
    page.close()
    return ran
