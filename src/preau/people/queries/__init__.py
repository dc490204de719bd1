"""Named reads about persons and their mandates; those of the base itself are in `base`."""

import ipaddress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import DateTimeField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.timezone import localdate

from preau.kit.dates import day_text
from preau.kit.names import name_key
from preau.kit.prepared import Asked, Prepared
from preau.people.codes import LIFE, code_hash
from preau.people.codes import code_in_groups as code_in_groups
from preau.people.models import (
    SCHOOL_ROLES,
    SECOND_FACTOR_ROLES,
    Account,
    ActivationCode,
    Mandate,
    Person,
    RefusedEntry,
    Role,
    SignIn,
    SignInAttempt,
)
from preau.people.queries.identifiers import make_identifier
from preau.people.queries.recovery import (
    address_known_of,
    find_account,
    is_address_shared,
    last_code,
    mail_code_in_hand,
    sheet_ask_of,
    spare_codes_of,
)
from preau.people.queries.texting import phone_of, phones_of, texts_sent
from preau.people.texts import CHARTER_VERSION as CHARTER_VERSION
from preau.people.texts import DEAD_CODE, OWN_CODE
from preau.people.texts import NOTICE_ON as NOTICE_ON
from preau.people.texts import NOTICE_VERSION as NOTICE_VERSION
from preau.people.ways import LABELS

__all__ = [
    "address_known_of", "find_account", "is_address_shared", "last_code", "mail_code_in_hand",
    "phone_of", "phones_of", "sheet_ask_of", "spare_codes_of", "texts_sent",
]  # fmt: skip
SPRAY_FROM = 80  # accounts tried in vain within a day: from there on a network is slowed, and said to spray

ADULT_AGE = 16
END_BEFORE, END_AFTER = timedelta(days=30), timedelta(days=366)  # how far from today a last day may be written


def heads_of(school, today: date) -> QuerySet[Mandate]:
    """The mandates of who heads a school that day; `school`: it, its id, or `OuterRef`."""
    return Mandate.objects.current(today).filter(role=Role.SCHOOL_HEAD, school=school)


def current_mandates(person: Person, today: date) -> list[Mandate]:
    """The person's mandates of the day with their places; one query, remembered on the person."""
    known = person.__dict__.setdefault("_mandates_by_day", {})
    if today not in known:
        known[today] = _mandates_on(today).rows(person.pk)
        for mandate in known[today]:
            mandate.person = person  # what an action forgets of its holder, this person forgets
    return known[today]


@lru_cache(maxsize=2)
def _mandates_on(today):
    return Prepared(
        Mandate.objects.current(today)
        .filter(person=Asked())
        .select_related(
            "classroom__school__city__department",
            "afterschool__city",
            "school__city__department",
            "district",
            "city__department",
            "department",
        )
        .order_by("starts_on", "id")
    )


def holds(person: Person, *roles: Role, today: date, place=None) -> bool:
    """Whether one of these roles is held that day, in `place` when given."""
    return any(m.role in roles and (place is None or m.place == place) for m in current_mandates(person, today))


def roles_held(person: Person | None, today: date) -> set:
    """The roles held that day, wherever."""
    return {mandate.role for mandate in (current_mandates(person, today) if person else ())}


def places_held(person: Person, *roles: Role, today: date) -> set:
    """Ids of the places where one of these roles is held that day."""
    return {m.place.pk for m in current_mandates(person, today) if m.role in roles and m.place}


def schools_worked_in(person: Person, today: date) -> set:
    """Ids of the schools where the person teaches, heads or serves that day, by school or by class."""
    found = set()
    for mandate in current_mandates(person, today):
        if mandate.role in SCHOOL_ROLES:
            found.add(mandate.school_id or mandate.classroom.school_id)
    return found


def last_day_bounds(mandates, today: date) -> tuple[date, date]:
    """First and last day that may be written as the last one held. Yesterday always may: it all stops at once."""
    begun = [mandate.starts_on for mandate in mandates if mandate.starts_on < today]
    return max([today - END_BEFORE, *begun]), today + END_AFTER


def needs_second_factor(person: Person, today: date) -> bool:
    """Heads, city, State and operator always sign in with a second factor (trust.md 11)."""
    return holds(person, *SECOND_FACTOR_ROLES, today=today)


def knows_devices(person: Person, today: date) -> bool:
    """Adults are told of a device never seen; children share the school's devices."""
    return settings.NEW_DEVICE_STEP and not is_child(person, today)


def asks_new_devices(person: Person, today: date) -> bool:
    """Adults whose role does not ask a second factor each time."""
    return knows_devices(person, today) and not needs_second_factor(person, today)


def has_second_factor(account: Account) -> bool:
    """Whether a telephone or a passkey is set up."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return Authenticator.objects.filter(user=account, type__in=kinds).exists()


def owes_new_device(account: Account, today: date) -> bool:
    """Whether a password alone opens nothing on a device never seen: nothing else stands before the account. A role
    with a second factor has it to show, until there is one: else a thief would set up a telephone of their own."""
    if needs_second_factor(account.person, today):
        return knows_devices(account.person, today) and not has_second_factor(account)
    return asks_new_devices(account.person, today)


def is_child(person: Person, today: date) -> bool:
    """A pupil, known by a birth date: only pupils have one here. Adults are never asked for theirs; one may grow up."""
    return person.birth_date is not None and today.year - person.birth_date.year < ADULT_AGE


def owes_notice(account: Account, today: date) -> bool:
    """Whether what is kept of them is to be shown: never was, or its meaning has changed. A child's says so little."""
    return account.notice_version != NOTICE_VERSION and not is_child(account.person, today)


def owes_charter(account: Account, today: date) -> bool:
    """Whether a pupil is to be shown the charter of use: never was, or its meaning has changed."""
    return account.notice_version != CHARTER_VERSION and is_child(account.person, today)


def is_named(one: Person, *, first_name, last_name) -> bool:
    """Whether this is their name, however it is typed; the usage name is one too."""
    if name_key(one.first_name) != name_key(first_name):
        return False
    return name_key(last_name) in (name_key(one.last_name), name_key(one.usage_name))


def code_of(typed: str, now: datetime) -> ActivationCode | None:
    """The living code that was typed or scanned, with its person."""
    return _unless_outlived(_living_codes(now).filter(secret_hash=code_hash(typed)).first(), now)


def dead_code_reason(typed: str, person: Person | None) -> str:
    """Why a code that `code_of` does not find opens nothing. Only who used it, being in, hears that it was theirs."""
    own = person is not None and ActivationCode.objects.filter(secret_hash=code_hash(typed), person=person)
    return OWN_CODE if own and own.exclude(used_at=None).exists() else DEAD_CODE


def living_code(code_id, now: datetime) -> ActivationCode | None:
    """The same code read again later, if it is still valid."""
    return _unless_outlived(_living_codes(now).filter(id=code_id).first(), now) if code_id else None


def _unless_outlived(code, now):
    """A sheet drawn while its person held something dies with the last of it: a day's class ends by itself."""
    if code is None or code.person.mandates.lasting(localdate(now)).exists():
        return code
    drawn_on = localdate(code.created_at)
    return None if code.person.mandates.filter(ends_on__gte=drawn_on).exists() else code


def outlived_on(person: Person, today: date) -> date | None:
    """The day a code drawn today dies with what its person holds, when that is within the code's own life."""
    ends = list(person.mandates.lasting(today).values_list("ends_on", flat=True))
    return max(ends) if ends and None not in ends and max(ends) < today + LIFE else None


def _living_codes(now):
    return (
        ActivationCode.objects.filter(used_at=None, revoked_at=None, expires_at__gt=now)
        .exclude(person__account__is_active=False)
        .select_related("person__account")
    )


def account_to_open(person: Person) -> Account:
    """The person's account; one not yet saved, with its identifier to be, when there is none."""
    existing = getattr(person, "account", None)
    return existing or Account(person=person, identifier=make_identifier(person))


@dataclass(frozen=True)
class JournalLine:
    """One entry, or one that was refused, as its person reads it."""

    at: datetime
    device: str
    network: str | None
    is_new_device: bool
    said: str
    is_refused: bool


def journal_of(account: Account, since: datetime, most: int) -> list[JournalLine]:
    """The latest entries and refusals of an account, newest first; one query."""
    never, columns = Cast(None, DateTimeField()), ("device", "network")
    entries = account.sign_ins.filter(opened_at__gte=since).values_list(
        "opened_at", *columns, "new_device_at", "way", Value(False)
    )
    refusals = account.refusals.filter(at__gte=since).values_list("at", *columns, never, "why", Value(True))
    whys = dict(RefusedEntry.Why.choices)
    return [
        JournalLine(at, device, network, new is not None, whys[why] if refused else LABELS.get(why, why), refused)
        for at, device, network, new, why, refused in entries.union(refusals, all=True).order_by("-opened_at")[:most]
    ]


def new_devices_since(account: Account, moment: datetime):
    """Entries that let in a device never seen, newest first."""
    return account.sign_ins.filter(new_device_at__gt=moment).order_by("-new_device_at")


def network_prefix(address: str) -> str:
    """What one subscriber holds: an IPv4 address, the first half of an IPv6 one."""
    found = ipaddress.ip_address(address)
    return str(found) if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))


def network_shown(address: str, whole: bool = False) -> str:
    """« 203.0.113.0/24 », « 2001:db8:1::/48 »: what the operator reads of who sprays. `whole`: what is counted as one,
    an IPv4 address or the same part of an IPv6 one."""
    found = ipaddress.ip_address(address)
    length = 48 if found.version == 6 else 32 if whole else 24
    return str(ipaddress.ip_network((found, length), strict=False))


def sprays(now: datetime, within: timedelta) -> list[SignInAttempt]:
    """Networks from which many accounts were tried in vain, the last time within that long; the worst first."""
    rows = SignInAttempt.objects.filter(failures_count__gte=SPRAY_FROM, started_at__isnull=False).exclude(network="")
    return list(rows.filter(last_failure_at__gt=now - within).order_by("-failures_count", "pk"))


def is_known_network(identifier: str, address: str, now: datetime) -> bool:
    """Whether this account entered from there within 90 days."""
    entries = SignIn.objects.filter(account__identifier=identifier, opened_at__gt=now - timedelta(days=90))
    known = entries.exclude(network=None).order_by().values_list("network", flat=True).distinct()
    return network_prefix(address) in {network_prefix(each) for each in known}


def open_sign_ins(account: Account, now: datetime, idle: timedelta | None = None, life: timedelta | None = None):
    """Sessions that may still be live: not ended, nor silent or old beyond that, and whose row is not past its date."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now)
    since = {name: now - longest for name, longest in (("seen_at__gte", idle), ("opened_at__gte", life)) if longest}
    return account.sign_ins.filter(Exists(alive), ended_at=None, **since).order_by("-seen_at")


def end_told(holder: Person, ends_on: date, today: date) -> str:
    """The message shown once a last day is written."""
    if ends_on < today:
        return f"{holder.full_name} n’a plus cette fonction, et n’en voit plus rien."
    return f"{holder.full_name} garde cette fonction jusqu’au {day_text(ends_on)} au soir."


def emails_of(person_ids, *, even_refused: bool = False) -> dict:
    """{person: the address they gave and confirmed, and that takes mail}, of open accounts. What touches the safety of
    the account is tried `even_refused`. A contact that a school's file gave for a child is never used to call its
    parent to a duty."""
    accounts = Account.objects.filter(person__in=person_ids, is_active=True, email_confirmed_at__isnull=False)
    accounts = accounts if even_refused else accounts.filter(email_refused_at=None)
    return dict(accounts.exclude(email="").values_list("person", "email"))
