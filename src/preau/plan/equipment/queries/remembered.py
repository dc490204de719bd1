"""A whole city's overview kept in memory as long as nothing was written: 450 schools then cost what 45 do.

The key holds the city's generation, raised by every write of the plan in its own transaction, and what the places say
of its schools. A school renamed or moved elsewhere shows within a minute. Nothing may read this inside a transaction
that writes: were it undone, its generation would come back with other figures.
"""

import time
from datetime import date

from django.db.models import Count, F, Max

from preau.places.models import School
from preau.plan.equipment.queries.overviews import Overview, overview_of

SECONDS, MOST = 60, 200
KEPT: dict = {}


def marked(cities):
    """Cities that carry the key of their overview: no read besides their own."""
    return cities.annotate(
        mark_generation=F("plan_generation__number"),
        mark_schools=Count("schools"),
        mark_closed=Count("schools__closed_on"),
        mark_last=Max("schools__closed_on"),
    )


def overview_of_city(city, on: date) -> Overview:
    """The overview of every school of a `marked` city."""
    key = (city.pk, on, city.mark_generation, city.mark_schools, city.mark_closed, city.mark_last)
    instant, overview = KEPT.get(key, (0, None))
    if overview is None or time.monotonic() - instant > SECONDS:
        overview = overview_of(city, School.objects.filter(city=city.pk), on)
        if len(KEPT) >= MOST:
            KEPT.clear()
        KEPT[key] = time.monotonic(), overview
    return overview
