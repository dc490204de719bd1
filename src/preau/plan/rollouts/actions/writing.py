"""What every write about a roll-out shares: one lock, the journal line."""

from django.utils.timezone import localdate

from preau.journal.actions import record
from preau.kit.rows import lock
from preau.people.models import Role
from preau.plan.rollouts.models import Rollout
from preau.plan.rollouts.queries import progress_of


def locked(*, rollout_id) -> Rollout:
    """The roll-out, locked: every write about it waits for this transaction."""
    return lock(Rollout(pk=rollout_id), "school__city", "kit")


def progress_now(*, rollout, now):
    """Read under its lock."""
    return progress_of([rollout], localdate(now))[0]


def journal(*, person, verb, subject, city_id, now, fields=(), seals=False, role=Role.CITY_IT, bound=""):
    """One line; `seals` puts it in the city's chain, with the digest of what it locks: a réception binds (W4)."""
    return record(
        person_id=person.pk if person else None,
        verb=verb,
        subject=subject,
        now=now,
        place_id=city_id,
        fields=fields,
        chain=city_id if seals else None,
        role=role if seals and person else "",
        bound=bound,
    )
