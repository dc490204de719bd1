"""What this room keeps for a time."""

import datetime

from django.utils.timezone import localdate

from preau.kit.rooms.clocks import Due
from preau.plan.desk.models import Reminder

KEPT = datetime.timedelta(days=30)

CLOCKS = (
    Due(
        "rappels par courriel de plus de 30 jours",
        Reminder,
        lambda now: Reminder.objects.filter(day__lte=localdate(now) - KEPT),
    ),
)
