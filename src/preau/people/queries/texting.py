"""Reads about text messages: numbers that were confirmed, and what a city still pays for."""

from collections.abc import Collection
from datetime import datetime

from django.utils.timezone import localtime

from preau.people.models import Account, Phone, TextBudget, TextMessage
from preau.places.models import City


def phone_of(account: Account) -> Phone | None:
    """One's own, confirmed or not."""
    return Phone.objects.filter(account=account).first()


def phones_of(people: Collection) -> list[Phone]:
    """Those that these persons (by id) confirmed and that take messages, of open accounts, in a stable order."""
    phones = Phone.objects.filter(account__person__in=people, account__is_active=True, confirmed_at__isnull=False)
    return list(phones.filter(refused_at=None).select_related("account").order_by("account__person", "id"))


def texts_sent(city: City | object, now: datetime) -> int:
    """By a city (or its id) since the first of the month."""
    first = localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return TextMessage.objects.filter(city=city, asked_at__gte=first).count()


def texts_left(budget: TextBudget, now: datetime) -> int:
    """This month."""
    return max(budget.per_month - texts_sent(budget.city_id, now), 0)


def is_phone_shared(phone: Phone) -> bool:
    """Whether another account confirmed the same number: it then opens neither. One merely typed takes nothing away."""
    confirmed = Phone.objects.filter(number=phone.number, confirmed_at__isnull=False, account__is_active=True)
    return confirmed.exclude(pk=phone.pk).exists()
