"""What the city's services expect of children on a day: what the week says, then what changes for that day alone."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from preau.kit.prepared import PreparedOf
from preau.schools.models import Activity, ActivityChange, ActivityEnrolment


@dataclass(frozen=True)
class ServiceDay:
    """A child and a service that knows of them, that day; who fetches them, as the city wrote it."""

    activity: Activity
    comes: bool
    fetched_by: str = ""
    is_changed: bool = False  # for that day alone, by the site's team
    is_absent: bool = False  # from school, that half-day, when a room above knows it

    @property
    def is_usual(self) -> bool:
        """As the week says."""
        return not (self.is_changed or self.is_absent)


def services_on(child_ids: Iterable[uuid.UUID], day: datetime.date) -> dict[uuid.UUID, list[ServiceDay]]:
    """{child: the services that know of them}; a child that none knows is left out: nobody said no. Two queries."""
    child_ids, weekday, found = list(child_ids), str(day.isoweekday()), {}
    for row in _ENROLLED.rows(*child_ids, key=(day,)):
        known = found.setdefault(row.child_id, {})
        comes = weekday in row.days
        if row.activity_id not in known or comes:
            known[row.activity_id] = ServiceDay(row.activity, comes, row.fetched_by)
    for change in _CHANGED.rows(*child_ids, key=(day,)):
        known = found.setdefault(change.child_id, {})
        usual = known.get(change.activity_id)
        known[change.activity_id] = ServiceDay(change.activity, change.comes, usual.fetched_by if usual else "", True)
    return {child: list(known.values()) for child, known in found.items()}


def _enrolled(*asked):
    *child_ids, day = asked
    rows = ActivityEnrolment.objects.current(day).filter(child__in=child_ids).select_related("activity")
    return rows.only("child", "days", "fetched_by", "activity__kind").order_by("activity__kind", "-starts_on", "id")


def _changed(*asked):
    *child_ids, day = asked
    return ActivityChange.objects.filter(child__in=child_ids, on=day).select_related("activity")


_ENROLLED, _CHANGED = PreparedOf(_enrolled), PreparedOf(_changed)
