"""Is the school open? From the hours its head gave and the national calendar; what is unknown is said so."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from preau.ent.sites.models import SchoolSite
from preau.kit.dates import day_text, hour_text, weekday_text
from preau.kit.money import NBSP
from preau.places.queries import Break, Calendar, break_on, calendar_covers

WEDNESDAY, SATURDAY = 2, 5
FARTHEST = 75  # days: longer than the summer holidays


@dataclass(frozen=True)
class Opening:
    """What the head of the page says: a title, and the line under it."""

    title: str
    detail: str = ""
    is_known: bool = True


def opening_at(site: SchoolSite | None, calendar: Calendar, moment: datetime) -> Opening:
    """`moment` is local. In order: a break, hours unknown, calendar unknown, open, closed."""
    today = moment.date()
    pause = break_on(calendar, today)
    if pause is not None:
        return on_a_break(pause, site)
    if site is None or not site.has_hours:
        return Opening("", f"Horaires non publiés{NBSP}: l’école ne les a pas encore donnés.", is_known=False)
    if not calendar_covers(calendar, today):
        hours = f"de {hour_text(site.morning_from)} à {hour_text(site.afternoon_to)}"
        return Opening("", f"Classe {hours}, hors vacances scolaires, qui ne sont pas connues ici.", is_known=False)
    if has_class(site, calendar, today) and moment.time() < last_hour(site, today):
        return on_a_school_day(site, calendar, moment)
    return until_next_day(site, calendar, today)


def on_a_break(pause: Break, site: SchoolSite | None) -> Opening:
    if pause.resumes_on is None:
        return Opening("L’école est fermée aujourd’hui", f"Jour férié{NBSP}: {pause.label}.")
    hour = f" à {hour_text(site.morning_from)}" if site and site.has_hours else ""
    name = pause.label.removeprefix("Vacances ")
    title = f"Vacances {name}" if pause.kind == "vacances" else pause.label
    return Opening(title, f"Reprise le {weekday_text(pause.resumes_on)}{hour}.")


def on_a_school_day(site: SchoolSite, calendar, moment) -> Opening:
    clock, today = moment.time(), moment.date()
    after = tomorrow_words(site, calendar, today)
    if clock < site.morning_from:
        return Opening(f"L’école ouvre à {hour_text(site.morning_from)}", after)
    if today.weekday() != WEDNESDAY and site.morning_to <= clock < site.afternoon_from:
        return Opening(f"L’école reprend à {hour_text(site.afternoon_from)}", f"Pause de midi. {after}".strip())
    return Opening(f"L’école est ouverte jusqu’à {hour_text(last_hour(site, today))}", after)


def tomorrow_words(site, calendar, today) -> str:
    """One line when tomorrow is not a school day like another."""
    following = today + timedelta(days=1)
    if has_class(site, calendar, following) or today.weekday() == 4:
        return ""
    pause = break_on(calendar, following)
    why = f"{NBSP}: {pause.label}" if pause else ""
    return f"Demain {weekday_text(following).split(' ')[0]}, pas d’école{why}."


def until_next_day(site, calendar, today) -> Opening:
    """Closed: when it opens again, as far as the calendar goes."""
    day = today + timedelta(days=1)
    for _ in range(FARTHEST):
        if has_class(site, calendar, day):
            when = "demain" if day == today + timedelta(days=1) else weekday_text(day)
            return Opening("L’école est fermée", f"Elle ouvre {when} à {hour_text(site.morning_from)}.")
        day += timedelta(days=1)
    return Opening("L’école est fermée")


def has_class(site: SchoolSite, calendar: Calendar, day: date) -> bool:
    """A day of the school's week, outside breaks."""
    if day.weekday() >= SATURDAY or break_on(calendar, day):
        return False
    return day.weekday() != WEDNESDAY or site.days == SchoolSite.Days.FOUR_AND_HALF


def last_hour(site: SchoolSite, day: date):
    return site.morning_to if day.weekday() == WEDNESDAY else site.afternoon_to


def week_lines(site: SchoolSite) -> list[tuple[str, str]]:
    """« lundi, mardi, jeudi et vendredi », « 8 h 30 – 11 h 45, 13 h 45 – 16 h »."""
    morning = f"{hour_text(site.morning_from)} – {hour_text(site.morning_to)}"
    afternoon = f"{hour_text(site.afternoon_from)} – {hour_text(site.afternoon_to)}"
    lines = [("lundi, mardi, jeudi et vendredi", f"{morning}, puis {afternoon}")]
    if site.days == SchoolSite.Days.FOUR_AND_HALF:
        lines.append(("mercredi", morning))
    return lines


def break_words(pause: Break) -> str:
    """« du samedi 19 décembre au dimanche 3 janvier, reprise le lundi 4 janvier »."""
    if pause.first == pause.last:
        return day_text(pause.first)
    back = f", reprise le {weekday_text(pause.resumes_on)}" if pause.resumes_on else ""
    return f"du {weekday_text(pause.first)} au {weekday_text(pause.last)}{back}"
