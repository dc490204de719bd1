"""How many times the public pages of a place have changed."""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from preau.spaces.models import Generation


def raise_generations(*, place_ids: Iterable[uuid.UUID]) -> None:
    """The same of several places at once."""
    Generation.objects.bulk_create([Generation(place_id=each) for each in place_ids], ignore_conflicts=True)
    Generation.objects.filter(place_id__in=place_ids).update(number=F("number") + 1)


@transaction.atomic
def raise_generation(*, place_id: uuid.UUID) -> None:
    """Public pages of this place kept in memory are no longer true."""
    raise_generations(place_ids=[place_id])
