"""« Mon compte »: how I enter, from where I did, with what."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from preau.kit.views import signed_in
from preau.people import actions, queries, rules
from preau.people.sessions import STAMP, limits_of
from preau.people.ways import LABELS

JOURNAL = 20  # last entries shown
KEPT = timedelta(days=365)


@signed_in()
def account_home(request):
    """Identifier, second factor, open sessions and the last entries."""
    account, now = request.user, timezone.now()
    entries = list(queries.sign_ins_of(account).filter(opened_at__gte=now - KEPT)[:JOURNAL])
    for entry in entries:
        entry.way_label = LABELS.get(entry.way, entry.way)
    open_now = list(queries.open_sign_ins(account, now))
    context = {
        "account": account, "entries": entries, "open_now": open_now, "now": timezone.localtime(),
        "current": request.session[STAMP]["id"], "factors": _factors(account),
        "needs_factor": queries.needs_second_factor(request.person, timezone.localdate()),
        "limits": limits_of(request.person, request.session[STAMP]["own"], timezone.localdate()),
        "other_child_url": _other_child_url(request.person),
        "passkeys": "webauthn" in settings.MFA_SUPPORTED_TYPES,
    }  # fmt: skip
    return render(request, "people/account.html", context)


def _other_child_url(person):
    """A page of a room above; there is none for a pupil."""
    try:
        return "" if queries.is_child(person, timezone.localdate()) else reverse("arrivals:other_child")
    except NoReverseMatch:
        return ""


def _factors(account):
    found = {each.type: each for each in Authenticator.objects.filter(user=account)}
    codes = found.get(Authenticator.Type.RECOVERY_CODES)
    return {
        "telephone": found.get(Authenticator.Type.TOTP),
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
        "has_codes": codes is not None,
    }


@signed_in("POST")
def end_one(request, sign_in_id):
    """Ends one of one's own sessions."""
    sign_in = get_object_or_404(rules.sign_ins_visible_to(request.user), id=sign_in_id)
    actions.end_sign_in(sign_in_id=sign_in.id, now=timezone.now())
    messages.success(request, "Cet appareil est déconnecté.")
    return redirect("account_home")


@signed_in("POST")
def end_others(request):
    """Ends all of one's sessions but this one."""
    count = actions.end_sessions(account=request.user, now=timezone.now(), except_key=request.session.session_key)
    plural = "s" if count > 1 else ""
    messages.success(request, f"{count} appareil{plural} déconnecté{plural}." if count else "Aucun autre appareil.")
    return redirect("account_home")


@signed_in()
def to_account_home(request):
    """The library's index is our account page."""
    return redirect("account_home")
