"""Ten thousand things said over a weekend: none is told inside the pause, all are after, spread."""

from collections import Counter

import pytest

from preau.kit import mail
from preau.kit.models import Outgoing
from preau.notify.actions import telling
from preau.notify.models import Expected
from preau.people.models import Account, Person
from tests.notify.told import at, said

pytestmark = pytest.mark.django_db
EVENTS, FAMILIES = 10, 1000


def crowd(count):
    """So many more guardians with an address."""
    people = Person.objects.bulk_create(
        Person(first_name="Ana", last_name=f"Foule{number}", sort_key=f"foule{number}") for number in range(count)
    )
    Account.objects.bulk_create(
        Account(identifier=f"foule{number}", person=person, email=f"{number}@f.example", email_confirmed_at=at(-20, 12))
        for number, person in enumerate(people)
    )
    return people


def said_to(world, people, now):
    """Announced, frozen with these persons, and its mails queued."""
    notice = said(world, now, is_told=False)
    Expected.objects.bulk_create(Expected(notice=notice, person=one, added_at=now) for one in people)
    telling.tell(notice_id=notice.pk, now=now)


def test_ten_thousand_events_of_a_weekend_leave_on_monday_over_ten_minutes(held):
    people, weekend = crowd(FAMILIES), at(0, 7) - at(-3, 20)
    for number in range(EVENTS):
        said_to(held, people, at(-3, 20) + weekend * number / EVENTS)
    assert Outgoing.objects.count() == EVENTS * FAMILIES
    for day, hour in ((-3, 23), (-2, 12), (-1, 18), (0, 6)):
        assert mail.send_due(now=at(day, hour, 59)) == 0
    moments = Outgoing.objects.values_list("due_at", flat=True)
    due = Counter(moment.replace(second=0, microsecond=0) for moment in moments)
    assert set(due) == {at(0, 7, minute) for minute in range(10)}
    assert max(due.values()) < 1.5 * min(due.values())


def test_the_relays_rate_comes_before_the_ten_minutes(held, settings):
    settings.MAIL_PER_MINUTE = 5
    said_to(held, crowd(20), at(-2, 12))
    Outgoing.objects.update(due_at=at(0, 7))
    waiting = Outgoing.objects.filter(state="waiting")
    for minute in range(1, 5):
        mail.send_due(now=at(0, 7, minute))
        assert waiting.count() == 20 - 5 * minute
