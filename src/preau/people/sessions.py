"""How long a session lives, and what it remembers of how it was opened."""

import ipaddress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from preau.kit import pauses
from preau.people import actions, known_devices, ways
from preau.people.languages import WRITTEN, of_device, spoken_to
from preau.people.models import Person, SignIn
from preau.people.notices import new_devices_line
from preau.people.queries import (
    current_mandates,
    has_second_factor,
    is_child,
    knows_devices,
    needs_second_factor,
    new_devices_since,
    owes_new_device,
)

STAMP = "entry"  # in the session: {"id", "key", "opened", "seen", "own", "held", "new"}
REMEMBER = "own_device"
PASSWORD = ways.WAYS["account_login"][0]
TOUCH_AFTER = 300  # seconds between two notes of activity
BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chromium", "Chromium"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "Chromebook"), ("Windows", "Windows"),
    ("Macintosh", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """Longest silence and longest life."""

    idle: timedelta
    life: timedelta | None


# trust.md 23. « own »: the person said this device is theirs.
OFFICE = Limits(timedelta(minutes=15), timedelta(hours=8))
PUPIL = Limits(timedelta(minutes=30), timedelta(hours=8))
STAFF = Limits(timedelta(hours=2), timedelta(hours=12))
STAFF_OWN = Limits(timedelta(hours=12), timedelta(days=7))
FAMILY = Limits(timedelta(hours=2), timedelta(hours=12))
FAMILY_OWN = Limits(timedelta(days=90), None)


def limits_of(person: Person, own_device: bool, today: date) -> Limits:
    """The strictest that fits what the person holds that day."""
    if needs_second_factor(person, today):
        return OFFICE
    if is_child(person, today):
        return PUPIL
    if current_mandates(person, today):
        return STAFF_OWN if own_device else STAFF
    return FAMILY_OWN if own_device else FAMILY


def stamp(sign_in: SignIn, *, own_device: bool, holds_mandate: bool, new_device: bool = False) -> dict:
    """What the session keeps of its opening."""
    at = sign_in.opened_at.timestamp()
    return {
        "id": str(sign_in.id),
        "key": sign_in.session_key,
        "opened": at,
        "seen": at,
        "own": own_device,
        "held": holds_mandate,
        "new": new_device,
    }


def open_session(request, account, way: str) -> str:
    """Called once the account is in: writes the journal's line and stamps the session. Returns what to say of devices
    let in since the last entry from this one."""
    now, today = timezone.now(), timezone.localdate()
    own_device = bool(request.session.get(REMEMBER))
    sign_in = actions.open_sign_in(
        account=account,
        session_key=request.session.session_key,
        way=way,
        device=device_name(request.META.get("HTTP_USER_AGENT", "")),
        network=network_of(request),
        now=now,
    )
    is_known = known_devices.is_known(request, account)
    # A sheet or a telephone's code already said more than the password.
    is_new = way == PASSWORD and not is_known and owes_new_device(account, today)
    if knows_devices(account.person, today) and not is_new:
        if not is_known:
            actions.note_new_device(sign_in_id=sign_in.id, now=now)
        known_devices.keep(request, account)
    held = bool(current_mandates(account.person, today))
    request.session[STAMP] = stamp(sign_in, own_device=own_device, holds_mandate=held, new_device=is_new)
    if not is_new:
        _take_language(request, account.person)
    return _said_of_new_devices(request, account) if is_known else ""


def _take_language(request, person):
    """What was asked for at the door becomes the language of a guardian who never chose one: mails and messages follow.
    Staff write in French, and may only have looked."""
    language, today = of_device(request), timezone.localdate()
    if language not in WRITTEN or person.reading_language:
        return
    if not current_mandates(person, today) and not is_child(person, today):
        actions.choose_language(person=person, language=language, now=timezone.now())


def _said_of_new_devices(request, account):
    last = datetime.fromtimestamp(known_devices.last_entry(request, account), tz=UTC)
    with spoken_to(account.person):
        return new_devices_line(list(new_devices_since(account, last)))


def network_of(request) -> str | None:
    """The address the request comes from. Behind TLS there is a proxy: the last one it adds is the one it saw."""
    seen = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() if settings.HTTPS else ""
    for address in (seen, request.META.get("REMOTE_ADDR") or ""):
        try:
            return str(ipaddress.ip_address(address))
        except ValueError:
            continue
    return None


def is_live(request, account) -> bool:
    """Whether the session was opened by a way in, is not too old nor silent, and its last mandate has not ended."""
    kept = request.session.get(STAMP)
    if not kept:
        return False
    now, today = timezone.now(), timezone.localdate()
    if account.sessions_from and kept["opened"] <= account.sessions_from.timestamp():
        return False
    if kept["held"] and not current_mandates(account.person, today):
        return False  # trust.md R14: the last mandate has ended
    limits = limits_of(account.person, kept["own"], today)
    if now.timestamp() - kept["seen"] > limits.idle.total_seconds():
        return False
    return limits.life is None or now.timestamp() - kept["opened"] <= limits.life.total_seconds()


def keep_alive(request) -> None:
    """After the page: notes activity at most every 5 minutes, and follows the session when its key changed."""
    kept = request.session.get(STAMP)
    key = request.session.session_key
    if not kept or not key:
        return
    now = timezone.now()
    if kept["key"] == key and now.timestamp() - kept["seen"] < TOUCH_AFTER:
        return
    if touch_briefly(actions.touch_sign_in, sign_in_id=kept["id"], session_key=key, now=now):
        request.session[STAMP] = {**kept, "key": key, "seen": now.timestamp()}


def touch_briefly(touch, **said) -> bool:
    """Notes activity. False when it could not: a page that is ready waits for no lock and no room on the disk, the next
    one notes it."""
    try:
        with pauses.brief_wait(500):
            touch(**said)
    except pauses.ERRORS as failure:
        if not (pauses.is_pause(failure) or pauses.is_full(failure)):
            raise
        return False
    return True


def passed_second_factor(session) -> bool:
    """Whether allauth recorded a second factor in this session."""
    return any(step.get("method") == "mfa" for step in session.get(AUTHENTICATION_METHODS_SESSION_KEY, []))


def forget_second_factor(session) -> None:
    """The factor shown is no more: what was shown with it counts no longer."""
    steps = session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [step for step in steps if step.get("method") != "mfa"]


def owes_device_code(request) -> bool:
    """Whether a password alone opened this session, on a device where the account never entered."""
    return request.session.get(STAMP, {}).get("new", False)


def admit_device(request) -> None:
    """The second step is passed: the session goes on under a new id (trust.md 22), and the device is known."""
    request.session.cycle_key()
    request.session[STAMP] = {**request.session[STAMP], "new": False}
    actions.note_new_device(sign_in_id=request.session[STAMP]["id"], now=timezone.now())
    known_devices.keep(request, request.user)
    _take_language(request, request.user.person)


def owes_second_factor(request) -> bool:
    """Whether the person must still show, or set up, a second factor, or admit this device."""
    if owes_device_code(request):
        return True
    return needs_second_factor(request.user.person, timezone.localdate()) and not passed_second_factor(request.session)


def second_factor_url(request) -> str:
    """Where to show it, or where to set it up when there is none."""
    if owes_device_code(request):
        return reverse("new_device")
    return reverse("mfa_reauthenticate" if has_second_factor(request.user) else "mfa_activate_totp")


def device_name(user_agent: str) -> str:
    """What a browser says of itself, « Firefox sur Android »; empty when nothing is recognised."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{browser} sur {system}" if browser and system else browser or system
