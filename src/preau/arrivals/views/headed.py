"""From an address to a school the person heads; the same for every view of the room."""

from django.utils.timezone import localdate

from preau.arrivals import rules
from preau.kit.views import first_or_404
from preau.people.prepared import one_in

HEADED = one_in(rules.schools_importable_by, "city")


def headed_school(request, school_id):
    """404 for anyone but the head: nobody else knows what is being brought in or printed."""
    return first_or_404(HEADED.rows(request.person, localdate(), school_id))
