"""How often a place has called people through the digital pause."""

from datetime import date, timedelta

from django.db.models import Q

from preau.notify.models import Level, Notice
from preau.places.models import School

MAX_URGENT = 2  # in a month, for a school or a city (users.md, rule 23)
MONTH = timedelta(days=30)


def urgent_count(place: School, today: date) -> int:
    """Urgent notices of the last month that came from this school or its classes, or from this city."""
    kind = place._meta.model_name
    there = Q(**{f"publication__{kind}": place})
    if kind == "school":
        there |= Q(publication__classroom__school=place) | Q(publication__group__school=place)
    return Notice.objects.filter(there, level=Level.URGENT, published_at__date__gt=today - MONTH).count()
