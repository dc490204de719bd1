"""What this room keeps for a time."""

import datetime

from preau.arrivals import actions
from preau.arrivals.models import SheetJob, Upload
from preau.kit.rooms.clocks import Clock, Due

YEAR = datetime.timedelta(days=365)

CLOCKS = (
    Due("dépôts de plus d’un an", Upload, lambda now: Upload.objects.filter(received_at__lte=now - YEAR)),
    Due(
        "fiches demandées il y a plus d’un an", SheetJob, lambda now: SheetJob.objects.filter(asked_at__lte=now - YEAR)
    ),
    Clock("fichiers déposés depuis plus de 24 heures", (Upload,), actions.purge_uploads),
    Clock("fiches de connexion de plus de 24 heures", (SheetJob,), actions.purge_sheets),
)
