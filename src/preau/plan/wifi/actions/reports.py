"""What controllers report of access points: kept when it changes, tied to the window that explains it."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from preau.plan.inventory.models import Asset, Kind
from preau.plan.wifi import queries
from preau.plan.wifi.actions.windows import end_by_switch
from preau.plan.wifi.actions.years import count_measured
from preau.plan.wifi.models import PointSignal, WifiWindow

SKEW = datetime.timedelta(minutes=2)  # clocks of controllers differ a little from ours


@dataclass(frozen=True)
class Report:
    """One access point, by its inventory label: on or off since an instant (aware)."""

    tag: str
    state: str
    since: datetime.datetime


@transaction.atomic
def receive_reports(*, city, reports, now) -> tuple[list, list[str]]:
    """(what each known access point should be, labels the inventory does not know). Sent twice changes nothing."""
    tags = [report.tag for report in reports]
    # One report at a time for a point: a repeat waits, then finds what the first wrote.
    rows = Asset.objects.select_for_update(of=("self",)).filter(city=city, kind=Kind.ACCESS_POINT, tag__in=tags)
    points = {point.tag: point for point in rows.order_by("pk")}
    for report in reports:
        if report.tag in points:
            _keep(points[report.tag], report, now)
    return queries.wanted_of(list(points.values()), now), [tag for tag in tags if tag not in points]


def _keep(point, report, now):
    """Only a change is written; what is older than the last one known is not news."""
    last = PointSignal.objects.filter(point=point).order_by("-at").first()
    if last is not None and (last.state == report.state or report.since <= last.at):
        return
    is_on = report.state == PointSignal.State.ON
    window = _window_of(point, report.since) if is_on else last and last.window
    if window is not None and is_on:
        count_measured(window=window)
    signal = PointSignal(
        city_id=point.city_id, point=point, state=report.state, at=report.since, received_at=now, window=window
    )
    signal.save(force_insert=True)
    if window is not None and not is_on:
        end_by_switch(window=window, at=report.since, now=now)


def _window_of(point, at):
    """The window that had this access point put on at that instant, or None; locked, it does not end meanwhile."""
    windows = WifiWindow.objects.filter(point=point, opened_at__lte=at + SKEW).order_by("-opened_at")
    window = windows.select_for_update().first()
    return window if window and at < (window.ended_at or window.ends_at) else None
