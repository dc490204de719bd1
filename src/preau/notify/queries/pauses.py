"""When what tells a notice may leave: the hours of its school, of its city, or the house's."""

from datetime import datetime

from django.db.models import Q
from django.utils.timezone import localtime

from preau.kit.dates import hour_text, weekday_text
from preau.kit.mail import HOURS, Hours
from preau.kit.outbound import texting
from preau.notify.models import Level, Pause
from preau.notify.queries.evenings import turn_after


def hours_in(place) -> Hours:
    """The school's own hours come before its city's; a circonscription or a département has the house's. One query."""
    school = getattr(place, "school", place if _is(place, "school") else None)
    city_id = getattr(school or place, "city_id", place.pk if _is(place, "city") else None)
    wanted = Q(school=school) if school else Q()
    wanted |= Q(city=city_id) if city_id else Q()
    rows = list(Pause.objects.filter(wanted)) if wanted else []
    rows.sort(key=lambda pause: pause.school_id is None)
    return hours_of(rows[0]) if rows else HOURS


def hours_of(pause: Pause) -> Hours:
    return Hours(opens_at=pause.ends_at, closes_at=pause.begins_at, on_weekends=not pause.spares_weekends)


def pause_of(place) -> Pause | None:
    """Its own, not its city's."""
    return Pause.objects.filter(**{place._meta.model_name: place}).first()


def leaves_at(place, now: datetime, level: str = Level.SIGN) -> datetime:
    """When what tells of a thing published there now would leave: urgent, at once; what is only to read, in the digest
    of the evening; the rest, when the pause lets it."""
    if level == Level.URGENT:
        return now
    return hours_in(place).open_from(turn_after(now).until if level == Level.INFO else now)


def leaves_text(place, now: datetime, level: str = Level.SIGN) -> str:
    """« Partira lundi 30 novembre à 7 h. » when it waits, else nothing: it leaves at once."""
    leaves = leaves_at(place, now, level)
    if leaves <= now:
        return ""
    local = localtime(leaves)
    day = "aujourd’hui" if local.date() == localtime(now).date() else weekday_text(local.date())
    return f"Partira {day} à {hour_text(local)}."


def warned_text(place, now: datetime, level: str = Level.SIGN) -> str:
    """« Le courriel, la notification ou le SMS partira lundi 30 novembre à 7 h. »"""
    said = leaves_text(place, now, level)
    return f"{carrier_text(level)} {said[0].lower()}{said[1:]}" if said else ""


def carrier_text(level: str) -> str:
    """What tells a notice of this level, as a subject in the singular."""
    if level == Level.INFO:
        return "Le courriel du soir"
    return "Le courriel, la notification ou le SMS" if texting.leaves() else "Le courriel ou la notification"


def pause_text(hours: Hours) -> str:
    """« de 20 h à 7 h, et le samedi et le dimanche »"""
    night = f"de {hour_text(hours.closes_at)} à {hour_text(hours.opens_at)}"
    return night if hours.on_weekends else f"{night}, et le samedi et le dimanche"


def _is(place, kind):
    return place._meta.model_name == kind
