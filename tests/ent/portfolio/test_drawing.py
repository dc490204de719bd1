"""In a browser: a teacher draws in a page, the line is cut, nothing is lost; the family sees the drawing at home."""

import io

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from preau.ent.portfolio.models import Page, Piece
from tests.browser import open_page


@pytest.mark.browser
def test_a_drawing_is_kept_through_a_cut_line_and_seen_at_home(world, browser, live_server):
    adam, room = world.people["child_adam"], world.classrooms["cpb"]
    path = f"{reverse('portfolio:page_create', args=[room.pk])}?pour={adam.pk}"
    page = open_page(browser, live_server, path, width=768, account=world.account("teacher"))
    page.get_by_label("Titre").fill("Mon bonhomme")
    page.get_by_text("Dessiner", exact=True).click()
    sheet = page.get_by_role("img", name="Feuille de dessin")
    page.get_by_role("button", name="rouge").click()
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    for step in (0.25, 0.75):  # two strokes; the second is taken back
        page.mouse.move(box["x"] + box["width"] * step, box["y"] + box["height"] * 0.3)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * step, box["y"] + box["height"] * 0.7, steps=4)
        page.mouse.up()
    page.get_by_role("button", name="Annuler").click()
    page.context.set_offline(True)
    page.get_by_role("button", name="Montrer à la famille").click()
    expect(page.get_by_role("alert")).to_contain_text("Rien n’est perdu")
    expect(page.get_by_label("Titre")).to_have_value("Mon bonhomme")
    page.context.set_offline(False)
    page.get_by_role("button", name="Montrer à la famille").click()
    expect(page.get_by_role("heading", name="Mon bonhomme")).to_be_visible()
    piece = Piece.objects.get(page=Page.objects.get(), sort="drawing")
    with default_storage.open(piece.path) as file, Image.open(io.BytesIO(file.read())) as drawn:
        width, height = drawn.size
        red, blank = (drawn.convert("RGB").getpixel((int(width * at), height // 2)) for at in (0.25, 0.75))
    assert red[0] > 150 and max(red[1:]) < 110 and min(blank) > 240
    home = open_page(browser, live_server, "/aujourdhui/", width=360, account=world.account("guardian"))
    home.get_by_role("link", name="1\u00a0page nouvelle cette semaine").click()
    expect(home.get_by_alt_text("Dessin")).to_be_visible()
    assert not home.elsewhere


@pytest.mark.browser
def test_a_page_for_nobody_does_not_leave_and_loses_nothing(world, browser, live_server, tmp_path):
    room, photo = world.classrooms["cpb"], tmp_path / "feuille.jpg"
    Image.effect_noise((300, 200), 40).convert("RGB").save(photo)
    path = reverse("portfolio:page_create", args=[room.pk])
    page = open_page(browser, live_server, path, width=768, account=world.account("teacher"))
    page.set_input_files("main input[name=pictures]", photo)
    expect(page.locator(".pictures .quiet")).to_contain_text("1 photo")
    page.get_by_role("button", name="Montrer à la famille").click()
    first = page.locator("[name=children]").first
    assert "cochez au moins un nom" in first.evaluate("box => box.validationMessage") and page.url.endswith(path)
    assert page.locator("main input[name=pictures]").evaluate("input => input.files.length") == 1
    first.check()
    page.get_by_role("button", name="Montrer à la famille").click()
    page.wait_for_url(lambda url: not url.endswith(path))
    assert Piece.objects.filter(sort="photo").count() == Page.objects.count() == 1
