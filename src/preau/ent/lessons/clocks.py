"""What this room keeps for a time: figures of sessions, which name nobody; what pupils make, the school year."""

import datetime

from django.utils.timezone import localdate

from preau.ent.lessons.models import LATE_FOR, AwaitedDevice, KnownDevice, Lesson, Work
from preau.kit.dates import this_year_begins
from preau.kit.rooms.clocks import Due

KEPT = datetime.timedelta(days=5 * 366)

UNUSED = datetime.timedelta(days=366)


CLOCKS = (
    Due(
        "appareils d’école sans usage depuis un an", KnownDevice,
        lambda now: KnownDevice.objects.filter(used_at__lte=now - UNUSED),
    ),
    Due(
        "tablettes qui n’ont pas dit, en 7\u00a0jours, que tout est envoyé", AwaitedDevice,
        lambda now: AwaitedDevice.objects.filter(lesson__closed_at__lte=now - LATE_FOR),
    ),
    Due("séances de plus de 5 ans", Lesson, lambda now: Lesson.objects.filter(closed_at__lte=now - KEPT)),
    Due(
        "pages faites en séance avant cette année scolaire",
        Work,
        lambda now: Work.objects.filter(begun_at__date__lt=this_year_begins(localdate(now))),
    ),
)  # fmt: skip
