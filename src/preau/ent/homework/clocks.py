"""What this room keeps for a time: until the school year ends."""

from django.utils.timezone import localdate

from preau.ent.homework.models import Assignment
from preau.kit.dates import this_year_begins
from preau.kit.rooms.clocks import Due

CLOCKS = (
    Due(
        "leçons et devoirs d’une année scolaire finie",
        Assignment,
        lambda now: Assignment.objects.filter(last_on__lt=this_year_begins(localdate(now))),
    ),
)
