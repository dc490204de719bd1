"""By which ways people would be told, in number, before anything leaves."""

from collections.abc import Collection
from dataclasses import dataclass

from preau.notify.models import Level, PushDevice
from preau.notify.queries.texts import phones_called
from preau.people.models import Account
from preau.people.queries import emails_of


@dataclass(frozen=True)
class Ways:
    """How many of these persons would be told by each way; one who is told in several ways counts in each."""

    by_mail_count: int
    by_push_count: int
    by_text_count: int
    on_screen_count: int  # an account, and nothing that calls them
    on_paper_count: int  # no open account


def ways_of(people: Collection, level: str) -> Ways:
    """Of these persons, by their ids, for a notice of this level: what is only to read has the mail of the evening and
    nothing else. Seven queries at most."""
    mailed = set(emails_of(people))
    open_accounts = set(Account.objects.filter(person__in=people, is_active=True).values_list("person", flat=True))
    pushed, texted = set(), set()
    if level != Level.INFO:
        pushed = set(PushDevice.objects.filter(person__in=open_accounts).values_list("person", flat=True))
        phones = phones_called(open_accounts, is_urgent=level == Level.URGENT)
        texted = {phone.account.person_id for phone in phones}
    on_screen = open_accounts - mailed - pushed - texted
    return Ways(len(mailed), len(pushed), len(texted), len(on_screen), len(set(people) - open_accounts))
