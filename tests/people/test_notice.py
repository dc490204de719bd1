"""What is kept of who reads, in plain words: shown as an account opens, and again when its meaning has changed."""

import datetime
import re
from hashlib import sha256
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.timezone import now
from django.utils.translation import override

from preau.ent.notes.models import Answer
from preau.journal.models import Entry
from preau.people.languages import WRITTEN
from preau.people.models import Account, SignIn
from preau.people.texts import NOTICE_ON, NOTICE_VERSION
from preau.privacy.exports import export_person
from tests.privacy.planted import unzip

LONGEST, MOST_WORDS = 15, 190  # words of a sentence; of the text, a screen and a half of a telephone
# Of the French words below. They changed? A new meaning is a new NOTICE_ON, which shows it to everyone again.
DIGEST = "0f4e83eb"


def words(**said):
    html = render_to_string("people/_notice.html", {"notice_on": NOTICE_ON} | said)
    ended = re.sub(r"</(?:p|h2|b)>", ". ", html)
    return " ".join(unescape(strip_tags(ended)).replace("\u00a0", " ").split()).replace(" .", ".")


def formerly(account):
    Account.objects.filter(pk=account.pk).update(notice_version="2026-11-26", notice_at=None)


def test_a_family_reads_it_in_short_sentences_on_a_screen_and_a_half():
    said = words()
    assert max(len(one.split()) for one in re.split(r"[.?!]", said)) <= LONGEST
    assert len(said.split()) <= MOST_WORDS


def test_who_changes_its_words_decides_whether_everyone_reads_it_again():
    said = words(notice_on=datetime.date(2026, 1, 1)) + words(is_child=True, notice_on=datetime.date(2026, 1, 1))
    assert sha256(said.encode()).hexdigest()[:8] == DIGEST


def test_how_long_it_says_is_what_the_tables_declare():
    said = words()
    for sentence, model, keeps in (
        ("Vos réponses restent cette année scolaire et la suivante", Answer, "l’année scolaire et la suivante"),
        ("La liste de vos entrées reste un an", SignIn, "1 an"),
        ("Votre compte s’efface trois mois après", Account, "3 mois après la fin de la dernière raison de l’avoir"),
    ):
        assert sentence in said and model.privacy.keeps == keeps


@pytest.mark.parametrize("language", list(WRITTEN))
def test_each_language_says_as_much_in_as_few_words(language):
    with override(language):
        said = words()
    assert "Pourquoi ?" not in said and len(said.split()) <= MOST_WORDS


def test_a_new_meaning_is_shown_once_before_the_home_and_noted_by_the_button(world, client):
    account, address = world.account("guardian"), reverse("family_notice")
    client = world.sign_in(client, "guardian")
    assert client.get("/aujourdhui/").status_code == 200 and "montree" not in client.get(address).text
    formerly(account)
    assert client.get("/aujourdhui/")["Location"] == address
    assert client.get(reverse("notes:mine")).status_code == 200  # a mot opened from a mail waits for nothing
    assert "n’est pas un accord" in client.get(address).text
    account.refresh_from_db()
    assert account.notice_at is None  # reading writes nothing
    before = now()
    assert client.post(reverse("family_notice_shown")).status_code == 302
    account.refresh_from_db()
    assert account.notice_version == NOTICE_VERSION and account.notice_at >= before
    assert Entry.objects.filter(verb="note_notice", actor_id=account.person_id).count() == 1
    assert client.get("/aujourdhui/").status_code == 200


def test_a_child_is_shown_the_charter_of_pupils_in_its_place(world, client):
    formerly(world.account("pupil_cm2"))
    client = world.sign_in(client, "pupil_cm2")
    assert client.get("/aujourdhui/").headers["Location"] == reverse("pupil_charter")
    assert "Tes données" in client.get(reverse("family_notice")).text


def test_anyone_reads_it_without_an_account_from_the_foot_of_each_page(client, db):
    door = client.get(reverse("account_login")).text
    assert f'href="{reverse("family_notice")}"' in door
    page = client.get(reverse("family_notice")).text
    assert "Qui les garde" in page and "montree" not in page and reverse("privacy") in page
    english = client.get(reverse("family_notice"), {"langue": "en"}).text
    assert "Who holds it?" in english and "Translation to be checked" in english


def test_what_was_shown_and_when_is_in_the_copy_that_a_person_asks(world):
    said = unzip(export_person(world.people["guardian"], now()))["donnees.json"].decode()
    assert f'"notice montrée": "{NOTICE_VERSION}"' in said and "notice montrée le" in said
