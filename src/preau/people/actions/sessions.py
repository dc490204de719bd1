"""Sessions, opened at the door, ended by their owner or the last mandate's end; known devices."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction

from preau.journal import actions as journal
from preau.kit import mail
from preau.people.models import Account, ActivationCode, Badge, PupilEntry, SignIn


def open_sign_in(*, account: Account, session_key, way, device, network, now: datetime) -> SignIn:
    """The line of the person's own journal for an entry that just happened (trust.md R5)."""
    return SignIn.objects.create(
        account=account, session_key=session_key, way=way, device=device, network=network, opened_at=now, seen_at=now
    )


def touch_sign_in(*, sign_in_id, session_key, now: datetime) -> None:
    """Notes activity, at most every 5 minutes, and the session's new key when it changed."""
    SignIn.objects.filter(id=sign_in_id).update(seen_at=now, session_key=session_key)


def end_sign_in(*, sign_in_id, now: datetime) -> None:
    """Ends one session; its cookie opens nothing any more."""
    keys = list(SignIn.objects.filter(id=sign_in_id).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    SignIn.objects.filter(id=sign_in_id, ended_at=None).update(ended_at=now)


@transaction.atomic
def end_sessions(*, account: Account, now: datetime, except_key: str = "") -> int:
    """Ends the account's sessions, but `except_key`. Returns how many were open.

    With no exception the account also refuses whatever was opened before `now`, even a session nobody listed. Either
    way its other devices are no longer known.
    """
    opened = account.sign_ins.filter(ended_at=None).exclude(session_key=except_key)
    keys = list(opened.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    if except_key:
        forget_devices(account=account, now=now)
    else:
        account.sessions_from = now
        account.save(update_fields=["sessions_from"])
    return opened.update(ended_at=now)


@transaction.atomic
def close_doors(*, now: datetime) -> tuple[int, int, int]:
    """After a backup was restored, ended sessions, used codes and cards taken back would be valid again: ends every
    session, every unused sheet and every card of home. Returns how many of each."""
    sessions = Session.objects.count()
    Session.objects.all().delete()
    PupilEntry.objects.all().delete()
    SignIn.objects.filter(ended_at=None).update(ended_at=now)
    codes = list(ActivationCode.objects.filter(used_at=None, revoked_at=None, expires_at__gt=now))
    journal.record_many(person_id=None, verb="revoke_activation_code", subjects=codes, now=now)
    ActivationCode.objects.filter(used_at=None, revoked_at=None).update(revoked_at=now)
    cards = list(Badge.objects.filter(kind=Badge.Kind.HOME, ended_at=None))
    journal.record_many(person_id=None, verb="end_badge", subjects=cards, now=now)
    Badge.objects.filter(pk__in=[card.pk for card in cards]).update(ended_at=now)
    return sessions, len(codes), len(cards)


def forget_devices(*, account: Account, now: datetime) -> None:
    """Devices known before `now` are new again: the next entry there asks for the second step."""
    account.devices_from = now
    account.save(update_fields=["devices_from"])


@transaction.atomic
def admit_device(*, account: Account, now: datetime) -> bool:
    """Takes the code of the moment for good. False when another device was admitted with it: one of twenty wins."""
    rows = Account.objects.filter(pk=account.pk, devices_count=account.devices_count)
    if not rows.update(devices_count=account.devices_count + 1):
        return False
    journal.record(person_id=account.person_id, verb="admit_device", subject=account, now=now)
    return True


@transaction.atomic
def note_new_device(*, sign_in_id, now: datetime) -> None:
    """This entry let in a device never seen: its person will be told, but of the account's first (trust.md 21)."""
    sign_in = SignIn.objects.get(pk=sign_in_id)
    if not SignIn.objects.filter(account=sign_in.account_id).exclude(pk=sign_in.pk).exists():
        return
    sign_in.new_device_at = now
    sign_in.save(update_fields=["new_device_at"])
    mail.put("people.new_device", sign_in.pk, key=str(sign_in.pk), now=now)


def note_device_told(*, ids, state, now: datetime) -> None:
    """The mail about a new device left: the next entry does not say it again."""
    if state == mail.SENT:
        SignIn.objects.filter(pk__in=ids, told_at=None).update(told_at=now)
