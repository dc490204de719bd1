"""What the plan may lend to a session: the Wi-Fi of a room, a cart or a kit. This wing knows no table of the plan: who
assembles the house gives these acts to the addresses of the room (urls.py)."""

import datetime
from dataclasses import dataclass, field
from typing import Protocol

from preau.ent.lessons.models import Lesson
from preau.people.models import Person
from preau.places.models import School


@dataclass(frozen=True)
class Offer:
    """What may be chosen as a session opens: pairs (key, name); the Wi-Fi is offered where rooms are."""

    rooms: tuple = ()
    kits: tuple = ()
    chosen: dict = field(default_factory=dict)  # {"room" or "kit": key}, as last time
    why_no_wifi: str = ""  # an access point is known, and today it may not be put on


@dataclass(frozen=True)
class Lit:
    """The Wi-Fi that a session put on: where, until when, and whether the person may put it off, or on for longer."""

    room: str
    until: datetime.datetime
    may_end: bool
    may_prolong: bool


class Means(Protocol):
    """Each raises Refused or Conflict with the plan's own sentence; the session stays open."""

    def offered(self, *, person: Person, school: School, last: Lesson | None, now: datetime.datetime) -> Offer:
        """`last`: what the class or the group held before."""

    def take_kit(self, *, person: Person, lesson: Lesson, kit: str, now: datetime.datetime) -> None:
        """The cart or the kit in use is named by the session."""

    def put_on(self, *, person: Person, lesson: Lesson, room: str, minutes: int, now: datetime.datetime) -> None:
        """The Wi-Fi of the room, for so many minutes or, with 0, until the end of the session."""

    def lit(self, *, person: Person, lesson: Lesson, now: datetime.datetime) -> Lit | None:
        """None once it is off."""

    def prolong(self, *, person: Person, lesson: Lesson, now: datetime.datetime) -> datetime.datetime:
        """A quarter of an hour more, within the session. Returns until when."""

    def put_off(self, *, person: Person, lesson: Lesson, now: datetime.datetime) -> datetime.datetime | None:
        """At once; of a session just closed in which pupils were, ten minutes later: what they made is still to be
        sent. Returns until when it stays on."""

    def all_sent(self, *, lesson: Lesson, now: datetime.datetime) -> None:
        """Each device of a session that has closed said that it has nothing left: nobody needs the Wi-Fi any more."""
