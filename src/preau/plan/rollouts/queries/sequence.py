"""The order of steps, as a rule on their days."""

from datetime import date

from preau.kit.dates import day_text
from preau.kit.money import NBSP
from preau.plan.rollouts.models import WAITS_FOR, StepKind


def dates_of(steps, accepted_on: date | None, service_on: date | None) -> dict:
    """{kind: day done, or None} of the steps a roll-out has; the derived ones get the days given."""
    dates = {StepKind(step.kind): step.done_on for step in steps}
    return dates | {StepKind.ACCEPTED: accepted_on, StepKind.IN_SERVICE: service_on}


def breach_of(dates: dict, kind: StepKind) -> str:
    """What giving `kind` its day in `dates` breaks, as a sentence; empty when the order holds around it."""
    day = dates.get(kind)
    found = [_before(dates[other], other, day) for other in WAITS_FOR[kind] if other in dates]
    found += [_after(dates.get(other), other, day) for other, waits in WAITS_FOR.items() if kind in waits]
    return next((sentence for sentence in found if sentence), "")


def _before(other_day, other, day):
    if day is None or (other_day and other_day <= day):
        return ""
    if other_day is None:
        return f"Il faut d’abord{NBSP}: {other.label}."
    return f"{_done(other, other_day)}{NBSP}: la date ne peut pas être plus tôt."


def _after(other_day, other, day):
    if other_day is None or (day and day <= other_day):
        return ""
    if day is None:
        return f"{_done(other, other_day)}{NBSP}: annulez-la d’abord."
    return f"{_done(other, other_day)}{NBSP}: la date ne peut pas être plus tard."


def _done(kind, day):
    return f"L’étape «{NBSP}{kind.label}{NBSP}» est faite le {day_text(day)}"
