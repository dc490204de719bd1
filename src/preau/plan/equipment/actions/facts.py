"""Figures and their origin: recorded beside the former ones, never over them."""

from datetime import date

from django.db import transaction

from preau.plan.equipment.actions.writing import allow, journal
from preau.plan.equipment.models import Fact, Measure, Subscription
from preau.plan.equipment.queries.checks import check_split


@transaction.atomic
def record_fact(
    *, person, city, measure, value: int, as_of: date, source, quality, now, school=None, period="",
    is_approximate=False,
) -> Fact:  # fmt: skip
    """One figure. `value` is in the unit of the measure: cents, tenths or a count."""
    allow(person=person, city=city, now=now)
    fact = Fact.objects.create(
        city=city, school=school, measure=measure, value=value, as_of=as_of, period=period, source=source,
        quality=quality, is_approximate=is_approximate,
    )  # fmt: skip
    journal(person=person, verb="fact_recorded", subject=fact, city=city, now=now)
    return fact


@transaction.atomic
def record_facts(*, person, city, values: dict, as_of: date, source, quality, now, period="") -> list[Fact]:
    """Figures of one publication, together. Raises SplitMismatch when a total and its parts disagree (AC-02)."""
    parts = (Measure.EQUIPPED_NURSERIES, Measure.EQUIPPED_ELEMENTARIES)
    if Measure.EQUIPPED_SCHOOLS in values and all(part in values for part in parts):
        check_split(values[Measure.EQUIPPED_SCHOOLS], *(values[part] for part in parts))
    return [
        record_fact(
            person=person, city=city, measure=measure, value=value, as_of=as_of, source=source, quality=quality,
            now=now, period=period,
        )
        for measure, value in values.items()
    ]  # fmt: skip


@transaction.atomic
def withdraw_fact(*, person, fact, now) -> Fact:
    """A figure entered by mistake stops counting; the line stays."""
    fact = Fact.objects.select_for_update(of=("self",)).select_related("city").get(pk=fact.pk)
    allow(person=person, city=fact.city, now=now)
    fact.withdrawn_at = now
    fact.save(update_fields=["withdrawn_at"])
    journal(person=person, verb="fact_withdrawn", subject=fact, city=fact.city, now=now, fields=["withdrawn_at"])
    return fact


@transaction.atomic
def record_subscription(
    *, person, school, starts_on: date, payer, source, quality, now, years_count=None
) -> Subscription:
    """A school enters the laboratory; who pays is written, no price is made up."""
    allow(person=person, city=school.city, now=now)
    subscription = Subscription.objects.create(
        school=school, starts_on=starts_on, payer=payer, years_count=years_count, source=source, quality=quality
    )
    journal(person=person, verb="subscription_recorded", subject=subscription, city=school.city, now=now)
    return subscription
