"""What is known of the schools of a city for a school year, written together."""

from datetime import date

from django.db import transaction

from preau.kit.answers import Conflict, allow
from preau.plan.equipment.actions.facts import record_fact, withdraw_fact
from preau.plan.equipment.actions.writing import raise_generation
from preau.plan.equipment.models import SCHOOL_MEASURES
from preau.plan.equipment.queries import figures_of_year
from preau.plan.equipment.rules import can_write_plan

NOT_OF_A_SCHOOL = "Ce chiffre n’est pas de ceux d’une école."


@transaction.atomic
def record_school_figures(
    *, person, city, year: int, values: dict, source, quality, now, is_approximate=False
) -> tuple[int, int]:
    """Figures of the school year that begins in September of `year`; (written, withdrawn) counts what changed.

    `values` is {school: {measure: value}}, each value in the unit of its measure. Another value than the one that
    stands is added beside it, which is withdrawn and keeps its day; None withdraws it alone. Raises Conflict.
    """
    allow(can_write_plan, person, city, now=now)
    raise_generation(city=city)  # one at a time: the city's row is held until the end
    standing = figures_of_year(values, year)
    written = withdrawn = 0
    for school, given in values.items():
        if school.city_id != city.pk or set(given) - set(SCHOOL_MEASURES):
            raise Conflict(NOT_OF_A_SCHOOL)
        for measure, value in given.items():
            former = standing.get((school.pk, measure))
            if value == (former.value if former else None):
                continue
            if value is not None:  # before the former goes: what is lent from it follows the new one
                record_fact(
                    person=person,
                    city=city,
                    school=school,
                    measure=measure,
                    value=value,
                    source=source,
                    as_of=former.as_of if former else date(year, 9, 1),
                    quality=quality,
                    now=now,
                    period=former.period if former else f"rentrée {year}",
                    is_approximate=is_approximate,
                )
                written += 1
            if former:
                withdraw_fact(person=person, fact=former, now=now)
                withdrawn += value is None
    return written, withdrawn
