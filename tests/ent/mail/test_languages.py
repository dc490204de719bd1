"""A guardian reads messages and reports in their language: no French is left but what people typed."""

import re

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.mail import actions
from preau.people.languages import WRITTEN
from preau.spaces import actions as spaces
from tests.ent.mail.acts import answer, begin
from tests.ent.mail.test_reports import report
from tests.french_left import french, read, unnamed

ACRONYMS = re.compile("AESH|ATSEM|ERUN|IEN|DSDEN")  # explained in the words around
pytestmark = pytest.mark.django_db


def pages_of(world):
    """Each page of the room, one message taken back, one reported."""
    talk, other = begin(world, to=("teacher", "head")), begin(world, subject="Autre")
    actions.recall_message(person=world.people["guardian"], message=other.messages.get(), now=now())
    said = answer(world, talk)
    made = report(world, "guardian", said)
    more = answer(world, talk, text="Bonjour.")
    pages = [reverse(f"mail:{name}") for name in ("inbox", "choose", "who", "reports")]
    pages += [reverse("mail:conversation", args=[each.pk]) for each in (talk, other)]
    pages += [reverse("mail:report", args=[made.pk]), reverse("mail:report_create", args=[more.pk])]
    pages.append(reverse("mail:write", args=[world.schools["tilleuls"].pk, world.people["teacher"].pk]))
    return [*pages, f"{reverse('mail:inbox')}?rangees=1"]


def test_no_french_is_left_on_the_pages_of_messages(world, client):
    pages, guardian = pages_of(world), world.people["guardian"]
    world.sign_in(client, "guardian")
    in_french = {path: set(unnamed(world, read(client, path, "fr")).found) for path in pages}
    for language in WRITTEN:
        guardian.reading_language = language
        guardian.save()
        for path in pages:
            page = read(client, path, language)
            assert page.page["lang"] == language
            said = [ACRONYMS.sub("", text) for text in unnamed(world, page).found]
            assert french(said, language, in_french[path] - {"Parent", "Messages"}) == [], (language, path)


def test_what_is_refused_is_said_in_the_reader_s_language(world, client):
    guardian, talk = world.people["guardian"], begin(world)
    guardian.reading_language = "en"
    guardian.save()
    url = reverse("mail:conversation", args=[talk.pk])
    assert "Write your message, or say it." in world.sign_in(client, "guardian").post(url, {}).content.decode()
    spaces.stop_place(
        person=world.people["head"], place=world.schools["tilleuls"], readers=["adults"], why="check", now=now()
    )
    said = client.post(url, {"text": "Bonjour"}).content.decode()
    assert "Your message was not sent" in said and "Bonjour" in said
