"""Persons and their accounts."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.db import IntegrityError, transaction
from django.db.models import Q

from preau.journal import actions as journal
from preau.kit.answers import allow
from preau.people import rules
from preau.people.actions.changes import note_change
from preau.people.actions.mail_codes import ask_mail_code
from preau.people.actions.throttle import forgive
from preau.people.models import Account, MailCode, Person
from preau.people.queries import make_identifier

TRIES = 5  # two persons of the same name activating at the same instant


@transaction.atomic
def create_person(
    *, first_name, last_name, civility="", usage_name="", birth_date=None, person: Person | None, now: datetime
) -> Person:
    """A new human being, without account. `person` is who adds them; None for the operator's shell or a job."""
    made = Person.objects.create(
        civility=civility, first_name=first_name, last_name=last_name, usage_name=usage_name, birth_date=birth_date
    )
    journal.record(person_id=person and person.id, verb="create_person", subject=made, now=now)
    return made


@transaction.atomic
def create_account(
    *, person_of_account: Person, identifier=None, password=None, by: Person | None, now: datetime
) -> Account:
    """The way in of one person. Without password nobody enters until a connection sheet's code sets one."""
    for attempt in range(TRIES):
        account = Account(person=person_of_account, identifier=identifier or make_identifier(person_of_account))
        if password is None:
            account.set_unusable_password()
        else:
            account.set_password(password)
        try:
            with transaction.atomic():
                account.save(force_insert=True)
            break
        except IntegrityError:
            if identifier or attempt == TRIES - 1 or Account.objects.filter(person=person_of_account).exists():
                raise
    journal.record(person_id=by and by.id, verb="create_account", subject=account, now=now)
    return account


@transaction.atomic
def set_password(*, account: Account, password, person: Person, now: datetime) -> None:
    """Django's session digest follows the password: every other session of the account stops at once."""
    account.set_password(password)
    account.save(update_fields=["password"])
    journal.record(person_id=person.id, verb="set_password", subject=account, now=now)


@transaction.atomic
def set_email(*, account: Account, email: str, person: Person, now: datetime) -> None:
    """The address where the person wants to be told; empty for screen only. A code is sent to it, and it serves once
    the code is typed. The same address given again sends a new code, unless it is already confirmed."""
    email = email.strip()
    if email == account.email and account.email_confirmed_at and not account.email_refused_at:
        return
    if account.email and account.email_confirmed_at and email != account.email:
        note_change(account=account, change="email_changed", address=account.email, now=now)
    account.email, account.email_confirmed_at, account.email_refused_at = email, None, None
    account.save(update_fields=["email", "email_confirmed_at", "email_refused_at"])
    journal.record(person_id=person.id, verb="set_email", subject=account, now=now, fields=["email"])
    if email:
        ask_mail_code(account=account, purpose=MailCode.Purpose.ADDRESS, now=now)


@transaction.atomic
def choose_language(*, person: Person, language: str, now: datetime) -> None:
    """The language one reads families' pages in; empty is French. Raises Refused."""
    allow(rules.can_choose_language, person, now=now)
    if language == person.reading_language:
        return
    person.reading_language = language
    person.save(update_fields=["reading_language"])
    journal.record(
        person_id=person.id, verb="choose_reading_language", subject=person, now=now, fields=["reading_language"]
    )


@transaction.atomic
def confirm_email(*, account: Account, person: Person, now: datetime) -> None:
    """The code was typed, or the link opened, by its account; one that changed its address meanwhile is left alone."""
    same = Account.objects.filter(pk=account.pk, email=account.email, email_confirmed_at=None)
    if same.update(email_confirmed_at=now):
        journal.record(
            person_id=person.id, verb="confirm_email", subject=account, now=now, fields=["email_confirmed_at"]
        )
        forgive(what=f"email {account.pk}")


@transaction.atomic
def note_notice(*, account: Account, version, now: datetime) -> None:
    """The notice about personal data was on the page, as the account was opened or since it changed: shown, which is
    not agreed (RGPD art. 13)."""
    account.notice_version, account.notice_at = version, now
    fields = ["notice_version", "notice_at"]
    account.save(update_fields=fields)
    journal.record(person_id=account.person_id, verb="note_notice", subject=account, now=now, fields=fields)


@transaction.atomic
def set_totp(*, account: Account, secret: str, now: datetime) -> None:
    """Sets the shared secret of the second factor (base32). For the demo, whose codes are printed."""
    Authenticator.objects.update_or_create(
        user=account, type=Authenticator.Type.TOTP, defaults={"data": {"secret": encrypt(secret)}}
    )
    journal.record(person_id=None, verb="set_totp", subject=account, now=now)


def use_factor_step(*, account: Account, step: int) -> bool:
    """Takes the telephone's code of one half-minute for good. False when it, or a later one, has already served."""
    earlier = Q(factor_step=None) | Q(factor_step__lt=step)
    return bool(Account.objects.filter(earlier, pk=account.pk).update(factor_step=step))
