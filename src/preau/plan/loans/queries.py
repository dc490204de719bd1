"""Named reads of shared kits: what is free, who waits and why, what is missing."""

import datetime
import itertools
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery

from preau.kit.dates import school_year_bounds, school_year_label, week_label
from preau.places.queries import Break, break_on, calendar_covers, zone_of
from preau.plan.loans.models import (
    AWAY,
    HOLDING,
    Booking,
    BookingSlot,
    Half,
    HandOver,
    KitPart,
    PartCount,
    SharedKit,
    State,
    half_day_number,
    half_day_of,
)

WEEKS_SHOWN = 4
LENT_DAYS = range(5)  # Monday to Friday
SLOT_WORDS = {"free": "libre", "mine": "à vous", "transport": "trajet", "taken": "prise", "past": "passé"}


def kits_lent(kits):
    """Kits still lent, by kind then name."""
    return kits.filter(retired_on=None).select_related("city__department").order_by("kind", "sort_key")


def pause_on(city, day: datetime.date) -> Break | None:
    """The holidays or the public holiday of that day in the city's zone; None too when its calendar is not known."""
    return break_on(zone_of(city.department.academy), day)


def is_calendar_known(city, day: datetime.date) -> bool:
    """Whether holidays are known that day."""
    return calendar_covers(zone_of(city.department.academy), day)


def is_lent_day(city, day: datetime.date) -> bool:
    """Schools are open: Monday to Friday, outside what the school calendar closes."""
    return day.weekday() in LENT_DAYS and pause_on(city, day) is None


def slots_wanted(kit: SharedKit, first: int, last: int) -> tuple[list[int], list[int]]:
    """(half-days of use, half-days of transport before and after), days without class left out of both."""
    use = [n for n in range(first, last + 1) if is_lent_day(kit.city, half_day_of(n)[0])]
    carry = [n for start, step in ((first, -1), (last, 1)) for n in _next_lent(kit, start, step)]
    return use, carry


def _next_lent(kit, start, step):
    found, number = [], start
    while len(found) < kit.transport_half_days:
        number += step
        if is_lent_day(kit.city, half_day_of(number)[0]):
            found.append(number)
    return found


@dataclass(frozen=True)
class Weeks:
    """A page of the calendar: its first Monday, and the addresses (« 2026-W49 ») of the pages around it, or nothing."""

    monday: datetime.date
    last: datetime.date
    before: str
    after: str


def weeks_asked(text: str, today: datetime.date, count: int) -> Weeks:
    """The `count` weeks from the one asked for, kept within the school year of today; from today's by default."""
    first, end = (_monday(day) for day in school_year_bounds(school_year_label(today)))
    try:
        asked = datetime.date.fromisoformat(f"{text}-1")
    except ValueError:
        asked = _monday(today)
    monday, page = min(max(asked, first), end), datetime.timedelta(weeks=count)
    before = week_label(max(monday - page, first)) if monday > first else ""
    after = week_label(monday + page) if monday + page <= end else ""
    return Weeks(monday, monday + page - datetime.timedelta(days=3), before, after)


def _monday(day):
    return day - datetime.timedelta(days=day.weekday())


@dataclass(frozen=True)
class CalendarWeek:
    """A week of a kit: for each half of its days, (a key of SLOT_WORDS or « closed », its word)."""

    days: tuple[datetime.date, ...]
    halves: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]  # (label of the half, a cell for each day)


@dataclass(frozen=True)
class KitCalendar:
    """A kit and its next weeks."""

    kit: SharedKit
    weeks: tuple[CalendarWeek, ...]
    free_count: int
    missing: tuple[PartCount, ...]


def calendars_of(kits, own_schools, today, *, monday=None, weeks: int = WEEKS_SHOWN) -> list[KitCalendar]:
    """The weeks from `monday`, else this one. Three queries whatever the kits: kits, slots, missing parts."""
    monday = monday or _monday(today)
    days = [monday + datetime.timedelta(days=7 * w + d) for w in range(weeks) for d in LENT_DAYS]
    kits = list(kits)
    own = set(own_schools)
    slots = BookingSlot.objects.filter(
        kit__in=kits, half_day__gte=half_day_number(days[0], 0), half_day__lte=half_day_number(days[-1], 1)
    ).values_list("kit", "half_day", "is_transport", "booking__school")
    taken = defaultdict(dict)
    for kit_id, number, is_transport, school_id in slots:
        taken[kit_id][number] = "transport" if is_transport else "mine" if school_id in own else "taken"
    missing, pauses = missing_parts(kits), {kit.city_id: [pause_on(kit.city, day) for day in days] for kit in kits}
    empty = {
        city_id: [
            ("closed", pause.kind) if pause else ("past" if day < today else "free",)
            for day, pause in zip(days, found, strict=True)
        ]
        for city_id, found in pauses.items()
    }
    return [_calendar(kit, taken[kit.pk], days, empty[kit.city_id], missing.get(kit.pk, ())) for kit in kits]


def _calendar(kit, taken, days, empty, missing):
    size = len(LENT_DAYS)
    weeks = tuple(_week(taken, days[n : n + size], empty[n : n + size]) for n in range(0, len(days), size))
    free = sum(cells.count(("free", SLOT_WORDS["free"])) for week in weeks for _, cells in week.halves)
    return KitCalendar(kit, weeks, free, tuple(missing))


def _week(taken, days, empty):
    def cell(day, otherwise, half):
        found = taken.get(half_day_number(day, half), otherwise[0])
        return found, SLOT_WORDS.get(found, otherwise[-1])

    rows = [(half.label, tuple(cell(*each, half) for each in zip(days, empty, strict=True))) for half in Half]
    return CalendarWeek(tuple(days), tuple(rows))


def parts_of(kits) -> dict:
    """{kit id: « 6 robots » for each part it holds}"""
    found = {kit.pk: [] for kit in kits}
    parts = KitPart.objects.filter(kit__in=kits, removed_at=None).order_by("position")
    for kit, quantity, label in parts.values_list("kit", "quantity", "label"):
        found[kit].append(f"{quantity} {label}")
    return found


def missing_parts(kits) -> dict:
    """{kit id: counts with something missing in the last hand-over of the kit}: what the next school must know."""
    last = (
        HandOver.objects.filter(booking__kit=OuterRef("pk"), counts__isnull=False)
        .order_by("-at", "-id").values("id")[:1]
    )  # fmt: skip
    ids = SharedKit.objects.filter(pk__in=[kit.pk for kit in kits]).annotate(last=Subquery(last)).values("last")
    found = defaultdict(list)
    counts = PartCount.objects.filter(hand_over__in=ids, part__removed_at=None)
    for count in counts.select_related("part", "hand_over").order_by("part__position"):
        if count.missing_count:
            found[count.part.kit_id].append(count)
    return found


def bookings_shown(bookings, today, state=""):
    """Bookings with their kit and school, those that run first; `state` keeps one, « a-traiter » the open ones."""
    bookings = bookings.select_related("school", "kit", "city").order_by("-first_half_day", "id")
    if state == "a-traiter":
        return bookings.filter(state__in=(State.REQUESTED, State.WAITING)).order_by("first_half_day", "id")
    if state == "en-cours":
        return bookings.filter(state__in=(State.CONFIRMED, State.PREPARED, *AWAY, State.RETURNED, State.CHECKED))
    if state == "en-retard":
        return bookings.filter(late(today))
    return bookings


def late(today) -> Q:
    """Away, and its last half-day is before today."""
    return Q(state__in=AWAY, last_half_day__lt=half_day_number(today, 0))


def loans_this_year(city, day) -> dict:
    """{school id: loans held or had this school year}: what fairness compares."""
    first, last = school_year_bounds(school_year_label(day))
    rows = Booking.objects.filter(
        city=city, state__in=HOLDING, first_half_day__gte=half_day_number(first, 0),
        first_half_day__lte=half_day_number(last, 1),
    )  # fmt: skip
    return dict(rows.order_by().values_list("school").annotate(n=Count("id")))


@dataclass(frozen=True)
class Waiting:
    """A place on the waiting list, and why: fewer loans this year first, then the older request."""

    booking: Booking
    loans_count: int
    place: int


def waiting_list(city, kind, today) -> list[Waiting]:
    """Requests that wait for a kind of kit, in the order of the fair-share rule."""
    loans = loans_this_year(city, today)
    waiting = Booking.objects.filter(city=city, kind=kind, state=State.WAITING).select_related("school", "city")
    ordered = sorted(waiting, key=lambda b: (loans.get(b.school_id, 0), b.asked_at, str(b.pk)))
    return [Waiting(b, loans.get(b.school_id, 0), place) for place, b in enumerate(ordered, 1)]


def steps_of(booking: Booking) -> list[tuple[str, str]]:
    """[(label, done|now|wait)] of the path of a booking that goes well."""
    path = (State.REQUESTED, State.CONFIRMED, State.PREPARED, State.OUT, State.IN_USE, State.RETURNED, State.CHECKED)
    labels = ("Demandée", "Confirmée", "Préparée", "En route", "À l’école", "Revenue", "Vérifiée")
    at = path.index(booking.state) if booking.state in path else len(path) if booking.state == State.CLOSED else -1
    return [
        (label, "done" if place < at or at == len(path) else "now" if place == at else "wait")
        for place, label in enumerate(labels)
    ]


def hand_overs_of(booking: Booking):
    """Hand-overs in order, with their counts; two queries."""
    return booking.hand_overs.select_related("by").prefetch_related("counts__part").order_by("at", "id")


@dataclass(frozen=True)
class PartLine:
    """A part through the hand-overs of a loan. `found` has a moment and a number for each, None where not counted."""

    label: str
    expected: int
    found: tuple[dict, ...]
    changes: tuple[str, ...]  # « 1 de moins au contrôle », from one count to the next
    missing: int  # by the last count


COUNTED = {
    HandOver.Moment.PREPARED: "à la préparation", HandOver.Moment.ARRIVED: "à l’arrivée",
    HandOver.Moment.RETURNED: "au départ", HandOver.Moment.CHECKED: "au contrôle",
}  # fmt: skip


def counts_compared(hand_overs) -> list[PartLine]:
    """Every count of a loan beside the others: where a part went missing, and where two counts disagree."""
    found, labels = defaultdict(dict), {}
    for place, hand_over in enumerate(hand_overs):
        for count in hand_over.counts.all():
            labels.setdefault(count.part_id, count)
            found[count.part_id][place] = count
    order = sorted(labels, key=lambda part_id: (labels[part_id].part.position, str(part_id)))
    return [_part_line(found[part_id], hand_overs) for part_id in order]


def _part_line(counts, hand_overs):
    places = sorted(counts)
    changes = []
    for one, other in itertools.pairwise(places):
        gap = counts[other].found_count - counts[one].found_count
        if gap:
            changes.append(f"{abs(gap)} de {'plus' if gap > 0 else 'moins'} {COUNTED[hand_overs[other].moment]}")
    last = counts[places[-1]]
    numbers = tuple(
        {"moment": each.get_moment_display(), "number": counts[place].found_count if place in counts else None}
        for place, each in enumerate(hand_overs)
    )
    return PartLine(last.part.label, last.expected_count, numbers, tuple(changes), last.missing_count)


def found_on_arrival(booking: Booking) -> dict:
    """{part id: how many} as the school counted them when the kit came."""
    counts = PartCount.objects.filter(hand_over__booking=booking, hand_over__moment=HandOver.Moment.ARRIVED)
    return dict(counts.values_list("part", "found_count"))
