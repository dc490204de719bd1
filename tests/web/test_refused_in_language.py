"""What a family asks and cannot have, and what goes wrong on our side, is said in their language."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language

from preau.ent.comments import views as comments
from preau.ent.comments.actions import withdraw_comment
from preau.kit.answers import Conflict
from preau.kit.bodies import REFUSED
from preau.kit.rows import GONE
from preau.people.languages import WRITTEN
from tests.ent.agenda.acts import open_slots, take
from tests.ent.comments.acts import opened, said
from tests.ent.homework.acts import assign
from tests.ent.mail.acts import begin
from tests.french_left import french, texts_of, unnamed
from tests.media.test_documents import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_holidays")]


@pytest.fixture
def family(world, client):
    """A guardian who reads Turkish, signed in."""
    guardian = world.people["guardian"]
    guardian.reading_language = "tr"
    guardian.save()
    return world.sign_in(client, "guardian")


def test_what_only_the_pupil_says_and_what_is_taken_back_already(world, family):
    due_day = assign(world).due_days.get()
    refused = family.post(reverse("homework:done_create", args=[due_day.pk]))
    assert refused.status_code == 403 and '<html lang="tr"' in refused.text and "Ana sayfaya dön" in refused.text
    assert '<p class="lead">Yapıldığını yalnızca öğrenci söyleyebilir.</p>' in refused.text
    assert "Seul l’élève" not in refused.text and "Ce n’est pas possible" not in refused.text
    comment = said(world)
    withdraw_comment(person=world.people["guardian"], comment=comment, now=now())
    twice = family.post(reverse("comments:withdrawal_create", args=[comment.pk]))
    assert twice.status_code == 403 and "Bu yorum zaten geri alındı." in twice.text


def test_a_slot_given_back_is_said_in_it(world, family):
    round_, child = open_slots(world), world.people["child_adam"]
    take(world, round_)
    given = family.post(reverse("agenda:giving_back_create", args=[round_.pk, child.pk]), follow=True)
    assert "Bu randevudan vazgeçtiniz." in given.text


def test_a_comment_of_no_word_comes_back_with_its_sentence(world, family):
    page = reverse("comments:discussion", args=[opened(world).publication_id])
    told = family.post(page, {"text": "\u00ad"})
    assert told.status_code == 422 and "Hiçbir şey yazılmadı." in told.text and "Rien n’est écrit." not in told.text


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        (GONE, "Değiştirmek istediğiniz şey artık yok. Sayfayı yenileyin."),
        ("Ce mot a 12 copies.", '<bdi lang="fr" dir="ltr">Ce mot a 12 copies.</bdi>'),  # in no catalogue
    ],
)
def test_the_page_of_a_conflict_says_what_is_in_french(world, family, monkeypatch, reason, shown):
    def refuse(*args):
        raise Conflict(reason)

    monkeypatch.setattr(comments, "press", refuse)
    told = family.post(reverse("comments:withdrawal_create", args=[said(world).pk]))
    assert told.status_code == 409 and '<html lang="tr"' in told.text and f'<p class="lead">{shown}</p>' in told.text


@pytest.mark.parametrize("language", list(WRITTEN))
def test_no_french_is_left_on_the_pages_of_what_went_wrong(world, client, language):
    """An address that does not exist, a page of others, a page that only takes acts, what is too heavy or too slow."""
    guardian = world.people["guardian"]
    press = reverse("agenda:feed_revoke")

    def pages():
        asked = [world.sign_in(client, "guardian").get(path) for path in ("/rien/", "/arrets/", press)]
        return asked + [client.post("/entrer/", **{REFUSED: status}) for status in (413, 408, 503)]

    in_french = [set(unnamed(world, texts_of(page, "fr")).found) for page in pages()]
    guardian.reading_language = language
    guardian.save()
    for page, said_in_french in zip(pages(), in_french, strict=True):
        texts = unnamed(world, texts_of(page, language))
        assert texts.page["lang"] == language and texts.page.get("dir", "ltr") == ("rtl" if language == "ar" else "ltr")
        assert french(texts.found, language, said_in_french) == [], page.status_code


def test_a_breakdown_speaks_the_language_of_the_device(family, settings):
    settings.ROOT_URLCONF = "tests.web.urls_broken"
    family.raise_request_exception = False
    family.cookies["preau-langue"] = "tr"
    paused = family.post("/absente/", {"text": "Merhaba"}, headers={"origin": "http://testserver"})
    assert paused.status_code == 503 and '<html lang="tr"' in paused.text and "Yeniden gönder" in paused.text
    assert "Envoyer de nouveau" not in paused.text
    broken = family.get("/casse/")
    assert broken.status_code == 500 and "Préau beklendiği gibi yanıt vermiyor" in broken.text


def test_why_a_file_is_not_taken_is_said_in_it_and_which_one(world, family):
    page = reverse("mail:conversation", args=[begin(world).pk])

    def told(*sent):
        files = [SimpleUploadedFile(name, content) for name, content in sent]
        return family.post(page, {"text": "İşte", "files": files}).text

    broken, moves = ("belge.pdf", b"%PDF-1.7 no more"), ("foto.heic", b"\0\0\0\x18ftypheic" + bytes(40))
    assert "Bu PDF okunamıyor. Yeniden kaydedin ya da başka bir dosya seçin." in told(broken)
    both = told(moves, broken)
    assert "foto\u00a0: Bu fotoğraf HEIC biçiminde." in both and "Cette photo est" not in both
    assert "4 dosya çok fazla: en çok 3 dosya seçin." in told(*[broken] * 4)
    many = told(("kitap.pdf", plain(61)))
    assert "Bu PDF 60 sayfadan uzun" in many and "Ce PDF" not in many


def test_what_fails_before_the_page_leaves_no_language_to_the_next_one(client, monkeypatch):
    """Its answer is made outside of `ReadingLanguage`: a public page drawn next would be in Turkish, and kept so."""

    def away(*args):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr("preau.people.middleware.known_devices.write", away)
    client.raise_request_exception = False
    client.cookies["preau-langue"] = "tr"
    paused = client.get("/mentions-legales/")
    assert paused.status_code == 503 and '<html lang="tr"' in paused.text
    assert get_language() == "fr"
