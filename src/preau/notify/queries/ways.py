"""By which ways people would be told, in number, before anything leaves."""

from collections.abc import Collection
from dataclasses import dataclass

from preau.kit.outbound import texting
from preau.notify.models import PushDevice
from preau.people.models import Account
from preau.people.queries import emails_of, phones_of


@dataclass(frozen=True)
class Ways:
    """Of so many persons; who has a telephone that is called and an address is counted in both."""

    by_mail_count: int
    by_push_count: int
    by_text_count: int  # of who has neither
    on_screen_count: int  # an account, and nothing that calls them
    on_paper_count: int  # no open account


def ways_of(people: Collection) -> Ways:
    """Of these persons, by their ids; four queries."""
    mailed = set(emails_of(people))
    open_accounts = set(Account.objects.filter(person__in=people, is_active=True).values_list("person", flat=True))
    pushed = set(PushDevice.objects.filter(person__in=open_accounts).values_list("person", flat=True))
    phones = phones_of(open_accounts - mailed - pushed) if texting.leaves() else []
    texted = {phone.account.person_id for phone in phones}
    on_screen = open_accounts - mailed - pushed - texted
    return Ways(len(mailed), len(pushed), len(texted), len(on_screen), len(set(people) - open_accounts))
