"""The key of a city's controllers: made, shown once, counted, taken back."""

import secrets

from django.db import transaction

from preau.journal.actions import record
from preau.kit.answers import allow
from preau.kit.rows import lock
from preau.kit.seals import key_digest
from preau.plan.wifi import rules
from preau.plan.wifi.models import HookKey

CALLS_A_MINUTE = 120  # a bridge that asks each 10 seconds makes 6


@transaction.atomic
def make_key(*, person, city, now) -> str:
    """A new key, given here and nowhere else again; the former one ends at once."""
    end_key(person=person, city=city, now=now)
    token = secrets.token_urlsafe(32)
    key = HookKey(city=city, digest=key_digest(token), made_at=now)
    key.save(force_insert=True)
    _journal(person, "hook_key_made", key, now)
    return token


@transaction.atomic
def end_key(*, person, city, now) -> None:
    """Reports shown with it are refused from now on."""
    allow(rules.can_manage_key, person, city, now=now)
    for key in HookKey.objects.select_for_update().filter(city=city, ended_at=None):
        key.ended_at = now
        key.save(update_fields=["ended_at"])
        _journal(person, "hook_key_ended", key, now)


@transaction.atomic
def count_call(*, key, now) -> bool:
    """Counted in the base, so that several web nodes count together; False when it was shown too often this minute."""
    key = lock(key)
    minute = now.replace(second=0, microsecond=0)
    if key.minute != minute:
        key.minute, key.calls_count = minute, 0
    if key.calls_count >= CALLS_A_MINUTE:
        return False
    key.calls_count += 1
    key.save(update_fields=["minute", "calls_count"])
    return True


def _journal(person, verb, key, now):
    record(person_id=person.pk if person else None, verb=verb, subject=key, now=now, place_id=key.city_id)
