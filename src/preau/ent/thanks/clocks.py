"""What this room keeps for a time."""

from django.utils.timezone import localdate

from preau.ent.thanks.models import Thanks
from preau.kit.dates import last_year_begins
from preau.kit.rooms.clocks import Due

CLOCKS = (
    Due(
        "mercis d’avant l’an dernier",
        Thanks,
        lambda now: Thanks.objects.filter(at__date__lt=last_year_begins(localdate(now))),
    ),
)
