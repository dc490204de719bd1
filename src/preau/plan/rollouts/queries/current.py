"""The one step each school stands at, for tables of many rooms."""

from dataclasses import dataclass
from datetime import date

from preau.plan.rollouts.queries.progress import StepState


@dataclass(frozen=True)
class Current:
    """What is being done in a school, and since when: the last thing done, the blocking, or the opening."""

    step: StepState
    since: date


def current_steps(ways) -> dict:
    """{school id: Current} of what `under_way_of` gives: the blocked step, else the first that nothing holds back."""
    return {each.rollout.school_id: _current(each.steps, each.rollout.opened_on) for each in ways}


def _current(states, opened_on):
    todo = [state for state in states if state.state != "done"]
    step = next((s for s in todo if s.state == "stop"), None) or next((s for s in todo if s.state == "now"), None)
    step = step or (todo or states)[0]
    last = max((state.done_on for state in states if state.done_on), default=opened_on)
    return Current(step, step.blocked_on or last)
