"""A half-day is one integer, so that a span of them is a range."""

import datetime

from django.db import models

from preau.kit.dates import weekday_text


class Half(models.IntegerChoices):
    """A school day is lent by halves."""

    MORNING = 0, "matin"
    AFTERNOON = 1, "après-midi"


def half_day_number(day: datetime.date, half: int) -> int:
    """One integer per half-day, so that a span is a range: ordinal of the day × 2 + half."""
    return day.toordinal() * 2 + half


def half_day_of(number: int) -> tuple[datetime.date, Half]:
    """The way back of `half_day_number`."""
    return datetime.date.fromordinal(number // 2), Half(number % 2)


def half_day_text(number: int) -> str:
    """« mardi 15 septembre 2026, matin »"""
    day, half = half_day_of(number)
    return f"{_day_text(day)}, {half.label}"


def span_text(first: int, last: int) -> str:
    """« mardi 15 septembre 2026, matin », « …, toute la journée » or « du … au … », the year once when it is one."""
    if first == last:
        return half_day_text(first)
    (first_day, half), (last_day, _) = half_day_of(first), half_day_of(last)
    if first_day == last_day:
        return f"{_day_text(first_day)}, toute la journée"
    since = weekday_text(first_day) if first_day.year == last_day.year else _day_text(first_day)
    return f"du {since}, {half.label}, au {half_day_text(last)}"


def _day_text(day):
    """Loans of five years lie in one list."""
    return f"{weekday_text(day)} {day.year}"
