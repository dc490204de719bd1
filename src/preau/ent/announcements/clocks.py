"""What this room keeps for a time."""

from django.utils.timezone import localdate

from preau.ent.announcements.models import Announcement, ElectedParent
from preau.kit.dates import last_year_begins, months_before
from preau.kit.rooms.clocks import Due

CLOCKS = (
    Due(
        "annonces d’avant l’an dernier, avec qui les a lues",
        Announcement,
        lambda now: Announcement.objects.filter(publication__created_at__date__lt=last_year_begins(localdate(now))),
    ),
    Due(
        "parents élus, un an après la fin",
        ElectedParent,
        lambda now: ElectedParent.objects.filter(ends_on__lt=months_before(localdate(now), 12)),
    ),
)
