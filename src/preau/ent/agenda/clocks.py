"""What this room keeps for a time."""

from django.utils.timezone import localdate

from preau.ent.agenda.models import Event
from preau.kit.dates import last_year_begins
from preau.kit.rooms.clocks import Due

CLOCKS = (
    Due(
        "événements d’avant l’an dernier",
        Event,
        lambda now: Event.objects.filter(last_on__lt=last_year_begins(localdate(now))),
    ),
)
