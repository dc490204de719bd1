"""The mots types in six languages, and a mot written from one as a family reads it."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from preau.ent.notes.translated import in_words_of, translated
from preau.ent.notes.wordings import BLANK, filled, values_of, wordings
from preau.people.languages import WRITTEN
from tests.ent.notes.acts import send
from tests.ent.notes.test_languages import choose
from tests.ent.notes.test_wordings import DAY, GIVEN

pytestmark = pytest.mark.django_db
SENTENCE = re.compile(r"(?<=[.!?؟])\s+")


@pytest.mark.parametrize("language", list(WRITTEN))
def test_each_wording_is_there_line_for_line_in_short_sentences(language):
    assert list(in_words_of(language)) == list(wordings())
    for key, other in in_words_of(language).items():
        french = wordings()[key]
        assert len(other.lines) == len(french.text.splitlines()) and len(other.choices) == len(french.choices), key
        assert sorted(BLANK.findall(other.title)) == sorted(BLANK.findall(french.title)), key
        for line, said in zip(french.text.splitlines(), other.lines, strict=True):
            assert sorted(BLANK.findall(said)) == sorted(BLANK.findall(line)), (key, said)
        sentences = [one for line in (*other.lines, *other.choices, other.title) for one in SENTENCE.split(line)]
        assert [one for one in sentences if len(re.findall(r"\w+", BLANK.sub("x", one))) > 12] == [], key


def from_wording(world, key, **more):
    """Sent as the page sends it: its blanks filled."""
    one, said = wordings()[key], values_of(DAY, datetime.time(17, 30), **GIVEN)
    more.setdefault("text", filled(one.text, said))
    note = send(world, wording=key, title=filled(one.title, said), nature=one.nature, choices=one.choices, **more)
    note.happens_on = DAY if one.asks_day else None
    note.save()
    return note


@pytest.mark.parametrize("key", list(wordings()))
def test_what_filled_the_blanks_is_found_again(world, key):
    note = from_wording(world, key)
    with override("en"):
        read = translated(note)
    other = in_words_of("en")[key]
    values = {"jour": "Thursday 8 October", "heure": "17:30"}
    values |= {name: f'<bdi lang="fr" dir="ltr">{words}</bdi>' for name, words in GIVEN.items()}
    assert read.is_whole and read.title == filled(other.title, values)
    assert read.html == "".join(f"<p>{filled(line, values)}</p>" for line in other.lines)


def test_a_line_that_the_teacher_changed_stays_in_french_and_says_so(world, client):
    text = wordings()["pique_nique"].text.replace("{jour}", "jeudi 8\u00a0octobre").splitlines()
    note = from_wording(world, "pique_nique", text="\n".join([*text[:2], "Et <b>une gourde</b>."]))
    page = choose(world, client, "ar").get(reverse("notes:note_detail", args=[note.pk])).content.decode()
    assert "تلزم وجبة باردة الخميس 8 أكتوبر." in page and "ترجمة تحتاج إلى مراجعة" in page
    assert '<p><bdi lang="fr" dir="ltr">Et &lt;b&gt;une gourde&lt;/b&gt;.</bdi></p>' in page
    assert "كتبت المدرسة بنفسها الجمل الفرنسية" in page and "النص الأصلي بالفرنسية" in page
    assert "Il faut un pique-nique, jeudi" in page  # the original, one touch away


def test_a_mot_that_is_no_wording_any_more_is_shown_in_french(world, client):
    note = from_wording(world, "poux", text="Des poux sont là.")
    page = choose(world, client, "tr").get(reverse("notes:note_detail", args=[note.pk])).content.decode()
    assert "Des poux sont là." in page and "Okul bunu Fransızca yazdı. Çevrilmedi." in page
    assert "Okulda bit var" in page  # its title is still the wording's


def test_choices_are_read_in_ones_language_and_answered_as_the_school_wrote_them(world, client):
    note = from_wording(world, "rendez_vous")
    client, child = choose(world, client, "uk"), world.people["child_adam"]
    page = client.get(reverse("notes:note_detail", args=[note.pk])).content.decode()
    assert "Четвер о 16:45" in page and 'value="Jeudi à 16 h 45"' in page
    sent = {"version": 1, "choice": "Jeudi à 16 h 45"}
    assert client.post(reverse("notes:answer_create", args=[note.pk, child.pk]), sent).status_code == 302
    assert note.answers.get().choice == "Jeudi à 16 h 45"
    assert "Ви обрали: Четвер о 16:45" in client.get(reverse("notes:note_detail", args=[note.pk])).content.decode()
