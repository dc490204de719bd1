"""« Ce qui vous attend »: what the person's titles must do, whatever the room it lies in (plan.md W1 to W10). Each room
lists its own lines and acts (`waiting.py`, kit/rooms/waiting.py); here they are read in one query."""

from dataclasses import dataclass
from datetime import date

from django.db.models import DateTimeField
from django.utils.timezone import localdate

from preau.kit.rooms.told import Line, gathered
from preau.kit.rooms.waiting import Act, acts, declared
from preau.people.prepared import PreparedFor
from preau.people.queries import roles_held


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for the person. `kind` is the act's key in `acts()`, `name` says of whom or what, `day` its
    term, or since when."""

    kind: str
    act: Act
    name: str
    detail: str
    day: date
    target: object  # the id its page takes
    step: str  # what the page takes after it, or nothing
    is_late: bool

    @property
    def address(self) -> str:
        """Where it is done."""
        return self.act.address(self.target, self.step)


def waiting_for(person, now) -> list:
    """Raw lines of what waits for the person, what presses or has waited longest first, to page then to read with
    `read_waiting`. One query, whatever their titles; none when no title of theirs acts in the plan."""
    return WAITING.rows(person, localdate(now), now)


def union_for(person, today, now, *, also=()):
    """The same as a QuerySet, or None. `also`: lines of another room that a page reads in the same query."""
    roles = roles_held(person, today)
    asked = (wait for wait in declared() if roles & set(wait.roles))
    return gathered([*(part for wait in asked for part in wait.lines(person, now, today, roles)), *also])


WAITING = PreparedFor(union_for, DateTimeField)


def read_waiting(rows, today) -> list[Waiting]:
    """The lines of a page."""
    return [_waiting(Line(*row), today) for row in rows]


def _waiting(line, today):
    act = acts()[line.kind]
    day = act.ends_on(line.more) if act.ends_on else line.day
    words = str(act.details(line.detail).label) if act.details and line.detail else line.detail
    words = act.tells(words, line.more) if act.tells else words
    step = line.detail if act.is_of_detail else ""
    return Waiting(line.kind, act, line.name, words, day, line.target, step, act.is_due and day < today)
