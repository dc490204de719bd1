"""« Où vous prévenir »: an address given by its owner, confirmed by a code, removed in one press."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.signing import BadSignature, SignatureExpired
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from preau.kit.answers import require
from preau.kit.forms import Form
from preau.kit.spoken import typed
from preau.kit.views import form_page, signed_in
from preau.people import actions, email_links, queries, rules
from preau.people.models import MailCode
from preau.people.recovery.forms import EmailForm, MailCodeForm

GIVEN = _("Votre adresse est gardée\u00a0: ce qui vous attend y est écrit.")
EMPTIED = _("Votre adresse est effacée\u00a0: plus aucun courriel ne vous sera envoyé.")
CONFIRMED = _("Votre adresse est confirmée. Préau seul la lit, et y écrit ce qui vous attend.")
LEAVING = _("Un courriel part vers %(email)s. D’ici là, rien d’autre n’y est envoyé.")
TOLD = _("Ce qui vous attend sera dit à %(email)s.")
TOO_OLD = _("Ce lien a plus de trois jours\u00a0: gardez de nouveau votre adresse pour en recevoir un autre.")


@signed_in("GET", "POST", is_family=True)
def account_email(request):
    """The strongest factor is asked again first (trust.md 9)."""
    require(rules.can_edit_email(request.user, timezone.localdate()))
    return _email_form(request)


@reauthentication_required
def _email_form(request):
    may_give = rules.can_be_mailed(request.person, timezone.localdate())
    known = queries.address_known_of(request.user) if may_give else None
    data = request.POST or None
    if known and "known" in request.POST:
        data = {"email": known.value}  # never written on the page: the school may have noted somebody else's
    form = EmailForm(data, initial={"email": request.user.email}, account=request.user, may_give=bool(may_give))
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if email:
            require(may_give)
        actions.set_email(account=request.user, email=email, person=request.person, now=timezone.now())
        if email and not request.user.email_confirmed_at:
            return redirect("account_email_code")
        messages.success(request, gettext(GIVEN if email else EMPTIED))
        return redirect("account_home")
    return form_page(
        request,
        form,
        template="people/email.html",
        title=_("Où vous prévenir par courriel"),
        eyebrow=_("Mon compte"),
        back=reverse("account_home"),
        button=_("Recevoir un code à cette adresse") if may_give else _("Effacer mon adresse"),
        lead=rules.WHY_AN_ADDRESS if may_give else may_give.reason,
        known=known,
    )


@signed_in("GET", "POST", is_family=True)
def account_email_code(request):
    """The six figures that the address received, typed here."""
    account = request.user
    if not account.email or account.email_confirmed_at:
        return redirect("account_home")
    require(rules.can_be_mailed(request.person, timezone.localdate()))
    last = queries.last_code(account, MailCode.Purpose.ADDRESS)
    form = MailCodeForm(request.POST or None, mail_code=last)
    if request.method == "POST" and form.is_valid():
        return _confirmed(request)
    return form_page(
        request,
        form,
        template="people/email_code.html",
        title=_("Écrivez le code reçu"),
        eyebrow=_("Mon compte"),
        back=reverse("account_home"),
        button=_("Confirmer cette adresse"),
        lead=format_html(gettext(LEAVING).replace("%(email)s", "{}"), typed(account.email)),
        address=account.email,
    )


@signed_in("GET", "POST", is_family=True)
def account_email_confirm(request, email_token):
    """The link of the mail: a machine that follows links confirms nothing, the button does."""
    try:
        email_links.check(request.user, email_token)
    except SignatureExpired:
        messages.error(request, gettext(TOO_OLD))
        return redirect("account_home")
    except BadSignature:
        raise Http404 from None
    require(rules.can_be_mailed(request.person, timezone.localdate()))
    if request.method == "POST":
        return _confirmed(request)
    return form_page(
        request,
        Form(),
        title=_("Confirmer votre adresse de courriel"),
        button=_("Confirmer cette adresse"),
        eyebrow=_("Mon compte"),
        lead=format_html(gettext(TOLD).replace("%(email)s", "{}"), typed(request.user.email)),
        back=reverse("account_home"),
    )


def _confirmed(request):
    actions.confirm_email(account=request.user, person=request.person, now=timezone.now())
    messages.success(request, gettext(CONFIRMED))
    return redirect("account_home")


@signed_in("POST", is_family=True)
def account_email_removal(request):
    """One press: the address is told so, as it may be the only one its owner reads."""
    require(rules.can_edit_email(request.user, timezone.localdate()))
    actions.set_email(account=request.user, email="", person=request.person, now=timezone.now())
    messages.success(request, gettext(EMPTIED))
    return redirect("account_home")
