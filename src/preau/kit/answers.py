"""Answers of `rules.py`: yes, or no with a reason that can be shown."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


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


class Conflict(Exception):
    """Raised by an action when someone acted first, or the thing is no longer as it was read; `reason` is a French
    sentence. What was typed stays on the page."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason
