"""What was paid, written by the city: never over a former line, always with its source."""

from datetime import date

from django.db import IntegrityError, transaction

from preau.kit.answers import Conflict, allow
from preau.kit.money import NBSP
from preau.kit.rows import lock
from preau.plan.equipment.actions.writing import journal
from preau.plan.equipment.models import Expense, Subscription, TaxRegime
from preau.plan.finance.rules import can_write_expenses

GONE = f"Cette dépense a été corrigée ou retirée depuis que vous l’avez ouverte{NBSP}: relisez la liste."
SUBSCRIPTION_GONE = f"Cet abonnement a été corrigé ou retiré depuis que vous l’avez ouvert{NBSP}: relisez la liste."
SAME = f"Rien n’est différent de la ligne d’avant{NBSP}: changez ce qui est faux, ou revenez sans rien changer."
TWICE = f"Cette école a déjà un abonnement qui commence ce jour-là{NBSP}: corrigez-le."


@transaction.atomic
def record_expense(
    *,
    person,
    school,
    fiscal_year: int,
    amount_cents: int,
    source,
    quality,
    now,
    regime=TaxRegime.UNKNOWN,
    ht_cents: int | None = None,
) -> Expense:
    """What was paid for a school in a fiscal year, as its source says it; below zero, a credit note. `ht_cents` is
    what the same source says without VAT, beside an amount with VAT."""
    allow(can_write_expenses, person, school.city, now=now)
    expense = Expense(
        school=school,
        fiscal_year=fiscal_year,
        kind=Expense.Kind.of(amount_cents),
        amount_cents=amount_cents,
        regime=regime,
        ht_cents=ht_cents,
        source=source,
        quality=quality,
    )
    expense.save(force_insert=True)
    journal(person=person, verb="expense_recorded", subject=expense, city=school.city, now=now)
    return expense


@transaction.atomic
def correct_expense(*, person, expense, now, **facts) -> Expense:
    """A line in its place: the former one stays, withdrawn. `facts` are those of `record_expense`. Raises Conflict,
    for the same line again too."""
    _check_differs(expense, facts)
    withdraw_expense(person=person, expense=expense, now=now)
    return record_expense(person=person, now=now, **facts)


@transaction.atomic
def withdraw_expense(*, person, expense, now) -> Expense:
    """It stops counting; the line stays. Raises Conflict when someone did it first."""
    return _withdraw(person, expense, now, verb="expense_withdrawn", gone=GONE)


@transaction.atomic
def record_subscription(
    *, person, school, starts_on: date, payer, source, quality, now, years_count=None
) -> Subscription:
    """A school enters the digital space and who pays it is written; no price is made up. Raises Conflict."""
    allow(can_write_expenses, person, school.city, now=now)
    subscription = Subscription(
        school=school, starts_on=starts_on, payer=payer, years_count=years_count, source=source, quality=quality
    )
    try:
        with transaction.atomic():
            subscription.save(force_insert=True)
    except IntegrityError:
        raise Conflict(TWICE) from None
    journal(person=person, verb="subscription_recorded", subject=subscription, city=school.city, now=now)
    return subscription


@transaction.atomic
def correct_subscription(*, person, subscription, now, **facts) -> Subscription:
    """A line in its place: the former one stays, withdrawn. `facts` are those of `record_subscription`. Raises
    Conflict, for the same line again too."""
    _check_differs(subscription, facts)
    withdraw_subscription(person=person, subscription=subscription, now=now)
    return record_subscription(person=person, now=now, **facts)


@transaction.atomic
def withdraw_subscription(*, person, subscription, now) -> Subscription:
    """It stops counting; the line stays. Raises Conflict when someone did it first."""
    return _withdraw(person, subscription, now, verb="subscription_withdrawn", gone=SUBSCRIPTION_GONE)


def _check_differs(line, facts):
    """A correction that changes nothing would leave a line withdrawn beside its twin."""
    if all(getattr(line, name) == value for name, value in facts.items()):
        raise Conflict(SAME)


def _withdraw(person, line, now, *, verb, gone):
    line = lock(line, "school__city")
    allow(can_write_expenses, person, line.school.city, now=now)
    if line.withdrawn_at:
        raise Conflict(gone)
    line.withdrawn_at = now
    line.save(update_fields=["withdrawn_at"])
    journal(person=person, verb=verb, subject=line, city=line.school.city, now=now, fields=["withdrawn_at"])
    return line
