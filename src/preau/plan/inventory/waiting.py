"""What waits about the inventory: a count that does not fall right."""

from django.db.models.functions import TruncDate

from preau.kit.rooms.told import lines
from preau.kit.rooms.waiting import Act, Wait
from preau.people.models import Role
from preau.plan.inventory import rules


def _counts(person, now, today, roles):
    unsettled = rules.counts_to_settle_by(person, today)
    yield lines(unsettled, "count", name="school__shown_name", day=TruncDate("counted_at"))


WAITING = (Wait((Role.CITY_IT,), _counts, {"count": Act("Régler un comptage", "inventory:count_detail")}),)
