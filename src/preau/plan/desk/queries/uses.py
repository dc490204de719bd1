"""What a school does of what it was given: kits that came, Wi-Fi put on, school year by school year (mission D8, D11).
Nobody is named: neither who asked, nor who put it on, nor what the request says in free words."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Count, Exists, OuterRef, UUIDField, Value
from django.db.models.functions import Cast, Concat, TruncDate, TruncMonth

from preau.kit.dates import school_year_label
from preau.plan.desk.queries.gathering import COLUMNS, lines, word_of
from preau.plan.loans import rules as loans
from preau.plan.loans.models import AWAY, OVER, State, half_day_of, span_text
from preau.plan.wifi import rules as wifi
from preau.plan.wifi.models import Activity, PointSignal

LAST_SHOWN = 5
LOAN, MONTH, WINDOW = "used_kit", "used_month", "used_wifi"


@dataclass(frozen=True)
class Loan:
    """A kit that left for the school."""

    id: object
    kit: str
    state: State
    first: int  # half_day_number
    last: int

    @property
    def span_text(self) -> str:
        return span_text(self.first, self.last)

    @property
    def is_over(self) -> bool:
        return self.state in OVER


@dataclass(frozen=True)
class Window:
    """Once the Wi-Fi was put on in a room."""

    day: date
    room: str
    activity: str
    is_measured: bool


@dataclass(frozen=True)
class YearOfUse:
    """A school year in which a kit came or the Wi-Fi was put on."""

    label: str  # « 2026-2027 »
    loans_count: int
    windows_count: int
    measured_count: int  # of these, those an access point confirmed


@dataclass(frozen=True)
class Uses:
    """The last year, loan and window first."""

    years: tuple[YearOfUse, ...]
    loans: tuple[Loan, ...]
    windows: tuple[Window, ...]


def uses_lines(school, person, today):
    """Parts of the story's one query: loans, some tens a year; windows by month; the last windows."""
    lent = loans.bookings_visible_to(person, today).filter(school=school, state__in=(*AWAY, *OVER))
    yield lines(
        lent,
        LOAN,
        name="kit__name",
        detail=Concat(Cast("first_half_day", CharField()), Value("-"), Cast("last_half_day", CharField())),
        more="state",
        day=TruncDate("asked_at"),
    )
    windows = wifi.windows_visible_to(person, today).filter(school=school)
    said = Exists(PointSignal.objects.filter(window=OuterRef("pk"), state=PointSignal.State.ON))
    months = windows.order_by().values(told_day=TruncDate(TruncMonth("opened_at")))
    yield months.annotate(
        told_kind=Value(MONTH, CharField()),
        told_id=Value(None, UUIDField()),
        told_name=Cast(Count("pk"), CharField()),
        told_detail=Cast(Count("pk", filter=said), CharField()),
        told_more=Value("", CharField()),
    ).values_list(*COLUMNS)
    last = windows.order_by("-opened_at", "-pk").values("pk")[:LAST_SHOWN]
    yield lines(
        windows.filter(pk__in=last),
        WINDOW,
        name="room__name",
        detail="activity",
        more=word_of(said, "on", ""),
        day=TruncDate("opened_at"),
    )


def read_uses(rows) -> Uses:
    """Of the lines that `uses_lines` brought, the first day first."""
    rows = list(rows)
    lent = [_loan(row) for row in rows if row[0] == LOAN]
    lent.sort(key=lambda loan: (loan.first, loan.last), reverse=True)
    windows = tuple(
        Window(day, room, Activity(activity).label, bool(said))
        for kind, _, room, activity, said, day in reversed(rows)
        if kind == WINDOW
    )
    kits = Counter(school_year_label(half_day_of(loan.first)[0]) for loan in lent)
    shown, measured = Counter(), Counter()
    for kind, _, number, confirmed, _, month in rows:
        if kind == MONTH:
            shown[school_year_label(month)] += int(number)
            measured[school_year_label(month)] += int(confirmed)
    labels = sorted({*kits, *shown}, reverse=True)
    years = tuple(YearOfUse(label, kits[label], shown[label], measured[label]) for label in labels)
    return Uses(years, tuple(lent[:LAST_SHOWN]), windows)


def _loan(row):
    _, booking_id, kit, span, state, _ = row
    first, last = (int(number) for number in span.split("-"))
    return Loan(booking_id, kit, State(state), first, last)
