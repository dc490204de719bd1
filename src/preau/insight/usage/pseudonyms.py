"""A keyed name that means nothing outside one city and one school year (standards.md §9.1)."""

import datetime
import hmac
from functools import lru_cache
from uuid import UUID

from django.conf import settings

from preau.kit.dates import school_year_label


def pseudonym(account_id: UUID, city_id: UUID, day: datetime.date) -> str:
    """The same account has another pseudonym in another city, and another one each school year."""
    key = _key_of(str(settings.SECRET_KEY), f"usage {city_id} {school_year_label(day)}")
    return hmac.digest(key, account_id.bytes, "sha256").hex()[:32]


@lru_cache(maxsize=256)
def _key_of(secret, label):
    return hmac.digest(secret.encode(), label.encode(), "sha256")
