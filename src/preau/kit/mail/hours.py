"""When what can wait leaves: neither at night nor at the weekend, unless a city or a school says so (trust.md R28).

Writing and reading are never stopped: only what would call somebody waits.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.timezone import localtime

SATURDAY = 5
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Hours:
    """Messages leave between `opens_at` and `closes_at`, local time."""

    opens_at: time = time(7)
    closes_at: time = time(20)
    on_weekends: bool = False

    def is_quiet(self, now: datetime) -> bool:
        """Whether messages that can wait are held back at this moment."""
        local = localtime(now)
        is_closed_day = local.weekday() >= SATURDAY and not self.on_weekends
        return is_closed_day or not self.opens_at <= local.time() < self.closes_at

    def open_from(self, now: datetime) -> datetime:
        """When a message queued now may leave: at once, or at the next opening."""
        if not self.is_quiet(now):
            return now
        opens = localtime(now)
        if opens.time() >= self.opens_at:
            opens += DAY
        opens = opens.replace(hour=self.opens_at.hour, minute=self.opens_at.minute, second=0, microsecond=0)
        while self.is_quiet(opens):
            opens += DAY
        return opens

    def seconds_left(self, now: datetime) -> int:
        """Until the pause begins; 0 during it."""
        if self.is_quiet(now):
            return 0
        local = localtime(now)
        closes = local.replace(hour=self.closes_at.hour, minute=self.closes_at.minute, second=0, microsecond=0)
        return int((closes - local).total_seconds())


HOURS = Hours()
