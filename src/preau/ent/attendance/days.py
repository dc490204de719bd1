"""Which half-days have class, and until when an appel is made. Wednesday is known by the room that keeps a school's
week: callers say `has_wednesday`."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils.timezone import localtime

from preau.ent.attendance.models import Half
from preau.kit.dates import this_year_begins, weekday_text
from preau.places.models import School
from preau.places.queries import SATURDAY, WEDNESDAY, first_days, has_class_on, pause_on

NOON = time(12)
CORRECTED_WITHIN = timedelta(days=31)  # by the head: the month's register is then read


def halves_on(school: School, day: date, has_wednesday: bool) -> tuple[Half, ...]:
    """Those with class; `school` comes with its city and département."""
    if not has_class_on(school, day, has_wednesday):
        return ()
    return (Half.MORNING,) if day.weekday() == WEDNESDAY else (Half.MORNING, Half.AFTERNOON)


def half_of(now: datetime) -> Half:
    """The half-day that an hour is in."""
    return Half.MORNING if localtime(now).time() < NOON else Half.AFTERNOON


def halves_begun(now: datetime) -> tuple[Half, ...]:
    """Half-days of that day whose appel is due, in a week without holidays."""
    begun, weekday = tuple(half for half in Half if half <= half_of(now)), localtime(now).weekday()
    return () if weekday >= SATURDAY else begun[:1] if weekday == WEDNESDAY else begun


def class_days(school: School, since: date, count: int, has_wednesday: bool) -> list[date]:
    """The next days with class, that one included; fewer where the calendar ends."""
    return first_days(since, count, lambda day: halves_on(school, day, has_wednesday))


def class_day_before(school: School, day: date, has_wednesday: bool) -> date | None:
    """The last day with class before that one, in its school year."""
    first = this_year_begins(day)
    before = (day - timedelta(days=back) for back in range(1, (day - first).days + 1))
    return next((each for each in before if halves_on(school, each, has_wednesday)), None)


def halves_between(school: School, first: date, last: date, has_wednesday: bool) -> Iterator[tuple[date, Half]]:
    """Each half-day with class of these days."""
    for further in range((last - first).days + 1):
        day = first + timedelta(days=further)
        yield from ((day, half) for half in halves_on(school, day, has_wednesday))


def why_closed(school: School, day: date, half: Half, now: datetime, *, has_wednesday: bool, heads: bool) -> str:
    """Why the appel of this half-day is not made now, in a sentence; empty when it is. Its day, whoever has the class;
    then the head alone puts it right."""
    today = localtime(now).date()
    if half not in halves_on(school, day, has_wednesday):
        pause = pause_on(school.city, day)
        why = f"\u00a0: {pause.label}" if pause else ""
        return f"Il n’y a pas classe le {weekday_text(day)}, {Half(half).label}{why}. L’appel ne se fait pas."
    if day > today or day == today and half == Half.AFTERNOON and half_of(now) == Half.MORNING:
        return f"L’appel du {weekday_text(day)}, {Half(half).label}, se fera à ce moment-là."
    if day < today and not heads:
        return "Ce jour est passé\u00a0: la direction de l’école corrige l’appel. Dites-lui ce qui a changé."
    if day < today - CORRECTED_WITHIN:
        return "Plus d’un mois a passé\u00a0: cet appel ne se corrige plus."
    return ""
