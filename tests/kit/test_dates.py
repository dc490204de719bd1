"""Days as each language says them in a sentence."""

import datetime
import re
from pathlib import Path

import pytest
from django.utils.translation import gettext, override

from preau.kit.dates import on_weekday_text, weekday_text, written_day
from preau.kit.spoken import WEEKDAYS
from tests.catalogues import read

TUESDAY = datetime.date(2026, 11, 24)
PAGES = Path("src/preau")
DAY_GIVEN = re.compile(r"\b(\w+)=[\w.]+\|weekday\b")


@pytest.mark.parametrize(
    "language, days, said",
    [
        ("pt", range(5), "na {}"),
        ("pt", range(5, 7), "no {}"),
        *((language, range(7), "{}") for language in ("fr", *sorted(WEEKDAYS)) if language != "pt"),
    ],
)
def test_a_day_in_a_sentence_has_its_article_in_portuguese(language, days, said):
    monday = TUESDAY - datetime.timedelta(days=1)
    with override(language):
        for number in days:
            day = monday + datetime.timedelta(days=number)
            assert on_weekday_text(day) == said.format(weekday_text(day))


def test_a_mot_answered_or_corrected_says_the_day_in_each_language():
    said = {}
    for language in ("fr", *sorted(WEEKDAYS)):
        with override(language):
            day = on_weekday_text(TUESDAY)
            said[language] = (
                gettext("le %(weekday)s") % {"weekday": day},
                gettext("Corrigé le %(day)s.") % {"day": day},
            )
    assert said["fr"] == ("le mardi 24\u00a0novembre", "Corrigé le mardi 24\u00a0novembre.")
    assert said["pt"] == ("na terça-feira, 24 de novembro", "Corrigido na terça-feira, 24 de novembro.")
    assert said["en"] == ("on Tuesday 24 November", "Corrected on Tuesday 24 November.")
    assert said["es"] == ("el martes 24 de noviembre", "Corregida el martes 24 de noviembre.")


def test_no_portuguese_sentence_puts_em_before_a_day_of_the_week():
    """« em terça-feira » is no Portuguese: such a sentence takes `on_weekday`, which brings its own word."""
    portuguese = {french: said[0] for (french, _), said in read(Path("locale/pt.po")).items()}
    wrong = []
    for page in PAGES.rglob("*.html"):
        for block in re.findall(r"\{% blocktranslate[^%]*%\}.*?\{% endblocktranslate", page.read_text(), re.S):
            opening, _, text = block.partition("%}")
            names = DAY_GIVEN.findall(opening)
            french = " ".join(re.sub(r"\{\{ (\w+) \}\}", r"%(\1)s", text.removesuffix("{% endblocktranslate")).split())
            wrong += [(page.name, french) for name in names if f"em %({name})s" in portuguese.get(french, "")]
    assert wrong == []


@pytest.mark.parametrize(
    "text",
    ["3/5/2019", "03.05.19", "2019-05-03 00:00:00", "3 mai 2019", "vendredi 3 Mai 2019", "03-mai-19", "43588"],
)
def test_a_day_is_read_as_people_and_workbooks_write_it(text):
    assert written_day(text) == datetime.date(2019, 5, 3)


@pytest.mark.parametrize(
    "text", ["31/02/18", "19-05-03", "03/05/98", "3 jui 2019", "3 mais 2019", "mai 2019", "32 mai 2019", ""]
)
def test_a_day_that_reads_two_ways_or_none_is_not_guessed(text):
    assert written_day(text) is None
