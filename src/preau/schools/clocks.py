"""What this room keeps for a time."""

from django.db.models import Q
from django.utils.timezone import localdate

from preau.kit.dates import last_year_begins, months_before, school_year_label
from preau.kit.rooms.clocks import Due
from preau.schools.models import ActivityChange, ActivityEnrolment, Enrolment, Insurance, PupilDisplay

CLOCKS = (
    Due(
        "attestations d’assurance d’avant l’an dernier",
        Insurance,
        lambda now: Insurance.objects.filter(school_year__lt=school_year_label(last_year_begins(localdate(now)))),
    ),
    Due(
        "inscriptions finies à un service périscolaire",
        ActivityEnrolment,
        lambda now: ActivityEnrolment.objects.filter(ends_on__lte=months_before(localdate(now), 3)),
    ),
    Due(
        "changements d’un jour à la cantine ou à l’accueil",
        ActivityChange,
        lambda now: ActivityChange.objects.filter(on__lte=months_before(localdate(now), 3)),
    ),
    Due("affichages d’élèves partis de l’école", PupilDisplay, lambda now: _of_pupils_who_left(localdate(now))),
)


def _of_pupils_who_left(today):
    kept = Q(ends_on=None) | Q(ends_on__gt=months_before(today, 3))
    return PupilDisplay.objects.exclude(pupil__in=Enrolment.objects.filter(kept).values("pupil"))
