"""Ten thousand things said over a weekend: none is told inside the pause, all are after, spread."""

import datetime
from collections import Counter

import pytest

from preau.kit import mail
from preau.kit.models import Outgoing
from preau.people.models import Account, Person
from preau.schools.models import Guardianship
from tests.notify.told import at, said

pytestmark = pytest.mark.django_db
EVENTS, FAMILIES = 10, 1000
MINUTE = datetime.timedelta(minutes=1)


def crowd(world, count):
    """So many more guardians of one child of the class, each with an address."""
    people = Person.objects.bulk_create(
        Person(first_name="Ana", last_name=f"Foule{number}", sort_key=f"foule{number}") for number in range(count)
    )
    Account.objects.bulk_create(
        Account(identifier=f"foule{number}", person=person, email=f"{number}@f.example", email_confirmed_at=at(-20, 12))
        for number, person in enumerate(people)
    )
    child = world.people["child_adam"]
    Guardianship.objects.bulk_create(Guardianship(guardian=one, child=child, starts_on=world.before) for one in people)


def say_all_weekend(world, families):
    """From Friday at 20 h to Monday at 7 h, to all of them each time."""
    crowd(world, families)
    weekend = at(0, 7) - at(-3, 20)
    for number in range(EVENTS):
        said(world, at(-3, 20) + weekend * number / EVENTS, who="head")
    assert Outgoing.objects.count() == EVENTS * families


@pytest.mark.long
@pytest.mark.once  # the smaller one below asks the same of each base
def test_ten_thousand_events_of_a_weekend_leave_on_monday_over_ten_minutes(held):
    say_all_weekend(held, FAMILIES)
    for day, hour in ((-3, 23), (-2, 12), (-1, 18), (0, 6)):
        assert mail.send_due(now=at(day, hour, 59)) == 0
    moments = Outgoing.objects.values_list("due_at", flat=True)
    due = Counter(moment.replace(second=0, microsecond=0) for moment in moments)
    assert set(due) == {at(0, 7, minute) for minute in range(10)}
    assert max(due.values()) < 1.5 * min(due.values())


@pytest.mark.parametrize("families", [4, pytest.param(FAMILIES, marks=pytest.mark.corpora)])
def test_each_of_them_reaches_its_address_once_at_the_relays_rate(held, settings, mailoutbox, families):
    settings.MAIL_PER_MINUTE = rate = EVENTS * families // 20  # half of what the ten minutes ask
    say_all_weekend(held, families)
    hours = (at(0, 7) - at(-3, 20)) // (60 * MINUTE)
    assert sum(mail.send_due(now=at(-3, 20) + 60 * MINUTE * hour) for hour in range(hours)) == 0
    left = [mail.send_due(now=at(0, 7) + MINUTE * minute) for minute in range(1, 31)]
    assert sum(left) == EVENTS * families and max(left) <= rate and sum(left[:20]) > 0.8 * EVENTS * families
    assert Counter(one.to[0] for one in mailoutbox) == {f"{number}@f.example": EVENTS for number in range(families)}
    assert len({one.extra_headers["Message-ID"] for one in mailoutbox}) == EVENTS * families


def test_the_relays_rate_comes_before_the_ten_minutes(held, settings):
    settings.MAIL_PER_MINUTE = 5
    crowd(held, 20)
    said(held, at(-2, 12))
    Outgoing.objects.update(due_at=at(0, 7))
    waiting = Outgoing.objects.filter(state="waiting")
    for minute in range(1, 5):
        mail.send_due(now=at(0, 7, minute))
        assert waiting.count() == 20 - 5 * minute
