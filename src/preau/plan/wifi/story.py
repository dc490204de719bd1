"""What the Wi-Fi tells of a school: how many times it was put on, by month, and the last times. Nobody is named."""

from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Count, Exists, OuterRef, Value
from django.db.models.functions import Cast, TruncDate, TruncMonth

from preau.kit.rooms.story import Chapter
from preau.kit.rooms.told import COLUMNS, Line, lines, word_of
from preau.kit.rows import NO_ID
from preau.plan.wifi import rules
from preau.plan.wifi.models import Activity, PointSignal

LAST_SHOWN = 5
MONTH, WINDOW = "used_month", "used_wifi"


@dataclass(frozen=True)
class Window:
    """Once the Wi-Fi was put on in a room."""

    day: date
    room: str
    activity: str
    is_measured: bool


def window_of(line: Line) -> Window:
    """Of a line WINDOW."""
    return Window(line.day, line.name, Activity(line.detail).label, bool(line.more))


def counts_of(line: Line) -> tuple[int, int]:
    """(windows of the month, those that an access point confirmed), of a line MONTH."""
    return int(line.name), int(line.detail)


def _windows(school, person, today):
    windows = rules.windows_visible_to(person, today).filter(school=school)
    said = Exists(PointSignal.objects.filter(window=OuterRef("pk"), state=PointSignal.State.ON))
    months = windows.order_by().values(told_day=TruncDate(TruncMonth("opened_at")))
    yield months.annotate(
        told_kind=Value(MONTH, CharField()),
        told_id=NO_ID,
        told_name=Cast(Count("pk"), CharField()),
        told_detail=Cast(Count("pk", filter=said), CharField()),
        told_more=Value("", CharField()),
    ).values_list(*COLUMNS)
    last = windows.filter(pk__in=windows.order_by("-opened_at", "-pk").values("pk")[:LAST_SHOWN])
    told = {"name": "room__name", "detail": "activity", "more": word_of(said, "on", "")}
    yield lines(last, WINDOW, day=TruncDate("opened_at"), **told)


STORY = (Chapter(_windows, {}),)
