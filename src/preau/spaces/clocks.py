"""What this room keeps for a time."""

import datetime

from preau.kit.rooms.clocks import Due
from preau.spaces.models import Stop

YEAR = datetime.timedelta(days=365)

CLOCKS = (
    Due("arrêts d’urgence levés il y a plus d’un an", Stop, lambda now: Stop.objects.filter(ended_at__lte=now - YEAR)),
)
