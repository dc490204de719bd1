"""What this room keeps for a time."""

import datetime

from django.db.models import Q

from preau.ent.afterschool.models import ServiceFile
from preau.kit.rooms.clocks import Due

WAITING, KEPT = datetime.timedelta(days=30), datetime.timedelta(days=366)


def _over(now):
    waited = Q(applied_at=None, received_at__lte=now - WAITING)
    return ServiceFile.objects.filter(waited | Q(applied_at__lte=now - KEPT))


CLOCKS = (Due("fichiers des services périscolaires", ServiceFile, _over),)
