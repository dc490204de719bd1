"""What a table says and the plan does not, kept until it is taken or settled."""

from django.db import transaction

from preau.kit.answers import allow
from preau.kit.rows import lock
from preau.places.models import School
from preau.plan.equipment.actions import record_none_received
from preau.plan.equipment.actions.writing import journal
from preau.plan.equipment.models import LeftOut
from preau.plan.equipment.rules import can_write_plan
from preau.plan.sheets.queries.left_out import left_out_by, open_left_out, taken_now

SETTLED = "ligne de tableau réglée par la Ville"


def keep(*, draft, said, batch, now):
    """In the transaction that applied the table: what it says again is settled, what it leaves out is kept."""
    schools = list(School.objects.filter(city=draft.city).order_by("sort_key", "id"))
    settled = taken_now(said, schools, open_left_out(draft.city))
    LeftOut.objects.filter(pk__in=[row.pk for row in settled]).update(settled_at=now, settled_in=batch)
    LeftOut.objects.bulk_create(left_out_by(draft, said, schools, batch), batch_size=400)


def take_back(*, batch):
    """As before the table: what it left out is forgotten, what it settled waits again."""
    LeftOut.objects.filter(batch=batch).delete()
    LeftOut.objects.filter(settled_in=batch).update(settled_at=None, settled_in=None)


@transaction.atomic
def settle(*, person, city, chosen, now) -> int:
    """Those chosen, by the ids a page posts, no longer wait: written by hand, or nothing to take. How many. A school
    that received nothing is then known to have."""
    allow(can_write_plan, person, city, now=now)
    lock(city)
    found = [row for row in open_left_out(city) if str(row.pk) in chosen]
    for row in found:
        row.settled_at = now
        row.save(update_fields=["settled_at"])
        journal(person=person, verb="left_out_settled", subject=row, city=city, now=now)
    schools = {row.school_id: row.school for row in found if row.school_id}
    record_none_received(person=person, city=city, schools=list(schools.values()), source=SETTLED, now=now)
    return len(found)
