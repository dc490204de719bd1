"""Codes of connection sheets: drawn by the hundred, used once."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.timezone import localdate

from preau.journal import actions as journal
from preau.people.actions.accounts import create_account, note_notice, set_password
from preau.people.actions.changes import note_change
from preau.people.actions.recovery import draw_spare_codes, withdraw_ways_back
from preau.people.actions.sessions import end_sessions
from preau.people.codes import LIFE, code_hash, draw_code
from preau.people.models import Account, ActivationCode, Person, SheetAsk
from preau.people.rules import can_keep_spare_codes

CHUNK = 400  # stays under the variable limit of SQLite


@transaction.atomic
def issue_activation_codes(*, persons, person: Person | None, now: datetime) -> dict:
    """Draws one code per person and kills their former ones: who asked for a sheet is answered. Returns {person id:
    secret}; only a digest is kept.

    A fixed number of queries per 400 persons. Show a secret with `queries.code_in_groups`.
    """
    persons = list({each.pk: each for each in persons}.values())
    issued = {}
    for start in range(0, len(persons), CHUNK):
        part = persons[start : start + CHUNK]
        ActivationCode.objects.filter(person__in=part, used_at=None, revoked_at=None).update(revoked_at=now)
        codes = []
        for each in part:
            secret = draw_code()
            issued[each.pk] = secret
            codes.append(
                ActivationCode(person=each, secret_hash=code_hash(secret), created_at=now, expires_at=now + LIFE)
            )
        ActivationCode.objects.bulk_create(codes)
        SheetAsk.objects.waiting().filter(person__in=part).update(answered_at=now)
        journal.record_many(person_id=person and person.id, verb="issue_activation_code", subjects=part, now=now)
    return issued


def issue_first_sheet(*, holder: Person, person: Person | None, now: datetime) -> str:
    """The secret of a sheet for who has never entered; empty for who has an account of their own to enter by."""
    if Account.objects.filter(person=holder, last_login__isnull=False).exists():
        return ""
    return issue_activation_codes(persons=[holder], person=person, now=now)[holder.pk]


@transaction.atomic
def revoke_activation_codes(*, holder: Person, person: Person | None, now: datetime) -> None:
    """The person's unused connection sheet opens nothing any more."""
    codes = list(ActivationCode.objects.filter(person=holder, used_at=None, revoked_at=None, expires_at__gt=now))
    journal.record_many(person_id=person and person.id, verb="revoke_activation_code", subjects=codes, now=now)
    ActivationCode.objects.filter(pk__in=[code.pk for code in codes]).update(revoked_at=now)


@transaction.atomic
def renew_sheet(*, holder: Person, person: Person | None, now: datetime) -> str:
    """The secret of one person's new sheet: only their own former code dies. Who has an account is told (trust.md 21).

    The password serves until the code does.
    """
    return renew_sheets(holders=[holder], person=person, now=now)[holder.pk]


@transaction.atomic
def renew_sheets(*, holders: list[Person], person: Person | None, now: datetime) -> dict:
    """The same for several: {person id: secret}."""
    for account in Account.objects.filter(person__in=holders).order_by("pk"):
        note_change(account=account, change="new_sheet", now=now)
    return issue_activation_codes(persons=holders, person=person, now=now)


@transaction.atomic
def use_activation_code(*, code: ActivationCode, now: datetime) -> bool:
    """Takes the code for good. False when it was used, replaced or expired: one of twenty at once wins."""
    taken = ActivationCode.objects.filter(pk=code.pk, used_at=None, revoked_at=None, expires_at__gt=now).update(
        used_at=now
    )
    if not taken:
        return False
    journal.record(person_id=code.person_id, verb="use_activation_code", subject=code.person, now=now)
    return True


@transaction.atomic
def open_with_code(*, code: ActivationCode, password, notice_version, now: datetime) -> Account | None:
    """Sets the password of the code's person, whose account is made if there is none. None if the code is dead.

    A second factor already set stays: a sheet does not replace it (trust.md 15). Spare codes are drawn the first time.
    """
    if not use_activation_code(code=code, now=now):
        return None
    holder = code.person
    account = Account.objects.filter(person=holder).first()
    if account is None:
        account = create_account(person_of_account=holder, password=password, by=holder, now=now)
    else:
        end_sessions(account=account, now=now)
        set_password(account=account, password=password, person=holder, now=now)
        note_change(account=account, change="new_sheet_opened", now=now)
    note_notice(account=account, version=notice_version, now=now)
    if can_keep_spare_codes(holder, localdate(now)) and not account.spare_codes.exists():
        draw_spare_codes(account=account, now=now)
    return account


@transaction.atomic
def remove_second_factor(*, account: Account, person: Person | None, now: datetime) -> str:
    """For a lost telephone without spare codes: everything that opened the account dies at once.

    The password too, as whoever stole it would set a telephone of their own first. Returns the secret of the new sheet,
    the only way in. The person's identity was checked by whoever asks for it.
    """
    Authenticator.objects.filter(user=account).delete()
    return _shut(account, person, now, verb="remove_second_factor", change="all_withdrawn")


@transaction.atomic
def shut_account(*, account: Account, person: Person | None, now: datetime) -> str:
    """Somebody else may enter by it: its sessions end; its password (trust.md 26) and an address or a telephone given
    lately serve no more. The second factor stays. Returns the secret of the new sheet, the only way in."""
    return _shut(account, person, now, verb="shut_account", change="shut")


def _shut(account, person, now, *, verb, change):
    told = account.email if account.email_confirmed_at else ""  # confirmed lately too: it may be the owner's
    withdraw_ways_back(accounts=[account], now=now)
    account.set_unusable_password()
    account.save(update_fields=["password"])
    end_sessions(account=account, now=now)
    journal.record(person_id=person and person.id, verb=verb, subject=account, now=now)
    note_change(account=account, change=change, address=told, now=now)
    return issue_activation_codes(persons=[account.person], person=person, now=now)[account.person_id]
