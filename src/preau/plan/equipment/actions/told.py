"""What a person says of schools that received nothing: until then it is not known."""

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, allow
from preau.kit.money import NBSP
from preau.plan.equipment.actions.facts import record_fact
from preau.plan.equipment.actions.writing import raise_generation
from preau.plan.equipment.models import Acceptance, Fact, Measure, Quality
from preau.plan.equipment.rules import can_write_plan

NOT_YET = f"Ce jour n’est pas encore passé{NBSP}: écrivez celui d’aujourd’hui, ou un jour d’avant."
NOT_OF_THE_CITY = "Une école n’est pas de cette ville."


@transaction.atomic
def record_none_received(*, person, city, schools, source, now, as_of: date | None = None) -> int:
    """How many of these schools are now known to have received nothing until a day, today's unless `as_of`: those that
    received something, or of which it was said already, are left as they are. Raises Conflict."""
    allow(can_write_plan, person, city, now=now)
    raise_generation(city=city)  # one at a time: the city's row is held until the end
    day, quality = as_of or localdate(now), Quality.FICTITIOUS if city.is_fictitious else Quality.DECLARED
    if day > localdate(now):
        raise Conflict(NOT_YET, field="as_of")
    if any(school.city_id != city.pk for school in schools):
        raise Conflict(NOT_OF_THE_CITY)
    keys = [school.pk for school in schools]
    known = set(Acceptance.objects.standing().filter(school__in=keys).values_list("school", flat=True))
    said = Fact.objects.standing().filter(school__in=keys, measure=Measure.NONE_RECEIVED)
    known |= set(said.values_list("school", flat=True))
    told = [school for school in schools if school.pk not in known]
    for school in told:
        record_fact(
            person=person,
            city=city,
            school=school,
            measure=Measure.NONE_RECEIVED,
            value=0,
            as_of=day,
            source=source,
            quality=quality,
            now=now,
        )
    return len(told)
