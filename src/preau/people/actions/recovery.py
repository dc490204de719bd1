"""The ways back to one's account: a code by mail, a new sheet asked of the school, codes kept on paper."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from preau.journal import actions as journal
from preau.people.actions.accounts import set_password
from preau.people.actions.changes import note_change
from preau.people.actions.mail_codes import ask_mail_code
from preau.people.actions.sessions import admit_device, end_sessions
from preau.people.actions.texting import ask_text_code
from preau.people.actions.throttle import Locked, count_try
from preau.people.models import Account, MailCode, Person, Phone, SheetAsk, SpareCode
from preau.people.queries import find_account
from preau.people.queries.identifiers import tried
from preau.people.queries.recovery import RECENT, is_recent
from preau.people.recovery import spare_codes
from preau.people.rules import can_recover_by_mail, can_recover_by_text


def ask_way_back(*, identifier: str, wants_sheet: bool, now: datetime) -> MailCode | None:
    """A password is lost: a code to the address, else to the telephone, that the account confirmed; without one, or
    when `wants_sheet`, a sheet asked of the school. Returns the code asked for. Whoever asks is told the same in all
    cases, and when it is asked too often, for then nothing is done."""
    try:
        count_try(what=f"way back {tried(identifier)}", now=now)
    except Locked:
        return None
    account = find_account(identifier)
    if account is None:
        return None
    if not wants_sheet and can_recover_by_mail(account, localdate(now)):
        return ask_mail_code(account=account, purpose=MailCode.Purpose.PASSWORD, now=now)
    if not wants_sheet and can_recover_by_text(account, localdate(now)):
        code = ask_text_code(account=account, purpose=MailCode.Purpose.PASSWORD, now=now)
        if code:
            return code
    ask_sheet(holder=account.person, now=now)
    return None


@transaction.atomic
def ask_sheet(*, holder: Person, now: datetime) -> SheetAsk:
    """Asked twice, it waits since the first time."""
    ask, is_new = SheetAsk.objects.waiting().get_or_create(person=holder, defaults={"asked_at": now})
    if is_new:
        journal.record(person_id=None, verb="ask_sheet", subject=ask, now=now)
    return ask


@transaction.atomic
def drop_sheet_ask(*, ask: SheetAsk, person: Person, now: datetime) -> None:
    """« Sans suite »: asked by mistake, or by somebody else."""
    if SheetAsk.objects.waiting().filter(pk=ask.pk).update(dropped_at=now):
        journal.record(person_id=person.id, verb="drop_sheet_ask", subject=ask, now=now)


@transaction.atomic
def open_with_mail_code(*, code: MailCode, password, now: datetime) -> Account | None:
    """Another password is chosen by who typed the code. None when that was done already, or when the address or the
    telephone gives no password back any more. A second factor stays (trust.md 15); what was asked of the school is
    asked no more."""
    taken = MailCode.objects.filter(pk=code.pk, purpose=MailCode.Purpose.PASSWORD, used_at__isnull=False)
    if not taken.delete()[0]:
        return None
    account = Account.objects.select_related("person").get(pk=code.account_id)
    can_recover = can_recover_by_text if code.way == MailCode.Way.TEXT else can_recover_by_mail
    if not can_recover(account, localdate(now)):
        return None
    end_sessions(account=account, now=now)
    set_password(account=account, password=password, person=account.person, now=now)
    note_change(account=account, change="password_changed", now=now)
    SheetAsk.objects.waiting().filter(person=account.person_id).update(dropped_at=now)
    return account


@transaction.atomic
def withdraw_ways_back(*, accounts: list[Account], now: datetime) -> None:
    """Somebody else may have entered these accounts: no code sent before opens them, and an address or a telephone
    confirmed lately gives no password back until it is confirmed again, for they may be the stranger's. A fixed
    number of queries."""
    # In the order of `open_with_mail_code`: a code, then its account.
    MailCode.objects.filter(account__in=[each.pk for each in accounts]).delete()
    lately = [each for each in accounts if is_recent(each, now)]
    for account in lately:
        account.email_confirmed_at = None
    Account.objects.bulk_update(lately, ["email_confirmed_at"])
    recent = Phone.objects.filter(account__in=[each.pk for each in accounts], confirmed_at__gt=now - RECENT)
    recent.update(confirmed_at=None)


@transaction.atomic
def draw_spare_codes(*, account: Account, now: datetime) -> None:
    """Two new codes; those that were left open nothing any more."""
    SpareCode.objects.filter(account=account).delete()
    SpareCode.objects.bulk_create(SpareCode(account=account, drawn_at=now) for _ in range(spare_codes.COUNT))
    journal.record(person_id=account.person_id, verb="draw_spare_codes", subject=account, now=now)


@transaction.atomic
def use_spare_code(*, account: Account, typed: str, now: datetime) -> bool:
    """Takes one of the account's spare codes for good, and admits a device."""
    code = spare_codes.one_of(list(SpareCode.objects.filter(account=account, used_at=None)), typed)
    if code is None or not SpareCode.objects.filter(pk=code.pk, used_at=None).update(used_at=now):
        return False
    return admit_device(account=account, now=now)
