"""Between a city's access points and Préau: reports what they are, makes them what Préau wants.

It runs beside the controller, inside the schools' network, and calls out: nothing has to reach in. A maker's driver is
a class with the three methods of `Controller`; `Simulated` is one, for trials and tests. No database, no Django.
"""

import json
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

TIMEOUT = 5  # seconds
LARGEST = 256 * 1024


@dataclass(frozen=True)
class Point:
    """An access point by its inventory label; `since` is aware."""

    tag: str
    is_on: bool
    since: datetime


class Controller(Protocol):
    """What a maker's driver does. Off twice is off: each order may come again."""

    def points(self) -> list[Point]: ...
    def turn_on(self, tag: str) -> None: ...
    def turn_off(self, tag: str) -> None: ...


class Simulated:
    """Access points in memory, off at first. `press` is a hand on the switch of a cart."""

    def __init__(self, tags, clock: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self.clock = clock
        self.held = {tag: Point(tag, False, clock()) for tag in tags}

    def points(self) -> list[Point]:
        return list(self.held.values())

    def press(self, tag: str, is_on: bool) -> None:
        if self.held[tag].is_on != is_on:
            self.held[tag] = Point(tag, is_on, self.clock())

    def turn_on(self, tag: str) -> None:
        self.press(tag, True)

    def turn_off(self, tag: str) -> None:
        self.press(tag, False)


class Bridge:
    """`ask` sends a report (a dict) and gives the answer (a dict); it raises OSError when Préau is not there."""

    def __init__(self, controller: Controller, ask: Callable[[dict], dict]):
        self.controller, self.ask = controller, ask
        self.until: dict[str, datetime] = {}

    def turn(self, now: datetime) -> bool:
        """Reports, obeys, and reports again what changed. False when Préau was not heard: what is past its end then
        goes off all the same, since off is the rule."""
        try:
            if self._obey(self.ask(self._report()), now):
                self.ask(self._report())
            return True
        except (OSError, ValueError, KeyError, TypeError):
            self._keep_to_the_end(now)
            return False

    def _report(self):
        return {
            "points": [
                {"point": p.tag, "is": "on" if p.is_on else "off", "since": p.since.isoformat()}
                for p in self.controller.points()
            ]
        }

    def _obey(self, answer, now):
        wanted = {line["point"]: line["until"] and datetime.fromisoformat(line["until"]) for line in answer["points"]}
        self.until = {tag: until for tag, until in wanted.items() if until and until > now}
        changed = False
        for point in self.controller.points():
            if point.is_on != (point.tag in self.until):
                (self.controller.turn_on if point.tag in self.until else self.controller.turn_off)(point.tag)
                changed = True
        return changed

    def _keep_to_the_end(self, now):
        for point in self.controller.points():
            if point.is_on and self.until.get(point.tag, now) <= now:
                self.controller.turn_off(point.tag)


def ask_over_http(address: str, key: str) -> Callable[[dict], dict]:
    """Sends reports to `address` (https://…/plan/wifi/releves/) under a city's key. Raises OSError."""
    if not address.startswith(("https://", "http://")):
        raise ValueError("an http address is needed")

    def ask(report):
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        request = urllib.request.Request(address, json.dumps(report).encode(), headers, method="POST")
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
            return json.loads(answer.read(LARGEST))

    return ask
