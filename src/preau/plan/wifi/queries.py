"""Named reads of the Wi-Fi: what is on, the register of a school, hours of a city, what access points should be."""

import datetime
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import CharField, Count, DateTimeField, Exists, Min, OuterRef, Q, Subquery, Value
from django.utils.timezone import localtime

from preau.kit.dates import hour_text, school_year_bounds, school_year_label
from preau.kit.money import NBSP
from preau.kit.prepared import KEPT_WRITTEN, Asked, Prepared, PreparedOf, one_of_asked
from preau.kit.seals import key_digest
from preau.places.models import Room
from preau.plan.inventory.models import Asset, Kind, OffSwitch, State
from preau.plan.premises.models import CouncilNotice
from preau.plan.wifi.models import DAY_ENDS, DAY_STARTS, HookKey, PointSignal, WifiWindow, WifiYear

NO_WIFI_IN = (Room.Kind.UNDER_THREES, Room.Kind.SECURED_STORE)
IN_REGISTER = (
    "opened_at", "ends_at", "ended_at", "ending", "activity", "room__name", "room__building__name", "point__tag",
    "point__off_switch", *(f"opened_by__{name}" for name in ("civility", "first_name", "usage_name", "last_name")),
)  # fmt: skip


def day_end(now: datetime.datetime) -> datetime.datetime:
    """The instant at which every window of that day is over."""
    local = localtime(now)
    return local.replace(hour=DAY_ENDS.hour, minute=DAY_ENDS.minute, second=0, microsecond=0)


def why_not_at(now: datetime.datetime) -> str:
    """« La journée est finie… » or « …n’a pas commencé… »; empty while the Wi-Fi may be put on."""
    time = localtime(now).time()
    if time < DAY_STARTS:
        return f"La journée n’a pas commencé{NBSP}: le Wi-Fi ne s’allume pas avant {hour_text(DAY_STARTS)}."
    if time >= DAY_ENDS:
        return f"La journée est finie{NBSP}: le Wi-Fi ne s’allume plus après {hour_text(DAY_ENDS)}."
    return ""


def rooms_with_wifi(school, today):
    """Rooms of the school, in use, where Wi-Fi may be put on: neither a store nor where children under three are."""
    rooms = Room.objects.filter(Q(closed_on=None) | Q(closed_on__gt=today), building__school=school)
    rooms = rooms.exclude(kind__in=NO_WIFI_IN).select_related("building")
    return rooms.order_by("building__sort_key", "floor", "sort_key", "id")


def in_service(school, kinds):
    """Things of these kinds that the school uses: its own, and those lent to it."""
    its = Q(school=school, state=State.DEPLOYED) | Q(loaned_to=school, state=State.LOANED)
    found = Asset.objects.filter(its, kind__in=kinds)
    return found.select_related("cart", "room", "school").order_by("label_key", "tag")


def points_in_service(school):
    """Access points, in carts or on walls."""
    return in_service(school, (Kind.ACCESS_POINT,))


@dataclass(frozen=True)
class PointLine:
    """An access point in service: where it is, how it is declared to go off, what its controller told last."""

    point: Asset
    heard: str  # « on », « off », or nothing heard yet
    heard_at: datetime.datetime | None

    @property
    def place(self) -> str:
        """« Salle 2 », « Chariot bleu », « Chariot bleu, en prêt (Les Billes) », or nothing where nobody noted it."""
        cart, room = self.point.cart, self.point.room
        if self.point.state == State.LOANED:
            lent = f"en prêt ({self.point.school or 'la Ville'})"
            return f"{cart.label}, {lent}" if cart else lent
        return cart.label if cart else room.name if room else ""

    @property
    def is_unheard(self) -> bool:
        """Declared to be switched off by a controller that never told of it."""
        return self.point.off_switch == OffSwitch.CONTROLLER and self.heard_at is None


def points_of(school) -> list[PointLine]:
    """Each access point in service, those still to declare first; one read."""
    lines = [PointLine(point, point.heard or "", point.heard_at) for point in _POINTS.rows(school.pk)]
    return sorted(lines, key=lambda line: bool(line.point.off_switch))


def _heard(school):
    said = PointSignal.objects.filter(point=OuterRef("pk")).order_by("-at")
    last = {"heard": Subquery(said.values("state")[:1]), "heard_at": Subquery(said.values("at")[:1])}
    return points_in_service(school).annotate(**last)


_POINTS = PreparedOf(_heard)


def alone_among(points, on) -> list[PointLine]:
    """Of `points_of`, those that say they are on while none of the windows `on` uses them."""
    served = {window.point_id for window in on}
    return [line for line in points if line.heard == PointSignal.State.ON and line.point.pk not in served]


def is_off_measured(points) -> bool:
    """Every access point in service said off; otherwise off is what is declared: nobody put one on here."""
    return bool(points) and all(line.heard == PointSignal.State.OFF for line in points)


def point_of_room(room) -> Asset | None:
    """The access point fixed in a room, when there is one and only one."""
    found = list(points_in_service(room.building.school_id).filter(room=room, cart=None)[:2])
    return found[0] if len(found) == 1 else None


def with_measures(windows):
    """A QuerySet of windows, each with when its access point said « on » and « off », or None."""
    said = PointSignal.objects.filter(window=OuterRef("pk")).order_by("at")
    return windows.annotate(
        first_on_at=Subquery(said.filter(state=PointSignal.State.ON).values("at")[:1]),
        last_off_at=Subquery(said.filter(state=PointSignal.State.OFF).reverse().values("at")[:1]),
    )


def on_now(windows, now):
    """Windows that are on, oldest first."""
    shown = with_measures(windows.filter(ended_at=None, opened_at__lte=now, ends_at__gt=now))
    return shown.select_related("room__building", "point__cart", "opened_by").order_by("opened_at", "id")


def due(now):
    """Windows past their end that nobody put off."""
    return WifiWindow.objects.filter(ended_at=None, ends_at__lte=now)


def register(windows, room_id=None):
    """Every window, newest first; of one room when asked."""
    shown = windows.filter(room=room_id) if room_id else windows
    shown = with_measures(shown).select_related("room__building", "point", "opened_by").only(*IN_REGISTER)
    return shown.order_by("-opened_at", "-id")


def rooms_in_register(windows, school):
    """Rooms of the school that had the Wi-Fi once, as they are read; those of other schools are not gone through."""
    had_it = Exists(windows.filter(room=OuterRef("pk")))
    rooms = Room.objects.filter(had_it, building__school=school).only("name")
    return rooms.order_by("building__sort_key", "floor", "sort_key", "id")


def on_outside(school, since, most) -> list[PointSignal]:
    """« On » signals of a school that no window explains, newest first."""
    return _outside(most).rows(school.pk, since)


@lru_cache(maxsize=4)
def _outside(most):
    found = PointSignal.objects.filter(point__school=Asked(), window=None, state=PointSignal.State.ON)
    found = found.filter(at__gte=Asked(1, DateTimeField)).select_related("point__room").order_by("-at")
    return Prepared(found[:most])


def month_before(now):
    """From when access points on outside any window are shown."""
    return now - datetime.timedelta(days=30)


def last_of(person, school) -> WifiWindow | None:
    """What the person put on last in this school: the next one is likely the same."""
    return WifiWindow.objects.filter(opened_by=person, school=school).order_by("-opened_at").first()


@dataclass(frozen=True)
class SchoolWifi:
    """A line of the city's page; `minutes` are whole, of windows ended this school year. No teacher is counted."""

    school: object
    told_on: datetime.date | None
    on_count: int
    windows_count: int
    minutes: int
    measured_minutes: int
    outside_count: int
    points_count: int
    undeclared_count: int  # whose way of going off is not declared
    alone_count: int  # that say they are on while no window uses them


def lit_in(schools, now):
    """(school, « room » or « point ») of each room whose Wi-Fi is on and of each access point on alone, in all these
    schools: a QuerySet."""
    rooms = WifiWindow.objects.filter(school__in=schools, ended_at=None, opened_at__lte=now, ends_at__gt=now)
    points = PointSignal.objects.on_alone(_points(Q(school__in=schools)))
    rooms, points = rooms.values_list("school", Value("room")), points.values_list("point__school", Value("point"))
    return rooms.order_by().union(points.order_by(), all=True)


def wifi_of(schools, now, lit=None) -> list[SchoolWifi]:
    """Each of these schools, given what `lit_in` found; three reads whatever their number, one more without it."""
    today, ids = localtime(now).date(), [school.pk for school in schools]
    lit = Counter(lit_in(ids, now) if lit is None else lit)
    if 0 < len(ids) <= KEPT_WRITTEN:
        reads = (ask.rows(*ids, *_year_of(now)) for ask in _prepared(today, len(ids)))
    else:
        reads = _reads(lambda path: Q((f"{path}__in", ids)), today, *_year_of(now))
    told, windows, counted = reads
    told, windows = ({school: found for school, *found in rows} for rows in (told, windows))
    counted = {(school, what): found for school, what, *found in counted}
    lines = []
    for school in schools:
        key = school.pk
        (told_on,), (number, length, measured) = told.get(key, (None,)), windows.get(key, (0, None, None))
        outside_count, _ = counted.get((key, "outside"), (0, 0))
        points_count, undeclared = counted.get((key, "point"), (0, 0))
        lines.append(
            SchoolWifi(
                school,
                told_on,
                lit[key, "room"],
                number,
                _minutes(length),
                _minutes(measured),
                outside_count,
                points_count,
                undeclared,
                lit[key, "point"],
            )
        )
    return lines


def _year_of(now):
    """(the school year, its first instant)"""
    local = localtime(now)
    year = school_year_label(local.date())
    first, _ = school_year_bounds(year)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return year, midnight.replace(year=first.year, month=first.month, day=first.day)


@lru_cache(maxsize=32)
def _prepared(today, count):
    """`_reads`, written once for a number of schools: their ids are asked, then the school year and since when."""
    year, since = Asked(count, CharField), Asked(count + 1, DateTimeField)
    return [Prepared(rows) for rows in _reads(lambda path: one_of_asked(path, count), today, year, since)]


def _reads(at, today, year, since):
    """Of schools whose condition is `at` a path: told on; windows ended, their length, what was measured of it;
    (school, « outside » or « point », how many, how many to declare) of « on » outside any window and of points."""
    told = CouncilNotice.objects.filter(at("school"), subject=CouncilNotice.Subject.WIFI, held_on__lte=today)
    ended = WifiYear.objects.filter(at("school"), school_year=year)
    outside = PointSignal.objects.filter(at("point__school"), window=None, state=PointSignal.State.ON, at__gte=since)
    outside = outside.order_by().values_list("point__school", Value("outside"))
    points = _points(at("school")).order_by().values_list("school", Value("point"))
    return (
        told.order_by().values_list("school").annotate(first=Min("held_on")),
        ended.order_by().values_list("school", "windows_count", "length", "measured_length"),
        outside.annotate(number=Count("id"), undeclared=Value(0)).union(
            points.annotate(number=Count("id"), undeclared=Count("id", filter=Q(off_switch=""))), all=True
        ),
    )


def _points(where):
    """Access points in use."""
    return Asset.objects.filter(where, kind=Kind.ACCESS_POINT, state=State.DEPLOYED)


def _minutes(length: datetime.timedelta | None) -> int:
    return int(length.total_seconds() // 60) if length else 0


@dataclass(frozen=True)
class Wanted:
    """What an access point should be now; on until an instant, or off."""

    tag: str
    until: datetime.datetime | None

    @property
    def state(self) -> str:
        return PointSignal.State.ON if self.until else PointSignal.State.OFF


def wanted_of(points, now) -> list[Wanted]:
    """One line per access point: on while a window uses it, else off. Off is what nobody asked otherwise."""
    open_windows = WifiWindow.objects.filter(point__in=points, ended_at=None, opened_at__lte=now, ends_at__gt=now)
    until = dict(open_windows.values_list("point", "ends_at"))
    return [Wanted(point.tag, until.get(point.pk)) for point in points]


def key_shown(token: str) -> HookKey | None:
    """The key in force that a controller shows, or None."""
    return HookKey.objects.filter(digest=key_digest(token), ended_at=None).select_related("city").first()
