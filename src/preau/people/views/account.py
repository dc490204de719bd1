"""« Mon compte »: how I enter, from where I did, with what."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from preau.kit import spoken
from preau.kit.answers import require
from preau.kit.rooms.doors import AccountLine, declared
from preau.kit.views import signed_in
from preau.people import actions, known_devices, queries, rules
from preau.people.sessions import STAMP, limits_of

JOURNAL = 20  # last entries shown
DEVICES = 10  # open sessions shown, the last seen
KEPT = timedelta(days=365)


@signed_in(is_family=True)
def account_home(request):
    """Identifier, second factor, open sessions and the last entries."""
    account, now = request.user, timezone.now()
    longest = limits_of(request.person, True, timezone.localdate())  # on a device of one's own
    open_now = list(queries.open_sign_ins(account, now, longest.idle, longest.life)[: DEVICES + 1])
    context = {
        "account": account, "entries": queries.journal_of(account, now - KEPT, JOURNAL),
        "open_now": open_now[:DEVICES], "has_more": len(open_now) > DEVICES, "now": timezone.localtime(),
        "current": request.session[STAMP]["id"], "factors": _factors(account),
        "needs_factor": queries.needs_second_factor(request.person, timezone.localdate()),
        "is_pupil": queries.is_child(request.person, timezone.localdate()),
        "limits": limits_of(request.person, request.session[STAMP]["own"], timezone.localdate()),
        "lines": [line for line in declared(AccountLine) if line.is_for(request.person, timezone.localdate())],
        "may_be_mailed": rules.can_be_mailed(request.person, timezone.localdate()),
        "may_edit_email": rules.can_edit_email(account, timezone.localdate()),
        "adds_devices": queries.asks_new_devices(request.person, timezone.localdate()),
        "keeps_spare_codes": bool(rules.can_keep_spare_codes(request.person, timezone.localdate())),
        "passkeys": "webauthn" in settings.MFA_SUPPORTED_TYPES,
    }  # fmt: skip
    return render(request, "people/account.html", context)


def _factors(account):
    found = {each.type: each for each in Authenticator.objects.filter(user=account)}
    codes = found.get(Authenticator.Type.RECOVERY_CODES)
    return {
        "telephone": found.get(Authenticator.Type.TOTP),
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
        "has_codes": codes is not None,
    }


@signed_in("POST", is_family=True)
def end_one(request, sign_in_id):
    """Ends one of one's own sessions."""
    sign_in = get_object_or_404(rules.sign_ins_visible_to(request.user), id=sign_in_id)
    actions.end_sign_in(sign_in_id=sign_in.id, now=timezone.now())
    actions.forget_devices(account=request.user, now=timezone.now())
    known_devices.keep(request, request.user)
    messages.success(request, gettext("Cet appareil est déconnecté. Pour y revenir, il faudra votre mot de passe."))
    return redirect("account_home")


@signed_in("POST", is_family=True)
def end_others(request):
    """Ends all of one's sessions but this one."""
    count = actions.end_sessions(account=request.user, now=timezone.now(), except_key=request.session.session_key)
    known_devices.keep(request, request.user)
    ended = spoken.counted(count, "appareil déconnecté", "appareils déconnectés")
    back = gettext("%(ended)s\u00a0: pour y revenir, il faudra votre mot de passe.") % {"ended": ended}
    none = gettext("Aucun autre appareil n’était connecté\u00a0: rien n’a changé.")
    messages.success(request, back if count else none)
    return redirect("account_home")


@signed_in(is_family=True)
def device_code(request):
    """Six figures to write on a device that is new; reading them again within minutes gives the same."""
    require(rules.can_add_device(request.person, timezone.localdate()))
    code, until = known_devices.code_of(request.user, timezone.now())
    return render(request, "people/device_code.html", {"code": f"{code[:3]} {code[3:]}", "until": until})


@signed_in()
def to_account_home(request):
    """The library's index is our account page."""
    return redirect("account_home")
