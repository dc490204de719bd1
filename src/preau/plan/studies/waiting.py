"""What waits for who compares options, and for who reviews a laboratory that is over."""

from preau.kit.rooms.told import lines
from preau.kit.rooms.waiting import Act, Wait
from preau.plan.studies import rules


def _marks(person, now, today, roles):
    yield lines(rules.comparisons_to_mark_by(person, today), "mark", name="title", day="opened_on")


def _reviews(person, now, today, roles):
    yield lines(rules.cohorts_to_review_by(person, today), "review", name="name", day="ends_on")


EXPERTS = (*rules.CITY_EXPERTS, *rules.STATE_EXPERTS)
WAITING = (
    Wait(EXPERTS, _marks, {"mark": Act("Noter les options comparées", "studies:comparison_detail")}),
    Wait(EXPERTS, _reviews, {"review": Act("Écrire et signer le bilan du laboratoire", "studies:cohort_detail")}),
)
