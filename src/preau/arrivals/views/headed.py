"""From an address to a school the person heads; the same for every view of the room."""

from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from preau.arrivals import rules


def headed_school(request, school_id):
    """404 for anyone but the head: nobody else knows what is being brought in or printed."""
    schools = rules.schools_importable_by(request.person, localdate())
    return get_object_or_404(schools.select_related("city"), pk=school_id)
