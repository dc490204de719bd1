"""The plan's means, given to the sessions of the ENT (ent.lessons.means): neither wing knows the other, and each act is
done by the room that owns it, under its own rules."""

import datetime

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.lessons import actions as lessons
from preau.ent.lessons.means import Lit, Offer
from preau.ent.lessons.models import AWAITED_FOR, Activity
from preau.kit.answers import Conflict
from preau.kit.prepared import PreparedOf
from preau.plan.inventory.models import Kind
from preau.plan.loans.models import Booking
from preau.plan.loans.models import State as Loan
from preau.plan.wifi import actions as wifi
from preau.plan.wifi import queries, rules
from preau.plan.wifi.models import LONGEST_MINUTES, WifiWindow
from preau.plan.wifi.models import Activity as Use

USES = {
    Activity.PAGE: Use.CREATE, Activity.HOMEWORK: Use.PRACTISE, Activity.WORD: Use.SEARCH, Activity.LINK: Use.SEARCH,
}  # fmt: skip
MORE = datetime.timedelta(minutes=15)
GONE = "Ce chariot ou cette malle n’est plus dans l’école\u00a0: la séance est ouverte sans."


def offered(*, person, school, last, now) -> Offer:
    """Rooms once an access point is in service, carts in the school, kits lent to it; as last time."""
    carts, points = _here(school)
    why_not = _why_not(person, school, now) if points else ""
    rooms = _rooms(school, points, now) if points and not why_not else ()
    chosen = {"room": str(last.room_id or ""), "kit": str(last.kit_id or "")} if last else {}
    return Offer(tuple(rooms), tuple(_kits(school, carts)), chosen, why_not)


def _here(school):
    """(carts, access points) that the school uses; one read."""
    found = _IN_SERVICE.rows(school.pk)
    return [each for each in found if each.is_cart], [each for each in found if not each.is_cart]


_IN_SERVICE = PreparedOf(lambda school: queries.in_service(school, (Kind.CART, Kind.ACCESS_POINT)))
_LENT = PreparedOf(
    lambda school: (
        Booking.objects.filter(school=school, state=Loan.IN_USE).select_related("kit").order_by("kit__sort_key", "id")
    )
)


def _why_not(person, school, now):
    may_open = rules.can_open_wifi(person, school, localdate(now))
    return queries.why_not_at(now) if may_open else may_open.reason


def _rooms(school, points, now):
    """Where an access point is fixed; every room when one is carried."""
    fixed = {point.room_id for point in points if not point.cart_id}
    is_carried = any(point.cart_id for point in points)
    for room in queries.rooms_with_wifi(school, localdate(now)):
        if is_carried or room.pk in fixed:
            yield str(room.pk), f"{room.name}, {room.building.name}"


def _kits(school, carts):
    yield from ((str(cart.pk), str(cart)) for cart in carts)
    yield from ((str(booking.kit_id), f"{booking.kit}, en prêt") for booking in _LENT.rows(school.pk))


@transaction.atomic
def take_kit(*, person, lesson, kit, now) -> None:
    """A cart of the school, or a kit lent to it."""
    label = dict(_kits(lesson.school, _here(lesson.school)[0])).get(kit)
    if label is None:
        raise Conflict(GONE)
    lessons.note_means(person=person, lesson=lesson, now=now, kit_id=kit, kit_label=label)


@transaction.atomic
def put_on(*, person, lesson, room, minutes, now) -> None:
    """By the access point of the cart in use when it holds one, else by the room's own."""
    room = queries.rooms_with_wifi(lesson.school, localdate(now)).filter(pk=room).first()
    if room is None:
        raise Conflict("Ce local n’existe plus\u00a0: la séance est ouverte sans Wi-Fi.")
    lesson.refresh_from_db(fields=["kit_id"])
    carried = queries.points_in_service(lesson.school).filter(cart=lesson.kit_id)
    left = int((lesson.ends_at - now).total_seconds()) // 60
    window = wifi.open_window(
        person=person,
        room=room,
        activity=USES.get(lesson.activity, Use.OTHER),
        minutes=min(minutes or left, left, LONGEST_MINUTES),
        point=carried.first() if lesson.kit_id else None,
        now=now,
    )
    lessons.note_means(person=person, lesson=lesson, now=now, room=room, window_id=window.pk)


def _window(lesson, now):
    if lesson.window_id is None:
        return None
    on = WifiWindow.objects.filter(pk=lesson.window_id, ended_at=None, ends_at__gt=now)
    return on.select_related("room", "school").first()


def lit(*, person, lesson, now) -> Lit | None:
    """One read; none for a session without Wi-Fi."""
    window = _window(lesson, now)
    if window is None:
        return None
    today = localdate(now)
    is_short = lesson.is_open(now) and window.ends_at < lesson.ends_at
    return Lit(
        room=window.room.name,
        until=window.ends_at,
        may_end=bool(rules.can_close_wifi(person, window.school, today)),
        may_prolong=is_short and bool(rules.can_open_wifi(person, window.school, today)),
    )


def prolong(*, person, lesson, now) -> datetime.datetime:
    """A quarter of an hour, within the session."""
    window = _window(lesson, now)
    if window is None:
        raise Conflict("Le Wi-Fi s’est éteint entre-temps.")
    ends_at = min(window.ends_at + MORE, lesson.ends_at)
    return wifi.move_end(person=person, window=window, ends_at=ends_at, now=now).ends_at


def put_off(*, person, lesson, now) -> datetime.datetime | None:
    """At once, or ten minutes after a session has just closed in which pupils were."""
    window = _window(lesson, now)
    if window is None:
        return None
    if lesson.closed_at == now and lesson.pupils_count:
        ends_at = min(window.ends_at, now + AWAITED_FOR)
        return wifi.move_end(person=person, window=window, ends_at=ends_at, now=now).ends_at
    wifi.close_window(person=person, window=window, now=now)
    return None


def all_sent(*, lesson, now) -> None:
    """At once: the ten minutes are for what was still on the tablets."""
    if window := _window(lesson, now):
        wifi.end_once_sent(window=window, now=now)
