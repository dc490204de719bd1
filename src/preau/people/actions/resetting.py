"""« Mots de passe volés »: the passwords of many accounts serve no more, in one act (trust.md R3)."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import transaction

from preau.journal import actions as journal
from preau.kit import mail
from preau.kit.outbound import texting
from preau.people.actions.recovery import withdraw_ways_back
from preau.people.actions.texting import take_texts
from preau.people.models import Account, ActivationCode, Person, SheetAsk, SignIn
from preau.people.queries import phones_of
from preau.people.queries.recovery import is_heard, own_addresses
from preau.people.recovery import letters

CHUNK = 400  # stays under the variable limit of SQLite


@transaction.atomic
def reset_passwords(*, accounts: list[Account], place_id, person: Person, now: datetime) -> None:
    """Their sessions end; their passwords, the sheets and the codes not used yet open nothing. Who has confirmed an
    address is told there, else on a telephone that they confirmed; who cannot choose another password by mail waits for
    a sheet."""
    for start in range(0, len(accounts), CHUNK):
        part = accounts[start : start + CHUNK]
        _shut(part, now)
        journal.record_many(person_id=person.pk, verb="reset_password", subjects=part, now=now, place_id=place_id)
        _tell(part, now)


def _shut(accounts, now):
    withdraw_ways_back(accounts=accounts, now=now)
    for account in accounts:
        account.password, account.sessions_from = make_password(None), now
    Account.objects.bulk_update(accounts, ["password", "sessions_from"])
    opened = SignIn.objects.filter(account__in=[each.pk for each in accounts], ended_at=None)
    Session.objects.filter(session_key__in=list(opened.values_list("session_key", flat=True))).delete()
    opened.update(ended_at=now)
    sheets = ActivationCode.objects.filter(person__in=[each.person_id for each in accounts])
    sheets.filter(used_at=None, revoked_at=None).update(revoked_at=now)


def _tell(accounts, now):
    opened = [each for each in accounts if each.is_active]
    own = own_addresses(opened)
    asks = [SheetAsk(person_id=each.person_id, asked_at=now) for each in opened if each.pk not in own]
    SheetAsk.objects.bulk_create(asks, ignore_conflicts=True)
    told = {f"{each.pk} {now.isoformat()}": (each.pk,) for each in opened if is_heard(each)}
    mail.put_many("people.reset", told, now=now, due_at=now)
    _text([each for each in opened if not is_heard(each)], now)


def _text(accounts, now):
    """Who reads no mail, on the telephone they confirmed, as long as their city pays."""
    phones = phones_of([each.person_id for each in accounts]) if texting.leaves() else []
    texts = take_texts(phones=phones, write=letters.reset_text, now=now, spares_notices=True)
    told = {str(text.pk): (text.account_id, text.pk) for text in texts.values()}
    mail.put_many("people.reset_text", told, now=now, due_at=now)
