"""What this room keeps for a time: until the school year ends."""

from django.utils.timezone import localdate

from preau.ent.attendance.models import Absence, FollowUp, Missing, RollCall
from preau.kit.dates import school_year_bounds, school_year_label
from preau.kit.rooms.clocks import Due


def _began(now):
    return school_year_bounds(school_year_label(localdate(now)))[0]


CLOCKS = (
    Due(
        "absences et retards d’une année scolaire finie",
        Missing,
        lambda now: Missing.objects.filter(roll_call__day__lt=_began(now)),
    ),
    Due("appels d’une année scolaire finie", RollCall, lambda now: RollCall.objects.filter(day__lt=_began(now))),
    Due("absences dites, d’une année finie", Absence, lambda now: Absence.objects.filter(ends_on__lt=_began(now))),
    Due("suites d’absences d’une année finie", FollowUp, lambda now: FollowUp.objects.filter(month__lt=_began(now))),
)
