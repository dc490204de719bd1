"""Conseils d’école as the homes of those who receive their minutes say them: the IEN, the elected members, the city."""

import datetime
import uuid
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce

from preau.ent.agenda.models import Council
from preau.ent.agenda.queries.events import FOR_HOME
from preau.kit.rooms.told import lines, parted

CONVENED, CANCELLED, FINAL = "council", "council_cancelled", "council_final"
RANKS = (CANCELLED, CONVENED, FINAL)
SHOWN = 6
HOUR = Coalesce(Cast("event__begins_at", CharField()), Value(""))


class ToldCouncil(NamedTuple):
    """As much of a council as a home says."""

    pk: uuid.UUID
    school: str
    day: datetime.date
    begins_at: datetime.time | None
    kind: str

    @property
    def is_cancelled(self) -> bool:
        return self.kind == CANCELLED

    @property
    def is_final(self) -> bool:
        return self.kind == FINAL


def council_lines(councils: QuerySet[Council], today: datetime.date) -> QuerySet:
    """Of a fortnight: those that sit, were convened, or whose minutes were made final; those cancelled, until their
    day."""
    lately = today - FOR_HOME
    to_come = Q(event__first_on__gte=today)
    said = to_come & (
        Q(event__cancelled_at__isnull=False)
        | Q(event__first_on__lte=today + FOR_HOME)
        | Q(convened_at__date__gte=lately)
    )
    kind = Case(
        When(event__cancelled_at__isnull=False, then=Value(CANCELLED)),
        When(final_at__isnull=False, then=Value(FINAL)),
        default=Value(CONVENED),
        output_field=CharField(),
    )
    rows = councils.filter(said | Q(final_at__date__gte=lately))
    return lines(rows, kind, name="school__shown_name", more=HOUR, day="event__first_on")


def read_councils(rows: Iterable[tuple]) -> tuple[list[ToldCouncil], list[tuple]]:
    """Such lines among others: (the first of those, what is cancelled first; the others)."""
    mine, others = parted(rows, *RANKS)
    mine.sort(key=lambda line: (RANKS.index(line.kind), line.day))
    return [_as_told(line) for line in mine[:SHOWN]], others


def _as_told(line):
    begins_at = datetime.time.fromisoformat(line.more) if line.more else None
    return ToldCouncil(line.target, line.name, line.day, begins_at, line.kind)
