"""A keyed name that means nothing outside one city and one school year (standards.md §9.1)."""

import datetime
import hashlib
import hmac
from uuid import UUID

from django.conf import settings

from preau.kit.dates import school_year_label


def pseudonym(account_id: UUID, city_id: UUID, day: datetime.date) -> str:
    """The same account has another pseudonym in another city, and another one each school year."""
    key = hmac.digest(settings.SECRET_KEY.encode(), f"usage {city_id} {school_year_label(day)}".encode(), "sha256")
    return hmac.new(key, account_id.bytes, hashlib.sha256).hexdigest()[:32]
