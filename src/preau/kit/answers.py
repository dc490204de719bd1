"""Answers of `rules.py`, and the two ways an act is refused: the right is lacking, or things are not as they were read.

Each carries a French sentence that is shown. Nobody has to catch them: web/middleware.py answers 403 or 409, with what
was typed; `kit.views.submit` puts a conflict on its form.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate


@dataclass(frozen=True)
class Yes:
    """Allowed."""

    def __bool__(self):
        return True


@dataclass(frozen=True)
class No:
    """Refused; `reason` is a plain French sentence for the person who asked."""

    reason: str

    def __bool__(self):
        return False


Answer = Yes | No


class Refused(PermissionDenied):
    """Raised by `require`; the 403 page shows `reason`."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def require(answer: Answer) -> None:
    """Raises Refused unless the answer is yes."""
    if not answer:
        raise Refused(answer.reason)


def allow(rule, person, *about, now) -> None:
    """Checks a rule again inside the action: raises Refused unless it says yes on the day of `now`. `person` is None
    for a command run by the operator: nothing is checked."""
    if person is not None:
        require(rule(person, *about, localdate(now)))


class Conflict(Exception):
    """Raised by an action when someone acted first, or what is asked cannot be; nothing was changed.

    `reason` is a French sentence; `field`, the form's field it is about. What was typed stays on the page.
    """

    def __init__(self, reason: str, field: str | None = None):
        super().__init__(reason)
        self.reason, self.field = reason, field
