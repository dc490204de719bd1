"""What this room keeps for a time."""

import datetime

from django.db.models import Q
from django.utils.timezone import localdate

from preau.ent.mail.models import Conversation, Report
from preau.kit.dates import last_year_begins
from preau.kit.rooms.clocks import Due

ANSWERED, UNANSWERED = datetime.timedelta(days=365), datetime.timedelta(days=3 * 365)

CLOCKS = (
    Due(
        "conversations d’avant l’an dernier, avec leurs messages",
        Conversation,
        lambda now: Conversation.objects.filter(last_at__date__lt=last_year_begins(localdate(now))),
    ),
    Due(
        "signalements clos depuis un an, ou vieux de trois ans",
        Report,
        lambda now: Report.objects.filter(Q(closed_at__lt=now - ANSWERED) | Q(reported_at__lt=now - UNANSWERED)),
    ),
)
