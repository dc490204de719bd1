"""What a family asks and cannot have is said in their language too: pages of refusals are written in French."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.comments import views as comments
from preau.ent.comments.actions import withdraw_comment
from preau.kit.answers import Conflict
from preau.kit.rows import GONE
from tests.ent.agenda.acts import open_slots, take
from tests.ent.comments.acts import opened, said
from tests.ent.homework.acts import assign
from tests.ent.mail.acts import begin
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
    assert refused.status_code == 403 and "Seul l’élève peut dire que c’est fait." in refused.text
    assert '<p class="lead" lang="tr">Yapıldığını yalnızca öğrenci söyleyebilir.</p>' in refused.text
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


def test_the_page_of_a_conflict_is_in_french_and_says_its_reason_again(world, family, monkeypatch):
    def gone(*args):
        raise Conflict(GONE)

    monkeypatch.setattr(comments, "press", gone)
    told = family.post(reverse("comments:withdrawal_create", args=[said(world).pk]))
    assert told.status_code == 409 and '<html lang="fr"' in told.text and GONE in told.text
    assert '<p class="lead" lang="tr">Değiştirmek istediğiniz şey artık yok. Sayfayı yenileyin.</p>' in told.text


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
