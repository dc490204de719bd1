"""Who is told by text message, and which city pays for it."""

from collections.abc import Collection
from datetime import date, datetime

from django.utils.timezone import localdate

from preau.kit.mail import known_keys
from preau.kit.outbound import texting
from preau.notify.models import Notice, PushDevice
from preau.people.models import Person, Phone, TextBudget
from preau.people.queries import emails_of, phones_of
from preau.places.models import City
from preau.schools.models import Enrolment
from preau.schools.queries import links_of_guardian

TEXT = "notify.text"


def phones_called(people: Collection, *, is_urgent: bool) -> list[Phone]:
    """Telephones of those of these persons (by id) who have no other way, of all in an emergency. Three queries, none
    where nothing is sent."""
    phones = phones_of(people) if texting.leaves() else []
    if is_urgent or not phones:
        return phones
    who = [phone.account.person_id for phone in phones]
    called = {*emails_of(who), *PushDevice.objects.filter(person__in=who).values_list("person", flat=True)}
    return [phone for phone in phones if phone.account.person_id not in called]


def texts_due(notice: Notice, people: list, due_at: datetime, asked_on: date) -> dict[str, Phone]:
    """{key in the outbox: telephone} of `phones_called`, not queued yet. Four queries, none where nothing is sent."""
    phones = phones_called(people, is_urgent=notice.is_urgent)
    once = f"{notice.pk}:{asked_on}" if notice.is_urgent else str(localdate(due_at))
    keys = {f"{phone.account.person_id}:{once}": phone for phone in phones}
    known = known_keys(TEXT, keys) if keys else ()
    return {key: phone for key, phone in keys.items() if key not in known}


def city_that_texts(person: Person, today: date) -> City | None:
    """The city of a child this person answers for, that pays for text messages; three queries, none where nothing is
    sent."""
    if not texting.leaves():
        return None
    children = [link.child_id for link in links_of_guardian(person, today)]
    if not children:
        return None
    cities = Enrolment.objects.current(today).filter(pupil__in=children).values("school__city")
    paying = TextBudget.objects.filter(city__in=cities, per_month__gt=0).select_related("city").order_by("id").first()
    return paying.city if paying else None
