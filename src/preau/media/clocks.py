"""What this room keeps for a time."""

from django.utils.timezone import localdate

from preau.kit.dates import last_year_begins
from preau.kit.rooms.clocks import Due
from preau.media.models import Accord

CLOCKS = (
    Due(
        "réponses sur l’image, la voix et les travaux, remplacées avant l’an dernier",
        Accord,
        lambda now: Accord.objects.filter(replaced_at__date__lt=last_year_begins(localdate(now))),
    ),
)
