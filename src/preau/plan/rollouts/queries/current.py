"""The one step each school stands at, for tables of many rooms."""

from dataclasses import dataclass
from datetime import date

from preau.plan.rollouts.models import DERIVED, WAITS_FOR
from preau.plan.rollouts.queries.progress import StepState


@dataclass(frozen=True)
class Current:
    """What is being done in a school, and since when it waits."""

    step: StepState
    since: date


def current_steps(ways) -> dict:
    """{school id: Current} of what `under_way_of` gives: the blocked step, else the first that nothing holds back."""
    return {each.rollout.school_id: _current(each.steps, each.rollout) for each in ways}


def _current(states, way):
    todo = [state for state in states if state.state != "done"]
    step = next((s for s in todo if s.state == "stop"), None) or next((s for s in todo if s.state == "now"), None)
    step = step or (todo or states)[0]
    return Current(step, step.blocked_on or _turn_on(step.kind, states, way))


def _turn_on(kind, states, way):
    """The day the turn of a step came, as `awaited.turn_on`, `to_receive` and `to_serve` ask it of the base: the
    roll-out was opened, what the step waits for was done, what was received was taken back."""
    days = [state.done_on for state in states if state.kind in WAITS_FOR[kind] and state.done_on]
    if kind in DERIVED and way.taken_back_on:
        days.append(way.taken_back_on)
    return max([way.opened_on, *days])
