"""What this room keeps for a time: figures of sessions, which name nobody."""

import datetime

from preau.ent.lessons.models import KnownDevice, Lesson
from preau.kit.rooms.clocks import Due

KEPT = datetime.timedelta(days=5 * 366)

UNUSED = datetime.timedelta(days=366)

CLOCKS = (
    Due(
        "appareils d’école sans usage depuis un an", KnownDevice,
        lambda now: KnownDevice.objects.filter(used_at__lte=now - UNUSED),
    ),
    Due("séances de plus de 5 ans", Lesson, lambda now: Lesson.objects.filter(closed_at__lte=now - KEPT)),
)  # fmt: skip
