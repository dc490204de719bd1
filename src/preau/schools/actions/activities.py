"""For one day, a child comes to a service or does not; asked by the site's team, or by what a family says."""

import datetime

from django.db import transaction

from preau.journal import actions as journal
from preau.kit.rows import lock
from preau.people.models import Person
from preau.schools.models import Activity, ActivityChange, ActivityEnrolment


@transaction.atomic
def change_activity_day(
    *,
    activity: Activity,
    child: Person,
    on: datetime.date,
    comes: bool,
    said_from: str,
    person: Person | None,
    now: datetime.datetime,
) -> ActivityChange | None:
    """Said twice, the last word holds; None when it is what the week says already."""
    lock(child)
    usual = ActivityEnrolment.objects.on(on).filter(activity=activity, child=child).exists()
    here = ActivityChange.objects.filter(activity=activity, child=child, on=on)
    if comes == usual:
        here.delete()
        change = None
    else:
        said = {"comes": comes, "said_from": said_from, "said_at": now}
        change, _ = here.update_or_create(activity=activity, child=child, on=on, defaults=said)
    journal.record(
        person_id=person and person.pk,
        verb="change_activity_day",
        subject=activity,
        now=now,
        place_id=activity.afterschool_id,
        fields=["comes"],
    )
    return change
