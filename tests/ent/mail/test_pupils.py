"""A pupil's messages: the look of the pages of pupils, who writes in large, nothing of what only adults use."""

import pytest
from django.urls import reverse

from tests.ent.mail.acts import begin

pytestmark = pytest.mark.django_db
ADULTS_ONLY = ("Ranger", "sourdine", "Conversations rangées", "Qui peut écrire à qui", "العربية")


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
    assert "messages.svg" in inbox and "Ton exposé" in inbox and "1\xa0message à lire" in inbox
    assert f"<h1>{teacher}" in written and "(enseignante ou enseignant)" not in written
    assert written.index('name="recording"') < written.index('name="text"') and "Ou dis-le" not in written
    assert 'class="tile"' in chosen and teacher in chosen


def test_an_adult_keeps_the_pages_of_adults(world, client, talk):
    inbox = world.sign_in(client, "teacher_other_class").get(reverse("mail:inbox")).text
    written = client.get(reverse("mail:conversation", args=[talk.pk])).text
    assert 'data-voice="cahier"' in inbox and "Conversations rangées" in inbox and "Ranger" in written
    assert written.index('name="text"') < written.index('name="recording"') and "Ou dites-le" in written
