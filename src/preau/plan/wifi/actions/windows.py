"""The Wi-Fi of a room goes on for an activity, and off: by hand, at its end, at the day's end (plan.md W8)."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, localtime

from preau.journal.actions import record
from preau.kit.answers import Conflict, allow, require
from preau.kit.dates import hour_text
from preau.kit.money import NBSP
from preau.kit.rows import lock
from preau.plan.wifi import queries, rules
from preau.plan.wifi.actions.years import count_ended
from preau.plan.wifi.models import LONGEST_MINUTES, Ending, WifiWindow

NAME_KEPT = datetime.timedelta(days=365)


@transaction.atomic
def open_window(*, person, room, activity, minutes: int, now, point=None) -> WifiWindow:
    """On for that many minutes, within the day's hours; `point` is an access point brought in, else the room's own.

    A teacher is needed: there is no operator's way (AC-21). Raises Conflict, Refused.
    """
    room = lock(room, "building__school")
    school = room.building.school
    require(rules.can_open_wifi(person, school, localdate(now)))
    point = point or queries.point_of_room(room)
    _check(room, point, minutes, now)
    window = WifiWindow(
        city_id=school.city_id,
        school=school,
        room=room,
        point=point,
        activity=activity,
        opened_by=person,
        opened_at=now,
        ends_at=min(now + datetime.timedelta(minutes=minutes), queries.day_end(now)),
    )
    try:
        with transaction.atomic():
            window.save(force_insert=True)
    except IntegrityError:  # the base says which came first
        raise Conflict(f"Cette borne est déjà allumée ailleurs{NBSP}: éteignez-la d’abord.")
    _journal(person, "wifi_put_on", window, now)
    return window


def _check(room, point, minutes, now):
    if room.refuses_wifi:
        raise Conflict(f"Ce local reçoit des enfants de moins de trois ans{NBSP}: pas de Wi-Fi ici.")
    if not queries.rooms_with_wifi(room.building.school, localdate(now)).filter(pk=room.pk).exists():
        raise Conflict(f"Aucune séance n’a lieu dans ce local{NBSP}: choisissez-en un autre.")
    if point is not None and not queries.points_in_service(room.building.school).filter(pk=point.pk).exists():
        raise Conflict(f"Cette borne n’est pas en service dans l’école{NBSP}: choisissez-en une autre.")
    if not 0 < minutes <= LONGEST_MINUTES:
        raise Conflict(f"Une séance dure {LONGEST_MINUTES // 60} heures au plus{NBSP}: choisissez plus court.")
    if reason := queries.why_not_at(now):
        raise Conflict(reason)
    for window in queries.due(now).filter(room=room).select_for_update(of=("self",)):
        _end(None, window, window.ends_at, _reason(window), now)
    last = WifiWindow.objects.filter(room=room).order_by("-opened_at").first()
    if last is not None and (last.ended_at is None or last.ended_at > now):
        end = localtime(last.ended_at or last.ends_at)
        raise Conflict(f"Le Wi-Fi est déjà allumé dans ce local jusqu’à {hour_text(end)}.")


@transaction.atomic
def move_end(*, person, window, ends_at, now) -> WifiWindow:
    """On for longer, three hours and the day's end at most, or less long. One line of the register all the same.
    Raises Conflict once it is off, Refused."""
    window = lock(window, "school")
    is_later = ends_at > window.ends_at
    allow(rules.can_open_wifi if is_later else rules.can_close_wifi, person, window.school, now=now)
    if window.ended_at is not None or window.ends_at <= now:
        raise Conflict("Le Wi-Fi s’est éteint entre-temps.")
    last = min(window.opened_at + datetime.timedelta(minutes=LONGEST_MINUTES), queries.day_end(now))
    if is_later and window.ends_at >= last:
        raise Conflict(f"Le Wi-Fi ne reste pas allumé plus longtemps{NBSP}: {LONGEST_MINUTES // 60} heures au plus.")
    window.ends_at = max(min(ends_at, last), now + datetime.timedelta(minutes=1))
    window.save(update_fields=["ends_at"])
    _journal(person, "wifi_end_moved", window, now, fields=["ends_at"])
    return window


@transaction.atomic
def close_window(*, person, window, now) -> WifiWindow:
    """Off by hand. One already off stays as it was: two people may press at once."""
    window = lock(window, "school")
    allow(rules.can_close_wifi, person, window.school, now=now)
    if window.ended_at is None:
        by_hand = now < window.ends_at
        _end(person, window, now, Ending.HAND if by_hand else _reason(window), now)
    return window


def close_due(*, now) -> int:
    """Writes the end of what is past its end, at the instant it was due: the register owes nothing to the worker's
    pace. Returns how many."""
    count = 0
    for pk in list(queries.due(now).values_list("pk", flat=True)):
        with transaction.atomic():
            window = WifiWindow.objects.select_for_update().filter(pk=pk, ended_at=None).first()
            if window is not None:
                _end(None, window, window.ends_at, _reason(window), now)
                count += 1
    return count


@transaction.atomic
def end_by_switch(*, window, at, now) -> None:
    """Its access point was switched off while it was on: the switch is enough (plan.md S44)."""
    window = lock(window)
    if window.ended_at is None and window.opened_at <= at < window.ends_at:
        _end(None, window, at, Ending.SWITCH, now)


@transaction.atomic
def end_once_sent(*, window, now) -> None:
    """The session that it served was closed by the school, and its tablets have nothing left to send."""
    window = lock(window)
    if window.ended_at is None and window.opened_at <= now < window.ends_at:
        _end(None, window, now, Ending.HAND, now)


def forget_openers(*, now, dry_run=False) -> int:
    """A year later the register no longer says who. Returns how many lines."""
    old = WifiWindow.objects.filter(opened_at__lte=now - NAME_KEPT, opened_by__isnull=False)
    return old.count() if dry_run else old.update(opened_by=None)


def _reason(window):
    return Ending.DAY if window.ends_at == queries.day_end(window.opened_at) else Ending.TIME


def _end(person, window, at, ending, now):
    window.ended_at = min(max(at, window.opened_at), window.ends_at)
    window.ending = ending
    window.save(update_fields=["ended_at", "ending"])
    count_ended(window=window)
    _journal(person, "wifi_put_off", window, now, fields=["ended_at", "ending"])


def _journal(person, verb, window, now, fields=()):
    record(
        person_id=person.pk if person else None,
        verb=verb,
        subject=window,
        now=now,
        place_id=window.school_id,
        fields=fields,
    )
