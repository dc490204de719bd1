"""Dates and counts in the language of the page being drawn, when it is not French (preau.people.middleware).

French is built in `dates` and `money`; the names of days and months in other languages are Django's own.
"""

import datetime

from django.utils import dateformat
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext

from preau.kit import money

FRENCH = "fr"
# Django's signs: l weekday, j day, F month, E month as it stands beside a day, Y year.
WEEKDAYS = {
    "ar": "l j F", "en": "l j F", "es": r"l j \d\e F", "pt": r"l, j \d\e F", "tr": "j F l", "uk": "l, j E",
}  # fmt: skip
DAYS = {
    "ar": "j F Y", "en": "j F Y", "es": r"j \d\e F \d\e Y", "pt": r"j \d\e F \d\e Y", "tr": "j F Y", "uk": "j E Y",
}  # fmt: skip
SATURDAY = 5
SMALL_LETTERS = ("es", "pt", "uk")  # days and months begin with a small letter


def other_language() -> str:
    """The code of the page's language, empty for French."""
    language = get_language()
    return language if language in WEEKDAYS else ""


def comma() -> str:
    """Between two pieces of a page, in its language."""
    return "،" if get_language() == "ar" else ","


def typed(words):
    """What people wrote, or their names: French inside a page of another language, and it says so."""
    return format_html('<bdi lang="fr" dir="ltr">{}</bdi>', words) if other_language() else words


def weekday(day: datetime.date, language: str) -> str:
    """« Thursday 8 October »"""
    return _cased(dateformat.format(day, WEEKDAYS[language]), language)


def on_weekday(day: datetime.date, language: str) -> str:
    """« on » that day: Portuguese alone joins its word to the article of the day, and only « sábado » and « domingo »
    are masculine. Of other languages as `weekday`: their word stands in the catalogue."""
    said = weekday(day, language)
    if language != "pt":
        return said
    return f"{'no' if day.weekday() >= SATURDAY else 'na'} {said}"


def date(day: datetime.date, language: str) -> str:
    """« 8 October 2026 »"""
    return _cased(dateformat.format(day, DAYS[language]), language)


def counted(number: int, one: str, many: str) -> str:
    """« 3 familles », or the plural form of the page's language with its `{n}` replaced."""
    said = ngettext(one, many, number) if other_language() else one
    return money.counted(number, one, many) if said in (one, many) else said.replace("{n}", str(number))


def _cased(text, language):
    return text.lower() if language in SMALL_LETTERS else text
