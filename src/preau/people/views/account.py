"""« Mon compte »: how I enter, from where I did, with what."""

from datetime import timedelta

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.signing import BadSignature, SignatureExpired
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from preau.kit.answers import require
from preau.kit.forms import Form
from preau.kit.rooms.doors import AccountLine, declared
from preau.kit.views import form_page, signed_in
from preau.people import actions, email_links, known_devices, queries, rules
from preau.people.forms import EmailForm
from preau.people.sessions import STAMP, limits_of
from preau.people.ways import LABELS

JOURNAL = 20  # last entries shown
KEPT = timedelta(days=365)
GIVEN = "Votre adresse est gardée\u00a0: ce qui vous attend y est écrit."
TO_CONFIRM = "Un courriel part vers cette adresse : ouvrez-le dans les trois jours pour la confirmer."
EMPTIED = "Votre adresse est effacée\u00a0: plus aucun courriel ne vous sera envoyé."
TOO_OLD = "Ce lien a plus de trois jours : gardez de nouveau votre adresse pour en recevoir un autre."
MAILED = "Un courriel dit qu’une séance vous convoque ou qu’un avis vous attend, jamais ce qu’il y a dedans."


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
        "is_pupil": queries.is_child(request.person, timezone.localdate()),
        "limits": limits_of(request.person, request.session[STAMP]["own"], timezone.localdate()),
        "lines": [line for line in declared(AccountLine) if line.is_for(request.person, timezone.localdate())],
        "may_be_mailed": rules.can_be_mailed(request.person, timezone.localdate()),
        "may_edit_email": rules.can_edit_email(account, timezone.localdate()),
        "adds_devices": queries.asks_new_devices(request.person, timezone.localdate()),
        "passkeys": "webauthn" in settings.MFA_SUPPORTED_TYPES,
    }  # fmt: skip
    return render(request, "people/account.html", context)


@signed_in("GET", "POST")
def account_email(request):
    """« Où vous prévenir »; the strongest factor is asked again first (trust.md 9)."""
    require(rules.can_edit_email(request.user, timezone.localdate()))
    return _email_form(request)


@reauthentication_required
def _email_form(request):
    may_give = rules.can_be_mailed(request.person, timezone.localdate())
    form = EmailForm(
        request.POST or None, initial={"email": request.user.email}, account=request.user, may_give=bool(may_give)
    )
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if email:
            require(may_give)
        actions.set_email(account=request.user, email=email, person=request.person, now=timezone.now())
        confirmed = request.user.email_confirmed_at
        messages.success(request, (GIVEN if confirmed else TO_CONFIRM) if email else EMPTIED)
        return redirect("account_home")
    return form_page(
        request,
        form,
        title="Où vous prévenir par courriel",
        eyebrow="Mon compte",
        back=reverse("account_home"),
        button="Garder cette adresse" if may_give else "Effacer mon adresse",
        lead=MAILED if may_give else may_give.reason,
    )


@signed_in("GET", "POST")
def account_email_confirm(request, email_token):
    """The link of the mail: a machine that follows links confirms nothing, the button does."""
    try:
        email_links.check(request.user, email_token)
    except SignatureExpired:
        messages.error(request, TOO_OLD)
        return redirect("account_home")
    except BadSignature:
        raise Http404 from None
    require(rules.can_be_mailed(request.person, timezone.localdate()))
    if request.method == "POST":
        actions.confirm_email(account=request.user, person=request.person, now=timezone.now())
        messages.success(request, "Votre adresse est confirmée. Préau seul la lit, et y écrit ce qui vous attend.")
        return redirect("account_home")
    return form_page(
        request,
        Form(),
        title="Confirmer votre adresse de courriel",
        button="Confirmer cette adresse",
        eyebrow="Mon compte",
        lead=f"Ce qui vous attend sera dit à {request.user.email}.",
        back=reverse("account_home"),
    )


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
    actions.forget_devices(account=request.user, now=timezone.now())
    known_devices.keep(request, request.user)
    messages.success(request, "Cet appareil est déconnecté. Pour y revenir, il faudra votre mot de passe.")
    return redirect("account_home")


@signed_in("POST")
def end_others(request):
    """Ends all of one's sessions but this one."""
    count = actions.end_sessions(account=request.user, now=timezone.now(), except_key=request.session.session_key)
    known_devices.keep(request, request.user)
    plural = "s" if count > 1 else ""
    ended = f"{count} appareil{plural} déconnecté{plural}\u00a0: pour y revenir, il faudra votre mot de passe."
    messages.success(request, ended if count else "Aucun autre appareil n’était connecté\u00a0: rien n’a changé.")
    return redirect("account_home")


@signed_in()
def device_code(request):
    """Six figures to write on a device that is new; reading them again within minutes gives the same."""
    require(rules.can_add_device(request.person, timezone.localdate()))
    code, until = known_devices.code_of(request.user, timezone.now())
    return render(request, "people/device_code.html", {"code": f"{code[:3]} {code[3:]}", "until": until})


@signed_in()
def to_account_home(request):
    """The library's index is our account page."""
    return redirect("account_home")
