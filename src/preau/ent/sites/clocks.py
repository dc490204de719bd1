"""What this room keeps for a time."""

from django.utils.timezone import localdate

from preau.ent.sites.models import UrgentBanner
from preau.kit.dates import last_year_begins
from preau.kit.rooms.clocks import Due

CLOCKS = (
    Due(
        "messages urgents d’avant l’an dernier",
        UrgentBanner,
        lambda now: UrgentBanner.objects.filter(ends_at__date__lt=last_year_begins(localdate(now))),
    ),
)
