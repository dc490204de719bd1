"""The person is told when what opens their account changes (trust.md 21)."""

from datetime import datetime

from preau.kit import mail
from preau.kit.seals import seal
from preau.people import notices
from preau.people.models import Account


def note_change(*, account: Account, change: str, now: datetime) -> None:
    """`change`: a key of `notices.CHANGES`; what is not there is not said. A mail leaves once the change is written."""
    if change in notices.CHANGES:
        mail.put("people.change", account.pk, change, "", now=now)


def note_address_left(*, account: Account, address: str, now: datetime) -> None:
    """The address that was confirmed until now is told that it serves no more: it may be the only one the person
    reads. It waits sealed."""
    mail.put("people.change", account.pk, "email_changed", seal(address), now=now)
