"""A pupil's messages: the look of the pages of pupils, who writes in large, nothing of what only adults use or say."""

import re

import pytest
from django.urls import reverse

from preau.ent.mail.models import Conversation
from tests.ent.mail.acts import begin

pytestmark = pytest.mark.django_db
ADULTS_ONLY = ("Ranger", "sourdine", "Conversations rangées", "Qui peut écrire à qui", "العربية")
OF_ADULTS = ("ignal", "facultatif", "Objet", "vive voix", "votre", "vous", "IEN", "DSDEN", "propos", "chantage")


@pytest.fixture
def talk(world):
    return begin(world, "teacher_other_class", ("pupil_cm2",), child=None, subject="Ton exposé")


def test_a_pupil_finds_who_wrote_with_a_picture_and_few_doors(world, client, talk):
    teacher = world.people["teacher_other_class"].formal_name
    inbox = world.sign_in(client, "pupil_cm2").get(reverse("mail:inbox")).text
    written = client.get(reverse("mail:conversation", args=[talk.pk])).text
    chosen = client.get(reverse("mail:choose")).text
    for page in (inbox, written, chosen):
        assert 'data-voice="cour"' in page and not [
            words for words in ADULTS_ONLY if words in page.partition("<main")[2]
        ]
    assert (
        'class="initials"' in inbox
        and "messages.svg" not in inbox + chosen
        and "Ton exposé" in inbox
        and "1\xa0message à lire" in inbox
    )
    assert f"<h1>{teacher}" in written and "(enseignante ou enseignant)" not in written
    assert written.index('name="recording"') < written.index('name="text"') and "Ou dis-le" not in written
    assert 'class="tile"' in chosen and teacher in chosen and 'class="initials"' in chosen


def test_a_pupil_types_no_subject_and_does_not_read_their_first_words_twice(world, client):
    teacher, school = world.people["teacher_other_class"], world.schools["tilleuls"]
    page = reverse("mail:write", args=[school.pk, teacher.pk])
    assert 'name="subject"' not in world.sign_in(client, "pupil_cm2").get(page).text
    shown = client.post(page, {"text": "J’ai fini ma carte.", "subject": "Rien"}, follow=True).text.partition("<main")[
        2
    ]
    assert "Ton message est envoyé." in shown and "les personnes de cette conversation" not in shown
    assert Conversation.objects.get().subject == "J’ai fini ma carte." and shown.count("J’ai fini ma carte.") == 1


def test_a_pupil_tells_an_adult_in_their_own_words(world, client, talk):
    message = talk.messages.get()
    asked = world.sign_in(client, "pupil_cm2").get(reverse("mail:report_create", args=[message.pk])).text
    assert "J’ai prévenu un adulte" not in client.get(reverse("mail:inbox")).text
    send = {"reason": "threat", "words": "Encore hier."}
    told = client.post(reverse("mail:report_create", args=[message.pk]), send, follow=True).text
    again = client.get(reverse("mail:report_create", args=[message.pk])).text
    pages = [asked, told, again, *(client.get(reverse(f"mail:{name}")).text for name in ("inbox", "reports"))]
    said = [client.get(reverse("mail:conversation", args=[talk.pk])).text, *pages]
    for page in said:
        words = re.sub(r"<[^>]*>", " ", page.partition("<main")[2])
        assert not [word for word in OF_ADULTS if re.search(rf"\b{word}\b" if word != "ignal" else word, words)], words
    assert "Prévenir un adulte" in said[0] and "On me menace" in asked and "Un adulte est prévenu" in told
    assert "J’ai prévenu un adulte" in said[-2] and "Tu as déjà prévenu un adulte" in again


def test_an_adult_keeps_the_pages_of_adults(world, client, talk):
    inbox = world.sign_in(client, "teacher_other_class").get(reverse("mail:inbox")).text
    written = client.get(reverse("mail:conversation", args=[talk.pk])).text
    assert 'data-voice="cahier"' in inbox and "Conversations rangées" in inbox and "Ranger" in written
    assert written.index('name="text"') < written.index('name="recording"') and "Ou dites-le" in written
