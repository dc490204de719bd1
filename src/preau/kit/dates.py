"""Dates as French families read them. Strings are built here once: Django's own formats are slow.

A no-break space holds the number to its month: on a telephone « 24 » alone at the end of a line is no date."""

import datetime
import re
from calendar import monthrange

from django.utils.translation import gettext

from preau.kit import spoken
from preau.kit.money import NBSP
from preau.kit.names import name_key

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
MONTH_KEYS = [name_key(month) for month in MONTHS]
WORKBOOK_DAY_ZERO = datetime.date(1899, 12, 30)  # Excel counts a 29 February 1900: its days are right from March on
PAST_DAY = f"Cette date est passée{NBSP}: choisissez-en une à venir."  # what an act answers a day already gone


def day_text(day: datetime.date) -> str:
    """« 1er septembre 2026 », or as the page's language says it."""
    if other := spoken.other_language():
        return spoken.date(day, other)
    return f"{_day_and_month(day)} {day.year}"


def on_or_in(day: datetime.date, day_is_known: bool) -> str:
    """« le 15 juin 2018 »; « en 2016 » when only the year is known, whatever day stands for it."""
    return f"le {day_text(day)}" if day_is_known else f"en {day.year}"


def weekday_text(day: datetime.date) -> str:
    """« mardi 15 septembre », or as the page's language says it."""
    if other := spoken.other_language():
        return spoken.weekday(day, other)
    return f"{DAYS[day.weekday()]} {_day_and_month(day)}"


def on_weekday_text(day: datetime.date) -> str:
    """The same after « le », where the page's language writes the day otherwise in a sentence: « na terça-feira, 24 de
    novembro », « no sábado, 28 de novembro »."""
    if other := spoken.other_language():
        return spoken.on_weekday(day, other)
    return weekday_text(day)


def _day_and_month(day):
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{NBSP}{MONTHS[day.month - 1]}"


def hour_text(moment: datetime.datetime) -> str:
    """« 17 h 30 », « 8 h »; the moment must already be local."""
    if spoken.other_language():
        return f"{moment:%H:%M}"
    minutes = f"{NBSP}{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour}{NBSP}h{minutes}"


def last_day(moment: datetime.datetime) -> datetime.date:
    """The last day covered by a period that ends at midnight: an end at 0 h on Tuesday gives Monday. The moment must
    already be local."""
    return (moment - datetime.timedelta(seconds=1)).date()


def since_text(moment: datetime.datetime, now: datetime.datetime) -> str:
    """« à l’instant », « aujourd’hui à 8 h 12 », « hier », else the weekday. Both moments local."""
    if abs((now - moment).total_seconds()) < 90:
        return gettext("à l’instant")
    days = (now.date() - moment.date()).days
    if days == 0:
        return gettext("aujourd’hui à %(hour)s") % {"hour": hour_text(moment)}
    if days == 1:
        return gettext("hier")
    if moment.year == now.year:
        return weekday_text(moment.date())
    return day_text(moment.date())


def school_year_label(day: datetime.date) -> str:
    """The school year of a day, from 1 September to 31 August: « 2026-2027 » (standards.md §14)."""
    first = day.year if day.month >= 9 else day.year - 1
    return f"{first}-{first + 1}"


def months_before(day: datetime.date, months: int) -> datetime.date:
    """The same day of an earlier month, or that month's last."""
    number = day.year * 12 + day.month - 1 - months
    year, month = divmod(number, 12)
    return datetime.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def this_year_begins(day: datetime.date) -> datetime.date:
    """The first day of the school year."""
    return school_year_bounds(school_year_label(day))[0]


def last_year_begins(day: datetime.date) -> datetime.date:
    """The first day of the school year before this one."""
    begins = this_year_begins(day)
    return begins.replace(year=begins.year - 1)


def school_year_bounds(label: str) -> tuple[datetime.date, datetime.date]:
    """First and last day of « 2026-2027 »."""
    first = int(label[:4])
    return datetime.date(first, 9, 1), datetime.date(first + 1, 8, 31)


def memory_of(today: datetime.date) -> datetime.date:
    """From when on what one was counts for what one reads: publications are kept for the school year and the next."""
    return last_year_begins(today)


def school_year_asked(text: str, today: datetime.date) -> str:
    """« 2026-2027 » when it is a school year of this century, else the one of today."""
    begins, _, ends = text.partition("-")
    is_one = len(text) == 9 and begins.isdecimal() and ends.isdecimal() and text.isascii() and begins[:2] == "20"
    return text if is_one and int(ends) == int(begins) + 1 else school_year_label(today)


def school_years_around(label: str) -> tuple[str, str]:
    """(the school year before, the one after)"""
    first = int(label[:4])
    return f"{first - 1}-{first}", f"{first + 1}-{first + 2}"


def week_label(day: datetime.date) -> str:
    """ISO week: « 2026-W47 »."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def written_day(text: str) -> datetime.date | None:
    """The day of « 15/06/2016 », « 15.06.16 », « 2016-06-15 », with or without an hour, « 1er juin 2016 »,
    « 15-juin-16 », as a person or a workbook writes it; that of « 42536 », as a CSV saved from a column shown as
    numbers has it; None for anything else. Two figures are a year of this century's first half; « 18-06-15 », which may
    begin by it, is not read.
    """
    if re.fullmatch(r"\d{5}", text):
        return WORKBOOK_DAY_ZERO + datetime.timedelta(days=int(text))
    for pattern, order in (
        (r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: .*)?", (3, 2, 1)),
        (r"(\d{1,2})[/.](\d{1,2})[/.]([0-4]\d)", (3, 2, 1)),
        (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?: .*)?", (1, 2, 3)),
    ):
        if found := re.fullmatch(pattern, text):
            return _day(*(int(found[place]) for place in order))
    if found := re.fullmatch(r"(?:[a-z]+ )?(\d{1,2})(?:er)? ([a-z]{3,9}) (\d{4}|[0-4]\d)", name_key(text)):
        month = month_of(found[2])
        return _day(int(found[3]), month, int(found[1])) if month else None
    return None


def month_of(word: str) -> int | None:
    """6 of « juin », « Juin. »; None of « jui », by which two begin."""
    key = name_key(word)
    found = [number for number, month in enumerate(MONTH_KEYS, 1) if len(key) > 2 and month.startswith(key)]
    return found[0] if len(found) == 1 else None


def _day(year, month, day):
    try:
        return datetime.date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return None
