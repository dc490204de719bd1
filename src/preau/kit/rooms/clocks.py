"""The retention periods that each room lists in its `clocks.py`, as one tuple `CLOCKS`; `privacy` applies them."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class Due:
    """Rows of a table that are simply deleted: `rows(now)` are those whose period is over."""

    what: str
    table: type[Model]
    rows: Callable[[datetime.datetime], QuerySet]

    @property
    def tables(self) -> tuple[type[Model], ...]:
        return (self.table,)


@dataclass(frozen=True)
class Clock:
    """What is forgotten at its date, from which tables, by which action: `forget(now=…, dry_run=…)` returns a count."""

    what: str
    tables: tuple[type[Model], ...]
    forget: Callable[..., int]
