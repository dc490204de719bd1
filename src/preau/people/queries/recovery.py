"""Reads about the ways back to an account: addresses, codes, sheets asked for."""

from datetime import datetime, timedelta

from django.db.models.functions import Lower

from preau.kit import mail
from preau.people.contacts import contact_ends
from preau.people.models import Account, Contact, MailCode, Person, SheetAsk, SpareCode
from preau.people.queries.identifiers import identifier_meant

RECENT = timedelta(days=7)


def address_known_of(account: Account) -> Contact | None:
    """The address that the school's file gave for this person, if they gave none yet, with how it is shown: `ends`."""
    known = Contact.objects.filter(person=account.person_id, kind=Contact.Kind.EMAIL).order_by("id").first()
    if known is None or known.value.casefold() == account.email.casefold():
        return None
    known.ends = contact_ends(known.kind, known.value)
    return known


def last_code(account: Account, purpose: MailCode.Purpose) -> MailCode | None:
    """The last that was asked for, with the number of its account as it is read now: the others fall with it."""
    codes = account.mail_codes.filter(purpose=purpose).select_related("account__phone")
    return codes.order_by("-asked_at", "-id").first()


def is_address_shared(account: Account) -> bool:
    """Whether somebody else may read mail there: another account confirmed the address, or the school noted it for
    another person, as parents may share one (users.md P6)."""
    return bool(shared_addresses([account]))


def shared_addresses(accounts) -> set:
    """Ids of those of these accounts whose address somebody else may read; two queries."""
    theirs = {each: each.email.strip().casefold() for each in accounts}
    confirmed = Account.objects.filter(email_confirmed_at__isnull=False).annotate(key=Lower("email"))
    same = confirmed.filter(key__in=set(theirs.values())).values_list("key", "pk")
    noted = Contact.objects.filter(kind=Contact.Kind.EMAIL, match_key__in=set(theirs.values()))
    given, known = set(same), set(noted.values_list("match_key", "person"))
    return {
        account.pk
        for account, key in theirs.items()
        if any(one == key and pk != account.pk for one, pk in given)
        or any(one == key and person != account.person_id for one, person in known)
    }


def is_heard(account: Account) -> bool:
    """Whether mails of an open account arrive at the address it confirmed."""
    return bool(account.is_active and account.email and account.email_confirmed_at and account.email_refused_at is None)


def own_addresses(accounts) -> set:
    """Ids of the accounts whose confirmed address is theirs alone. The caller has left out roles with a second
    factor, and a child has no address; `rules.can_recover_by_mail` is the rule for one account."""
    told = [each for each in accounts if is_heard(each)]
    return {each.pk for each in told} - shared_addresses(told) if mail.leaves() else set()


def is_recent(account: Account, now: datetime) -> bool:
    """Whether its address was confirmed lately: whoever held a stolen password may have given one of their own, as they
    may a telephone."""
    return account.email_confirmed_at is not None and account.email_confirmed_at > now - RECENT


def find_account(identifier: str) -> Account | None:
    """The open account of that identifier, as people type it, with its person."""
    accounts = Account.objects.filter(
        identifier=identifier_meant(identifier.strip().casefold()), is_active=True, person__isnull=False
    )
    return accounts.select_related("person").first()


def mail_code_in_hand(code_id, purpose: MailCode.Purpose) -> MailCode | None:
    """The code that this browser asked for; the id is in its session and nowhere else."""
    if not code_id:
        return None
    return MailCode.objects.filter(pk=code_id, purpose=purpose).select_related("account__person").first()


def spare_codes_of(account: Account) -> list[SpareCode]:
    """Those that did not serve."""
    return list(account.spare_codes.filter(used_at=None).order_by("id"))


def sheet_ask_of(person: Person) -> SheetAsk | None:
    """What this person waits for, if they do."""
    return person.sheet_asks.waiting().first()
