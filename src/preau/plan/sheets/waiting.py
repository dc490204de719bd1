"""What waits about tables: one that receives classes, given by who does not, is for the city's IT (decision 0017)."""

from django.db.models.functions import TruncDate

from preau.kit.rooms.told import lines
from preau.kit.rooms.waiting import Act, Wait
from preau.people.models import Role
from preau.plan.equipment.rules import RECEIVES
from preau.plan.sheets.models import PlanDraft


def _tables(person, now, today, roles):
    given = PlanDraft.objects.filter(RECEIVES.where(person, today, "city"), batch=None, held_at__isnull=False)
    yield lines(given, "table", name="city__name", detail="file_name", day=TruncDate("held_at"))


ACTS = {"table": Act("Appliquer un tableau qui reçoit des classes", "sheets:import_preview")}

WAITING = (Wait((Role.CITY_IT,), _tables, ACTS),)
