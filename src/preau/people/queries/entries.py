"""Reads about pupils in without an account."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from preau.kit.seals import key_digest
from preau.people.models import Person, PupilEntry

SHEET = "sheet"  # in the session: the code's id and when it was given at the door
SHOWN_FOR = 30 * 60  # seconds
PUPIL_COOKIE = "__Host-preau-eleve" if settings.HTTPS else "preau-eleve"


def shown(row, now: datetime) -> list:
    """What the session keeps of a secret that was typed or scanned at the door: whose it is, and when."""
    return [str(row.pk), now.timestamp()]


def shown_lately(kept: list | None, now: datetime) -> str | None:
    """The id in it, for half an hour: whoever opens the same browser later shows the secret again."""
    key, at = kept if isinstance(kept, list) else (None, 0)
    return key if now.timestamp() - at < SHOWN_FOR else None


def pupil_entry_of(key: str, ways: Iterable[str], now: datetime) -> PupilEntry | None:
    """The entry that shows this key, by one of these ways, while it lasts."""
    found = PupilEntry.objects.select_related("pupil").filter(key_hash=key_digest(key), way__in=ways).first()
    return found if found and found.is_live(now) else None


def person_in(person_id, now: datetime) -> Person | None:
    """Who may be given something by their id alone: an account that is open, or a pupil who is in without one."""
    entered = PupilEntry.objects.filter(pupil=OuterRef("pk"), ends_at__gt=now)
    return Person.objects.filter(Q(account__is_active=True) | Exists(entered), pk=person_id).first()
