"""In a browser: what is pasted from a word processor keeps all its words, and nothing of its clothes."""

import pytest
from django.urls import reverse

from preau.ent.posts.models import Post
from tests.browser import open_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = ("Canari-ferme", "des poules", "« six œufs »", "l’été, c’est fini…")
STYLED = '<p class="MsoNormal" style="mso-fareast-language:EN-US;font-family:{}"><b>{}</b><o:p></o:p></p>'
# What each puts on the clipboard: its HTML's font, and the plain text beside it.
PROCESSORS = {
    "Calibri": "Canari-ferme\r\n\uf0b7\tdes poules\u000b«\u00a0six œufs\u00a0»\r\n\r\n\r\nl’été, c’est fi\u00adni…\r\n",
    "Liberation Serif": "Canari-ferme\n•\tdes poules\u2028«\u00a0six œufs\u00a0»\nl’été,\u200b c’est fini…\n",
    "Arial": "Canari-ferme\n\n* des poules\n* «\u202fsix œufs\u202f»\n\nl’été, c’est fini…\ufeff",
}
PUT = """([html, plain]) => navigator.clipboard.write([new ClipboardItem({
    "text/html": new Blob([html], {type: "text/html"}), "text/plain": new Blob([plain], {type: "text/plain"})})])"""


def test_a_text_pasted_from_each_word_processor_is_published_whole_and_plain(world, browser, live_server):
    page = open_page(
        browser,
        live_server,
        reverse("posts:classroom_publish", args=[world.classrooms["cpb"].pk]),
        width=1280,
        account=world.account("teacher"),
    )
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(PUT, ["".join(STYLED.format(font, text) for font, text in PROCESSORS.items()), PROCESSORS["Calibri"]])
    page.locator("[name=text]").press("Control+v")
    page.wait_for_function("document.querySelector('[name=text]').value.includes('Canari-ferme')")
    for plain in (PROCESSORS["Liberation Serif"], PROCESSORS["Arial"]):
        page.evaluate(PUT, [STYLED.format("Arial", plain), plain])
        page.locator("[name=text]").press("Control+v")
    page.locator("button[value=publish]").click()
    page.get_by_text("C’est publié").wait_for()
    text = Post.objects.get().text.replace("\u00a0", " ").replace("\u202f", " ")
    assert [text.count(words) for words in WORDS] == [len(PROCESSORS)] * len(WORDS)
    assert not set(text) & set("<>\uf0b7\u000b\u2028\u00ad\u200b\ufeff") and "mso" not in text and "\n\n\n" not in text
    assert page.locator(".said").first.locator("b, span, font").count() == 0
