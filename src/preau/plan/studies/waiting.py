"""What waits for who compares options."""

from preau.kit.rooms.told import lines
from preau.kit.rooms.waiting import Act, Wait
from preau.plan.studies import rules


def _marks(person, now, today, roles):
    yield lines(rules.comparisons_to_mark_by(person, today), "mark", name="title", day="opened_on")


WAITING = (
    Wait(
        (*rules.CITY_EXPERTS, *rules.STATE_EXPERTS),
        _marks,
        {"mark": Act("Noter les options comparées", "studies:comparison_detail")},
    ),
)
