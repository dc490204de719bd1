"""« Tu » to pupils, on every page that their own pages lead to, and in every sentence that refuses."""

import re

import pytest
from django.test import Client

from preau.kit.spoken.children import SAID, to_child
from preau.media import documents, voices
from tests.ent.mail.acts import answer, begin

pytestmark = pytest.mark.django_db
HREF = re.compile(r'href="(/[^"#]*)')
HIDDEN = re.compile(r"<(script|style|blockquote)\b.*?</\1>|<bdi.*?</bdi>|<div class=\"said.*?</div>|<!--.*?-->", re.S)
SHOWN = re.compile(r'(?:aria-label|data-\w+|title|alt|placeholder)="([^"]*)"|>([^<]+)<')
VOUS = re.compile(r"\b(vous|votre|vos|(?!rendez-vous|assez|chez|nez)\w{2,}ez)\b", re.I)
# Of everybody: the public sites and what a law asks. An account of tests has no password to change.
ENTRE_VOUS = {"La remarque d’un adulte sur ton texte reste entre vous."}  # two persons
OTHERS = (
    "/accessibilite/", "/donnees-personnelles/", "/ecoles/", "/entrer/", "/mentions-legales/", "/plan-du-site/",
    "/static/", "/mon-compte/mot-de-passe/",
)  # fmt: skip


def said_vous(page):
    shown = (one or two for one, two in SHOWN.findall(HIDDEN.sub("", page)))
    return [text.strip() for text in shown if VOUS.search(re.sub("[Rr]endez-vous", "", text))]


def test_no_page_that_a_pupil_reaches_says_vous(world, client):
    talk = begin(world, "teacher_other_class", ("pupil_cm2",), child=None, text="Bonjour.")
    answer(world, talk, "pupil_cm2")
    world.sign_in(client, "pupil_cm2")
    to_read, seen, found = ["/aujourdhui/"], set(), {}
    while to_read:
        path = to_read.pop()
        if path in seen or path.startswith(OTHERS):
            continue
        seen.add(path)
        page = client.get(path, follow=True)
        if page.status_code == 200 and page.headers["Content-Type"].startswith("text/html"):
            found[path] = said_vous(page.text)
            to_read += [each.replace("&amp;", "&") for each in HREF.findall(page.text)]
    assert f"/messages/{talk.pk}/" in found and len(found) > 12
    assert sorted({text for texts in found.values() for text in texts} - ENTRE_VOUS) == []


def test_what_is_refused_to_a_pupil_is_said_tu(world, client):
    sentences = [documents.NEITHER, documents.MISNAMED, voices.NO_VOICE, voices.UNREADABLE, voices.TOO_LONG]
    assert [said for said in map(to_child, [*sentences, *SAID]) if VOUS.search(said)] == []
    assert to_child("Rendez-vous jeudi. Gardez-en trois.") == "Rendez-vous jeudi. Gardes-en trois."
    talk = begin(world, "teacher_other_class", ("pupil_cm2",), child=None)
    page = world.sign_in(client, "pupil_cm2").post(f"/messages/{talk.pk}/", {"text": "a" * 3001})
    assert page.status_code == 422 and "garde" in page.text and not said_vous(page.text)


def test_what_goes_wrong_is_said_tu_in_the_letters_of_pupils(world, client):
    checking = Client(enforce_csrf_checks=True)
    talk = begin(world, "teacher_other_class", ("pupil_cm2",), child=None)
    for each in (client, checking):
        world.sign_in(each, "pupil_cm2")
    page, sent = f"/messages/{talk.pk}/", {"text": "Bonjour maîtresse, voici mon exposé."}
    pages = (
        (client.get("/rien/"), 404, "pas pour toi"),
        (client.get("/arrets/"), 403, "n’est pas possible"),
        (checking.post(page, sent, headers={"origin": "http://testserver"}), 403, "copie-le"),
    )
    for refused, status, words in pages:
        assert refused.status_code == status and words in refused.text and 'data-voice="cour"' in refused.text
        assert said_vous(refused.text) == []
    assert "Ce que tu avais écrit" in pages[-1][0].text
    assert "ne vous est pas destinée" in world.sign_in(client, "teacher").get("/rien/").text
