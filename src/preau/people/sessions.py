"""How long a session lives, and what it remembers of how it was opened."""

from dataclasses import dataclass
from datetime import date, timedelta

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone

from preau.people import actions
from preau.people.devices import device_name
from preau.people.models import Person, SignIn
from preau.people.queries import current_mandates, is_child, needs_second_factor

STAMP = "entry"  # in the session: {"id", "key", "opened", "seen", "own", "held"}
REMEMBER = "own_device"
TOUCH_AFTER = 300  # seconds between two notes of activity


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


def stamp(sign_in: SignIn, *, own_device: bool, holds_mandate: bool) -> dict:
    """What the session keeps of its opening."""
    at = sign_in.opened_at.timestamp()
    return {
        "id": str(sign_in.id), "key": sign_in.session_key, "opened": at, "seen": at, "own": own_device,
        "held": holds_mandate,
    }  # fmt: skip


def open_session(request, account, way: str) -> None:
    """Called once the account is in: writes the journal's line and stamps the session."""
    now = timezone.now()
    own_device = bool(request.session.get(REMEMBER))
    sign_in = actions.open_sign_in(
        account=account, session_key=request.session.session_key, way=way,
        device=device_name(request.META.get("HTTP_USER_AGENT", "")), network=network_of(request), now=now,
    )  # fmt: skip
    held = bool(current_mandates(account.person, timezone.localdate()))
    request.session[STAMP] = stamp(sign_in, own_device=own_device, holds_mandate=held)


def network_of(request) -> str | None:
    """The address the request comes from, as the server in front gives it."""
    return request.META.get("REMOTE_ADDR") or None


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
    request.session[STAMP] = {**kept, "key": key, "seen": now.timestamp()}
    actions.touch_sign_in(sign_in_id=kept["id"], session_key=key, now=now)


def passed_second_factor(session) -> bool:
    """Whether allauth recorded a second factor in this session."""
    return any(step.get("method") == "mfa" for step in session.get(AUTHENTICATION_METHODS_SESSION_KEY, []))


def forget_second_factor(session) -> None:
    """The factor shown is no more: what was shown with it counts no longer."""
    steps = session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [step for step in steps if step.get("method") != "mfa"]


def owes_second_factor(request) -> bool:
    """Whether the person must still show, or set up, a second factor."""
    return needs_second_factor(request.user.person, timezone.localdate()) and not passed_second_factor(request.session)


def second_factor_url(account) -> str:
    """Where to show it, or where to set it up when there is none."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    has_one = Authenticator.objects.filter(user=account, type__in=kinds).exists()
    return reverse("mfa_reauthenticate" if has_one else "mfa_activate_totp")
