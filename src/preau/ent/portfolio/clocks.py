"""What this room keeps for a time."""

import datetime

from django.utils.timezone import localdate

from preau.ent.portfolio.models import Page, PageThanks, Takeaway
from preau.ent.portfolio.queries import due
from preau.kit.dates import last_year_begins
from preau.kit.rooms.clocks import Due

TAKEN_WITHIN = datetime.timedelta(days=7)

CLOCKS = (
    Due("pages de cahiers d’enfants partis depuis 3 mois", Page, lambda now: due(localdate(now))),
    Due(
        "pages de cahiers que la famille ne lit pas, d’avant l’an dernier",
        Page,
        lambda now: Page.objects.exclude(state=Page.State.APPROVED).filter(
            created_at__date__lt=last_year_begins(localdate(now))
        ),
    ),
    Due(
        "mercis de pages de cahiers d’avant l’an dernier",
        PageThanks,
        lambda now: PageThanks.objects.filter(at__date__lt=last_year_begins(localdate(now))),
    ),
    Due(
        "cahiers préparés pour être emportés, de plus de 7 jours",
        Takeaway,
        lambda now: Takeaway.objects.filter(asked_at__lte=now - TAKEN_WITHIN),
    ),
)
