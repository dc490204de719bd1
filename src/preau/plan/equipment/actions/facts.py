"""Figures and their origin: recorded beside the former ones, never over them."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, allow, require
from preau.kit.money import NBSP
from preau.kit.rows import lock
from preau.plan.equipment.actions.writing import journal, raise_generation
from preau.plan.equipment.models import Fact, Measure, Quality
from preau.plan.equipment.queries import compared_indexes, lenders_to
from preau.plan.equipment.queries.checks import check_split
from preau.plan.equipment.rules import can_write_plan, takes_an_estimate

CHOOSE = "choisissez une école élémentaire ou primaire de la même ville, dont l’indice est publié."
GONE = f"Ce chiffre a été corrigé ou retiré depuis que vous l’avez ouvert{NBSP}: relisez la page."
NO_LENDER = f"{{}} n’est pas une école élémentaire ou primaire ouverte, avec son indice publié{NBSP}: {CHOOSE}"


@transaction.atomic
def record_fact(
    *,
    person,
    city,
    measure,
    value: int,
    as_of: date,
    source,
    quality,
    now,
    school=None,
    period="",
    is_approximate=False,
) -> Fact:
    """One figure. `value` is in the unit of the measure: cents, tenths or a count."""
    allow(can_write_plan, person, city, now=now)
    fact = Fact.objects.create(
        city=city,
        school=school,
        measure=measure,
        value=value,
        as_of=as_of,
        period=period,
        source=source,
        quality=quality,
        is_approximate=is_approximate,
    )
    journal(person=person, verb="fact_recorded", subject=fact, city=city, now=now)
    _lend_again(person, fact, now)
    return fact


@transaction.atomic
def record_facts(*, person, city, values: dict, as_of: date, source, quality, now, period="") -> list[Fact]:
    """Figures of one publication, together. Raises SplitMismatch when a total and its parts disagree (AC-02)."""
    parts = (Measure.EQUIPPED_NURSERIES, Measure.EQUIPPED_ELEMENTARIES)
    if Measure.EQUIPPED_SCHOOLS in values and all(part in values for part in parts):
        check_split(values[Measure.EQUIPPED_SCHOOLS], *(values[part] for part in parts))
    return [
        record_fact(
            person=person,
            city=city,
            measure=measure,
            value=value,
            as_of=as_of,
            source=source,
            quality=quality,
            now=now,
            period=period,
        )
        for measure, value in values.items()
    ]


@transaction.atomic
def withdraw_fact(*, person, fact, now) -> Fact:
    """A figure entered by mistake stops counting; the line stays. Raises Conflict when someone did it first."""
    fact = lock(fact, "city")
    allow(can_write_plan, person, fact.city, now=now)
    if fact.withdrawn_at:
        raise Conflict(GONE)
    fact.withdrawn_at = now
    fact.save(update_fields=["withdrawn_at"])
    journal(person=person, verb="fact_withdrawn", subject=fact, city=fact.city, now=now, fields=["withdrawn_at"])
    _lend_again(person, fact, now)
    return fact


@transaction.atomic
def estimate_index(*, person, school, proxy_of, now) -> Fact:
    """The social index of the school where its children go is lent to a nursery school, with its year and its source.
    The estimate before stays, withdrawn. Raises Refused for a school that takes none, Conflict for one that lends none.
    """
    allow(can_write_plan, person, school.city, now=now)
    raise_generation(city=school.city)  # one at a time: the city's row is held until the end
    require(takes_an_estimate(school))
    if proxy_of.city_id != school.city_id:
        raise Conflict(f"{proxy_of.full_name} est d’une autre ville{NBSP}: {CHOOSE}")
    if not lenders_to(school, localdate(now)).filter(pk=proxy_of.pk).exists():
        raise Conflict(NO_LENDER.format(proxy_of.full_name))
    for former in Fact.objects.standing().filter(school=school, proxy_of__isnull=False):
        withdraw_fact(person=person, fact=former, now=now)
    return _lend(person, school, proxy_of, now)


def _lend(person, school, proxy_of, now):
    index = compared_indexes([proxy_of]).get(proxy_of.pk)
    if index is None:
        return None
    lent = Fact.objects.create(
        city=school.city,
        school=school,
        proxy_of=proxy_of,
        measure=index.measure,
        value=index.value,
        as_of=index.as_of,
        period=index.period,
        source=index.source,
        is_approximate=index.is_approximate,
        quality=Quality.FICTITIOUS if index.quality == Quality.FICTITIOUS else Quality.ESTIMATED,
    )
    journal(person=person, verb="index_estimated", subject=lent, city=school.city, now=now)
    return lent


def _lend_again(person, fact, now):
    """What is lent follows the index it comes from; a school that gets its own is lent none."""
    if fact.measure != Measure.SOCIAL_INDEX_TENTHS or fact.school_id is None or fact.proxy_of_id:
        return
    lent = Fact.objects.standing().filter(Q(proxy_of=fact.school) | Q(school=fact.school, proxy_of__isnull=False))
    for former in list(lent.select_related("school__city", "proxy_of")):
        withdraw_fact(person=person, fact=former, now=now)
        if former.proxy_of_id == fact.school_id:
            _lend(person, former.school, former.proxy_of, now)
