"""What a family asks and cannot have is said in their language too: pages of refusals are written in French."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.comments import views as comments
from preau.ent.comments.actions import withdraw_comment
from preau.kit.answers import Conflict
from preau.kit.rows import GONE
from tests.ent.agenda.acts import open_slots, take
from tests.ent.comments.acts import opened, said
from tests.ent.homework.acts import assign

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
