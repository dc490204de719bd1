"""What every write about a roll-out shares: one lock, the rule asked again, the journal line."""

from django.utils.timezone import localdate

from preau.journal.actions import record
from preau.kit.answers import require
from preau.people.models import Role
from preau.plan.rollouts.models import Rollout
from preau.plan.rollouts.queries import progress_of


class NotYet(Exception):
    """Refused by what the roll-out is today; `reason` is a French sentence. Nothing was changed."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def locked(*, rollout_id) -> Rollout:
    """The roll-out, to this transaction alone: whatever is written about it waits here."""
    rows = Rollout.objects.select_for_update(of=("self",)).select_related("school__city", "kit")
    return rows.get(pk=rollout_id)


def allow(*, person, rule, subject, now, extra=()):
    """Raises Refused unless the rule says yes; None is the operator's shell."""
    if person is not None:
        require(rule(person, subject, *extra, localdate(now)))


def progress_now(*, rollout, now):
    """Read under its lock."""
    return progress_of([rollout], localdate(now))[0]


def journal(*, person, verb, subject, city_id, now, fields=(), seals=False, role=Role.CITY_IT, bound=""):
    """One line; `seals` puts it in the city's chain, with the digest of what it locks: a réception binds (W4)."""
    return record(
        person_id=person.pk if person else None, verb=verb, subject=subject, now=now, place_id=city_id, fields=fields,
        chain=city_id if seals else None, role=role if seals and person else "", bound=bound,
    )  # fmt: skip
