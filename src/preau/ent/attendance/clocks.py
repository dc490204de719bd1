"""What this room keeps for a time: until the school year ends."""

from django.utils.timezone import localdate

from preau.ent.attendance.models import Absence, FollowUp, Missing, RollCall
from preau.kit.dates import this_year_begins
from preau.kit.rooms.clocks import Due

CLOCKS = (
    Due(
        "absences et retards d’une année scolaire finie",
        Missing,
        lambda now: Missing.objects.filter(roll_call__day__lt=this_year_begins(localdate(now))),
    ),
    Due(
        "appels d’une année scolaire finie",
        RollCall,
        lambda now: RollCall.objects.filter(day__lt=this_year_begins(localdate(now))),
    ),
    Due(
        "absences dites, d’une année finie",
        Absence,
        lambda now: Absence.objects.filter(ends_on__lt=this_year_begins(localdate(now))),
    ),
    Due(
        "suites d’absences d’une année finie",
        FollowUp,
        lambda now: FollowUp.objects.filter(month__lt=this_year_begins(localdate(now))),
    ),
)
