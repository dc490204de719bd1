"""What this room keeps for a time: until the school year ends."""

from django.utils.timezone import localdate

from preau.ent.homework.models import Assignment
from preau.kit.dates import school_year_bounds, school_year_label
from preau.kit.rooms.clocks import Due


def _began(now):
    return school_year_bounds(school_year_label(localdate(now)))[0]


CLOCKS = (
    Due(
        "leçons et devoirs d’une année scolaire finie",
        Assignment,
        lambda now: Assignment.objects.filter(last_on__lt=_began(now)),
    ),
)
