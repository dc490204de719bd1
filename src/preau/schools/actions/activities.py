"""For one day, a child comes to a service or does not, as the site's team says."""

import datetime

from django.db import transaction
from django.utils.timezone import localdate

from preau.journal import actions as journal
from preau.kit.answers import Conflict, allow
from preau.kit.rows import lock
from preau.people.models import Person
from preau.schools.models import Activity, ActivityChange, ActivityEnrolment
from preau.schools.rules.activities import can_change_activity_day

PAST = "Ce jour est passé\u00a0: il ne se change plus."
NOT_PUT_DOWN = "Cet enfant n’est pas inscrit à ce service ce jour-là\u00a0: la Direction Éducation l’inscrit."


@transaction.atomic
def change_activity_day(
    *,
    activity: Activity,
    child: Person,
    on: datetime.date,
    comes: bool,
    person: Person,
    now: datetime.datetime,
) -> ActivityChange | None:
    """Said twice, the last word holds; None when it is what the week says already. Raises Refused, or Conflict: a day
    that is past, a child whom this service does not know that day."""
    lock(child)
    allow(can_change_activity_day, person, activity.afterschool, now=now)
    if on < localdate(now):
        raise Conflict(PAST)
    held = ActivityEnrolment.objects.current(on).filter(activity=activity, child=child)
    here = ActivityChange.objects.filter(activity=activity, child=child, on=on)
    if not (held.exists() or here.exists()):
        raise Conflict(NOT_PUT_DOWN)
    usual = held.on(on).exists()
    if comes == usual:
        here.delete()
        change = None
    else:
        said = {"comes": comes, "said_at": now}
        change, _ = here.update_or_create(activity=activity, child=child, on=on, defaults=said)
    journal.record(
        person_id=person.pk,
        verb="change_activity_day",
        subject=activity,
        now=now,
        place_id=activity.afterschool_id,
        fields=["comes"],
    )
    return change
