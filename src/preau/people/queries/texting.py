"""Reads about text messages: numbers that were confirmed, and what a city still pays for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Sum
from django.utils.timezone import localtime

from preau.people.models import Account, Phone, TextBudget, TextMessage
from preau.places.models import City


def phone_of(account: Account) -> Phone | None:
    """One's own, confirmed or not."""
    return Phone.objects.filter(account=account).first()


def phones_of(people: Collection) -> list[Phone]:
    """Those that these persons (by id) confirmed and that take messages, of open accounts, in a stable order."""
    phones = Phone.objects.filter(account__person__in=people, account__is_active=True, confirmed_at__isnull=False)
    return list(phones.filter(refused_at=None).select_related("account__person").order_by("account__person", "id"))


@dataclass(frozen=True)
class TextsSent:
    """Of a city since the first of the month: messages, and how many a carrier bills for them."""

    messages_count: int
    billed_count: int


def texts_sent(city: City | object, now: datetime) -> TextsSent:
    """By a city (or its id)."""
    first = localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    sent = TextMessage.objects.filter(city=city, asked_at__gte=first)
    return TextsSent(**sent.aggregate(messages_count=Count("pk"), billed_count=Sum("segments_count", default=0)))


def texts_left(budget: TextBudget, now: datetime) -> int:
    """How many may still be billed this month."""
    return max(budget.per_month - texts_sent(budget.city_id, now).billed_count, 0)


def is_phone_shared(phone: Phone) -> bool:
    """Whether another account confirmed the same number: it then opens neither. One merely typed takes nothing away."""
    confirmed = Phone.objects.filter(number=phone.number, confirmed_at__isnull=False, account__is_active=True)
    return confirmed.exclude(pk=phone.pk).exists()
