"""Codes sent by mail: requested, sent, typed."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from preau.kit import mail
from preau.people.actions.changes import note_address_refused
from preau.people.models import Account, MailCode
from preau.people.recovery.mail_codes import TRIES, fits, is_living


@transaction.atomic
def ask_mail_code(*, account: Account, purpose: MailCode.Purpose, now: datetime) -> MailCode:
    """Six figures leave for the account's address, at any hour."""
    code = MailCode.objects.create(account=account, purpose=purpose, asked_at=now)
    mail.put("people.mail_code", code.pk, now=now)
    return code


def note_code_sent(*, ids, state, now: datetime) -> None:
    """Starts the ten minutes of the code when its mail leaves: a slow relay does not shorten them."""
    if state == mail.SENT:
        MailCode.objects.filter(pk__in=ids, sent_at=None).update(sent_at=now)
    if state == mail.REFUSED:
        for code in MailCode.objects.filter(pk__in=ids).select_related("account"):
            note_address_refused(person_id=code.account.person_id, now=now)


@transaction.atomic
def use_mail_code(*, code: MailCode, typed: str, now: datetime) -> bool:
    """Takes the code for good. False when these are not its figures. Each try counts before it is looked at, so that
    twenty at once are twenty."""
    rows = MailCode.objects.filter(pk=code.pk, used_at=None)
    if not is_living(code, now) or not rows.filter(tries_count__lt=TRIES).update(tries_count=F("tries_count") + 1):
        return False
    return fits(code, typed) and bool(rows.update(used_at=now))
