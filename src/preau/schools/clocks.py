"""What this room keeps for a time."""

from django.utils.timezone import localdate

from preau.kit.dates import last_year_begins, school_year_label
from preau.kit.rooms.clocks import Due
from preau.schools.models import Insurance

CLOCKS = (
    Due(
        "attestations d’assurance d’avant l’an dernier",
        Insurance,
        lambda now: Insurance.objects.filter(school_year__lt=school_year_label(last_year_begins(localdate(now)))),
    ),
)
