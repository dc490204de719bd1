"""Pupils in without an account (`PupilEntry`)."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from preau.kit.seals import key_digest
from preau.people.models import Badge, Person, PupilEntry


def open_pupil_entry(
    *, pupil: Person, way: str, ends_at: datetime, now: datetime, badge: Badge | None = None
) -> tuple[PupilEntry, str]:
    """(the entry, the key that the device shows in its cookie); who asks has checked the badge or the pictures."""
    key = secrets.token_urlsafe(24)
    entry = PupilEntry.objects.create(
        pupil=pupil, way=way, badge=badge, key_hash=key_digest(key), opened_at=now, seen_at=now, ends_at=ends_at
    )
    return entry, key


def end_pupil_entries(*, entry_ids: Iterable) -> int:
    """They open nothing from now on. Returns how many there were."""
    return PupilEntry.objects.filter(pk__in=list(entry_ids)).delete()[0]


def touch_pupil_entry(*, entry_id, now: datetime) -> None:
    """Notes activity, at most every minute."""
    PupilEntry.objects.filter(pk=entry_id).update(seen_at=now)
