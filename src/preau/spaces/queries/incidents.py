"""What is read of an account that somebody else may have taken: what it published, and who published lately."""

import datetime

from django.db.models import Count, Max, QuerySet

from preau.kit.names import name_key
from preau.people.models import Account, Person
from preau.people.queries.identifiers import as_identifier, identifier_meant
from preau.spaces.models import Publication

LATELY = datetime.timedelta(days=7)
A_DAY = datetime.timedelta(days=1)
LISTED, TOO_MANY = 60, 20  # authors shown; publications beyond which one is ticked already: a person writes less
SHORTEST, MOST = 3, 20  # letters of a name, accounts found (trust.md R9)


def accounts_found(accounts: QuerySet[Account], typed: str, *, by_name: bool) -> list[Account]:
    """Of the accounts one may suspend, those whose person has this name, none for fewer than three letters; or the one
    of this identifier."""
    if not by_name:
        meant = identifier_meant(as_identifier(typed))
        return list(accounts.filter(identifier=meant).select_related("person").distinct())
    key = name_key(typed)
    if len(key) < SHORTEST:
        return []
    found = accounts.filter(person__sort_key__contains=key).select_related("person")
    return list(found.order_by("person__sort_key", "id").distinct()[:MOST])


def authors_lately(publications: QuerySet[Publication], now: datetime.datetime, sent: dict) -> list[Person]:
    """Who published or sent something lately that one may recall, the last first, with `published_count`, `last_at` and
    `is_odd`. `sent`: what they wrote elsewhere (kit/rooms/recalls.py)."""
    lately = publications.filter(published_at__gte=now - LATELY, author__isnull=False)
    counted = lately.values("author").annotate(published_count=Count("pk", distinct=True), last_at=Max("published_at"))
    rows = {row["author"]: (row["published_count"], row["last_at"]) for row in counted.order_by("-last_at")[:LISTED]}
    for author, (count, at) in sent.items():
        known, last = rows.get(author, (0, at))
        rows[author] = known + count, max(last, at)
    shown = sorted(rows, key=lambda author: rows[author][1], reverse=True)[:LISTED]
    people = Person.objects.filter(account__isnull=False).select_related("account").in_bulk(shown)
    for pk, person in people.items():
        person.published_count, person.last_at = rows[pk]
        person.is_odd = person.published_count >= TOO_MANY
    return [people[pk] for pk in shown if pk in people]


def published_by(publications: QuerySet[Publication], author: Person, since: datetime.datetime) -> list[Publication]:
    """What this person published since then and is still shown, of what one may recall, with its place; one query."""
    shown = publications.filter(author=author, state=Publication.State.PUBLISHED, published_at__gte=since)
    rows = shown.select_related(*("classroom__school", "group__school"), *Publication.PLACES)
    return list(rows.order_by("-published_at", "-id").distinct())
