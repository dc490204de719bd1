"""What is new for somebody, from one digest to the next."""

import datetime
from functools import cache
from typing import NamedTuple

from django.utils.timezone import localtime

from preau.kit.mail import HOURS
from preau.kit.rooms import given_by_rooms
from preau.notify.models import Expected, Level, Notice
from preau.people.models import Account, Person
from preau.people.rules import help_asks_visible_to
from preau.schools.rules.asks import sheet_asks_visible_to
from preau.spaces.audiences import memberships_of
from preau.spaces.models import Publication
from preau.spaces.queries import published_to

EVENING = "notify.evening"
LEAVES_AT = datetime.time(17, 30)  # users.md, rule 23: the end of the school day, before the quiet hours
DAY = datetime.timedelta(days=1)
DIGEST_REACHES = 7 * DAY  # an older mot that no digest could tell is on its reader's home


class Turn(NamedTuple):
    """One digest tells what was published in ]since, until]."""

    since: datetime.datetime
    until: datetime.datetime

    @property
    def day(self) -> datetime.date:
        return localtime(self.until).date()


def turn_at(now: datetime.datetime) -> Turn:
    """The last digest that is due: until 17 h 30 of an open day, since 17 h 30 of the open day before."""
    until = _leaving_before(now)
    return Turn(_leaving_before(until - datetime.timedelta(minutes=1)), until)


def turn_after(now: datetime.datetime) -> Turn:
    """The next digest to leave."""
    until = _at_hour(now)
    while until < now or HOURS.is_quiet(until):
        until += DAY
    return Turn(_leaving_before(until - datetime.timedelta(minutes=1)), until)


def evening_mail(person_id, turn: Turn) -> tuple[str, tuple]:
    """(key, ids) in the outbox of the digest of this turn: somebody has one, whoever queues it."""
    return f"{person_id}:{turn.day}", (person_id, turn.since.isoformat(), turn.until.isoformat())


def info_waiting(person_id, turn: Turn) -> list[Notice]:
    """What the digest of this turn tells somebody who asked for nothing: mots only to read, unread, not told yet."""
    rows = Expected.objects.filter(person=person_id, seen_at=None, paper_back_at=None, notice__level=Level.INFO)
    rows = rows.filter(notice__published_at__lte=turn.until, notice__published_at__gt=turn.until - DIGEST_REACHES)
    return list(Notice.objects.filter(pk__in=rows.values("notice")).exclude(tellings__person=person_id))


def _leaving_before(now):
    leaves = _at_hour(now)
    while leaves > now or HOURS.is_quiet(leaves):
        leaves -= DAY
    return leaves


def _at_hour(now):
    return localtime(now).replace(hour=LEAVES_AT.hour, minute=LEAVES_AT.minute, second=0, microsecond=0)


def news_count(person: Person, turn: Turn, today: datetime.date) -> int:
    """How many things of others reached this person in that time, and may still be read: publications, two queries,
    and what each room counts of its own."""
    readable = Publication.objects.filter(published_to(memberships_of(person, today), today))
    published = readable.filter(published_at__gt=turn.since, published_at__lte=turn.until)
    count = published.exclude(author=person).exclude(kind__in=_given("UNTOLD")).count()
    return count + sum(news(person, turn.since, turn.until, today) for news in _given("NEWS"))


@cache
def _given(name):
    """In the rooms' `stream.py`: `UNTOLD`, kinds of publication that no mail counts; `NEWS`, how many things that are
    no publication were shown to somebody, (person, since, until, today)."""
    return tuple(given_by_rooms("stream", name))


def asks_waiting(person: Person, today: datetime.date) -> list[datetime.datetime]:
    """Since when each of those waits who asked for a connection sheet or for help that this person gives; two
    queries."""
    sheets = sheet_asks_visible_to(person, today).waiting()
    helped = help_asks_visible_to(person, today).filter(answered_at=None)
    return [*sheets.values_list("asked_at", flat=True), *helped.values_list("level_at", flat=True)]


def has_new_ask(asks: list[datetime.datetime], turn: Turn) -> bool:
    """Whether somebody asked since the last digest: an ask that waits is told once, then counted beside news."""
    return any(turn.since < at <= turn.until for at in asks)


def wanting_digest() -> list[Person]:
    """Who asked for it, and reads mail at an address they confirmed; one query."""
    accounts = Account.objects.filter(
        is_active=True, email_confirmed_at__isnull=False, person__evening_digest__isnull=False
    )
    return [account.person for account in accounts.select_related("person").order_by("id")]


def wants_evening(person: Person) -> bool:
    return Person.objects.filter(pk=person.pk, evening_digest__isnull=False).exists()
