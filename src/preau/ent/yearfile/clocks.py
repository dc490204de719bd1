"""What this room keeps for a time."""

import datetime

from django.utils.timezone import localdate

from preau.ent.yearfile.models import Certificate, ContactChange, Opening, Pickup
from preau.kit.dates import last_year_begins
from preau.kit.rooms.clocks import Due

CERTIFICATE_KEPT = datetime.timedelta(days=90)

CLOCKS = (
    Due(
        "dossiers de rentrée d’avant l’an dernier",
        Opening,
        lambda now: Opening.objects.filter(publication__created_at__date__lt=last_year_begins(localdate(now))),
    ),
    Due(
        "personnes autorisées d’avant l’an dernier",
        Pickup,
        lambda now: Pickup.objects.filter(named_at__date__lt=last_year_begins(localdate(now))),
    ),
    Due(
        "attestations envoyées depuis trois mois",
        Certificate,
        lambda now: Certificate.objects.filter(sent_at__lte=now - CERTIFICATE_KEPT),
    ),
    Due(
        "coordonnées changées avant l’an dernier",
        ContactChange,
        lambda now: ContactChange.objects.filter(changed_at__date__lt=last_year_begins(localdate(now))),
    ),
)
