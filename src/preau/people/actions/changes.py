"""The person is told when what opens their account changes (trust.md 21)."""

from contextlib import suppress
from datetime import datetime

from django.utils.timezone import localdate

from preau.kit import mail
from preau.kit.seals import seal, unseal
from preau.kit.tasks import enqueue
from preau.people import notices, queries, rules
from preau.people.models import Account


def note_change(*, account: Account, change: str, now: datetime) -> None:
    """`change`: a key of `notices.CHANGES`; what is not there is not said. A mail leaves once the change is written."""
    if change in notices.CHANGES:
        enqueue("preau.people.tasks.tell_change", str(account.pk), change, "")


def note_address_left(*, account: Account, address: str, now: datetime) -> None:
    """The address that was confirmed until now is told that it serves no more: it may be the only one the person
    reads. It waits sealed."""
    enqueue("preau.people.tasks.tell_change", str(account.pk), "email_changed", seal(address))


def tell_change(*, account_id, change: str, sealed_address: str, now: datetime) -> None:
    """One mail to the confirmed address, or to the one just left. Raises NotSent when a later try may do."""
    account = Account.objects.select_related("person").filter(pk=account_id).first()
    if account is None or not rules.can_be_mailed(account.person, localdate(now)):
        return
    known = queries.emails_of([account.person_id]).get(account.person_id)
    address = unseal(sealed_address) if sealed_address else known
    if address:
        subject, text = notices.change_mail(change)
        with suppress(mail.AddressRefused):
            mail.send_text(to=address, subject=subject, text=text)
