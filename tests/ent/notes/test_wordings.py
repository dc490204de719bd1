"""Mots types in plain French, what they forbid, and what the hours of an outing make of it."""

import datetime
import re

import pytest
from django.urls import reverse

from preau.ent.notes.models import Nature, Outing
from preau.ent.notes.queries import ClassHours, outing_of
from preau.ent.notes.wordings import BLANK, FIELDS, NO_DETAILS, NO_NAMES, filled, forbidden_in, values_of, wordings
from preau.kit.dates import weekday_text
from tests.ent.notes.acts import send
from tests.rights.said import words
from tests.world import TODAY

DAY = datetime.date(2026, 10, 8)  # a Thursday
GIVEN = {"lieu": "à la ferme pédagogique", "objet": "une vieille chemise"}
HEALTH = re.compile(r"allergi|maladie|médica|handicap|asthme|vaccin", re.I)
SUBJECTS = {
    "sortie", "voyage", "greve", "reunion", "absence", "image", "poux", "cantine", "ppms", "fermeture", "assurance",
}  # fmt: skip


def shown(text):
    return filled(text, values_of(DAY, datetime.time(17, 30), **GIVEN))


def sentences(text):
    return [one for line in shown(text).splitlines() for one in re.split(r"(?<=[.!?])\s+", line) if one]


def test_there_are_twenty_wordings_and_each_subject_has_its_own():
    assert len(wordings()) >= 20 and set(wordings()) >= SUBJECTS


@pytest.mark.parametrize("wording", wordings().values(), ids=list(wordings()))
def test_a_wording_is_plain_and_whole(wording):
    long = [one for text in (wording.title, wording.text) for one in sentences(text) if words(one) > 12]
    assert long == []
    asked = set(wording.asks) | ({"jour"} if wording.outing else set())
    assert set(BLANK.findall(wording.title + wording.text)) == asked
    assert asked <= {"jour", *FIELDS} and BLANK.search(shown(wording.title + wording.text)) is None
    assert Nature(wording.nature) and bool(wording.choices) == (wording.nature == Nature.CHOICE)
    assert HEALTH.search(wording.text) is None and len(shown(wording.title)) <= 120


def test_a_strike_names_nobody_and_a_security_exercise_gives_no_detail():
    strike = [key for key, one in wordings().items() if one.forbids == NO_NAMES]
    assert len(strike) == 2 and [key for key, one in wordings().items() if one.forbids == NO_DETAILS] == ["ppms"]
    for text, refused in (("Mme Petit fait grève.", True), ("Mme PETIT.", True), ("Un petit groupe.", False)):
        assert bool(forbidden_in("greve", text, ["Petit"])) is refused, text
        # Written without a mot type, it is the word « grève » that tells.
        assert bool(forbidden_in("", text, ["Petit"])) is (refused and "grève" in text), text
        assert forbidden_in("reunion", text, ["Petit"]) == ""
    for text, refused in (
        ("Exercice à 10 h.", True),
        ("Exercice à 10h30.", True),
        ("Rendez-vous dans la cour.", True),
        ("Le plan est affiché.", True),
        (wordings()["ppms"].text, False),
    ):
        assert bool(forbidden_in("ppms", text, [])) is refused, text
        assert bool(forbidden_in("", f"PPMS. {text}", [])) is refused and forbidden_in("", text, []) == "", text


@pytest.mark.parametrize(
    "leaves, returns, days, day, kind",
    [
        ("08:30", "16:30", 0, DAY, Outing.WITHIN),  # the whole lunch included
        ("09:00", "11:00", 0, DAY, Outing.WITHIN),
        ("08:30", "17:30", 0, DAY, Outing.BEYOND),
        ("08:00", "16:00", 0, DAY, Outing.BEYOND),
        ("09:00", "16:00", 2, DAY, Outing.NIGHT),
        ("09:00", "11:30", 0, DAY - datetime.timedelta(days=1), Outing.WITHIN),  # Wednesday morning
        ("09:00", "16:00", 0, DAY - datetime.timedelta(days=1), Outing.BEYOND),
        ("09:00", "11:00", 0, DAY + datetime.timedelta(days=2), Outing.BEYOND),  # Saturday
    ],
)
def test_the_hours_of_an_outing_say_what_it_is(leaves, returns, days, day, kind):
    read = datetime.time.fromisoformat
    hours = ClassHours(read("08:30"), read("11:45"), read("16:30"), has_wednesday=True)
    back = day + datetime.timedelta(days=days) if days else None
    said = {"happens_on": day, "leaves_at": read(leaves), "returns_at": read(returns), "returns_on": back}
    assert outing_of(hours, **said) == kind
    assert outing_of(None, **said) == (Outing.NIGHT if days else Outing.BEYOND)  # hours unknown: families sign


@pytest.mark.parametrize(("title", "is_said_below"), [("Cinéma", True), ("Cinéma, {day}", False)])
def test_a_day_that_the_title_says_is_not_said_again_below_it(world, client, title, is_said_below):
    happens_on = TODAY + datetime.timedelta(days=9)
    day = weekday_text(happens_on)
    note = send(world, title=title.format(day=day), happens_on=happens_on)
    page = world.sign_in(client, "guardian").get(reverse("notes:note_detail", args=[note.pk])).content.decode()
    assert ('aria-label="Date et heures"' in page) == is_said_below and day in page.lower()
