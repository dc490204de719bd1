"""Devices an account has entered from, and the code that admits one more (trust.md R6, statements 11 and 17).

A cookie that only the server can write names the accounts of a device. Elsewhere the password is not enough: an adult
also shows a code read on a device already known, a telephone's code, or a new connection sheet. No mail is needed.
"""

import time
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from preau.people.models import Account

COOKIE = "__Host-preau-appareil" if settings.HTTPS else "preau-appareil"
SALT = "preau.people.known_devices"
KEPT = timedelta(days=180)  # since the last entry
MOST = 8  # accounts a device remembers, the latest
STEP = 300  # seconds; a code is read during one and accepted during it and the next


def is_known(request, account: Account) -> bool:
    """Whether this account entered from this device, and was not told since to forget its devices."""
    at = last_entry(request, account)
    forgotten = account.forgets_before
    return at is not None and (forgotten is None or at > forgotten.timestamp())


def last_entry(request, account: Account) -> float | None:
    """When this account last entered from this device, in seconds since 1970."""
    return _read(request).get(account.pk.hex)


def keep(request, account: Account) -> None:
    """Marks this request: its response will set the cookie that makes the device known for the account."""
    request._account_to_keep = account


def write(request, response) -> None:
    """Sets the cookie on the response, when `keep` was called."""
    account = getattr(request, "_account_to_keep", None)
    if account is None:
        return
    known = {**_read(request), account.pk.hex: time.time()}
    latest = dict(sorted(known.items(), key=lambda item: item[1])[-MOST:])
    response.set_cookie(
        COOKIE, signing.dumps(latest, salt=SALT), max_age=KEPT, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )


def _read(request):
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        return {}


def code_of(account: Account, now: datetime) -> tuple[str, datetime]:
    """The six figures that admit one more device, and until when."""
    step = _step(now)
    return _code(account, step), timezone.localtime(datetime.fromtimestamp((step + 2) * STEP, tz=now.tzinfo))


def is_code_of(account: Account, typed: str, now: datetime) -> bool:
    """Whether these are the account's figures of the present five minutes or of the five before."""
    given = "".join(sign for sign in typed if sign.isdigit())
    return any(constant_time_compare(_code(account, step), given) for step in (_step(now), _step(now) - 1))


def _step(now):
    return int(now.timestamp()) // STEP


def _code(account, step):
    # The number of devices admitted so far is in it: a code that has served is no longer the code.
    text = f"{account.pk.hex} {account.devices_count} {step}"
    digest = salted_hmac(SALT, text, algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8], 'big') % 1_000_000:06d}"
