"""One more device: admitted by a known one, by mail, by a spare code, or by a new sheet."""

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from preau.kit.answers import require
from preau.kit.dates import on_weekday_text
from preau.kit.views import signed_in
from preau.people import actions, queries, rules, sessions
from preau.people.adapters import throttle
from preau.people.models import MailCode
from preau.people.recovery.answering import next_class_day
from preau.people.recovery.forms import DeviceCodeForm
from preau.people.recovery.spare_codes import signs_of
from preau.people.views.door import before_new_device, known

MAILED = "device_code"  # in the session: the code that was sent
SENT = _("Un code part vers votre adresse\u00a0: écrivez-le ici dans les dix minutes.")


@before_new_device
@known("GET", "POST", is_family=True)
def new_device(request):
    """A password was right where the account never entered: one code more opens, wherever it comes from."""
    if not sessions.owes_device_code(request):
        return redirect(settings.LOGIN_REDIRECT_URL if request.user.is_authenticated else settings.LOGIN_URL)
    account, today = request.user, localdate()
    mailed = queries.mail_code_in_hand(request.session.get(MAILED), MailCode.Purpose.DEVICE)
    form = DeviceCodeForm(request.POST or None, account=account, mail_code=mailed)
    if request.method == "POST" and form.is_valid():
        request.session.pop(MAILED, None)
        sessions.admit_device(request)
        onward = request.GET.get("next", "")
        return redirect(onward if get_adapter().is_safe_url(onward) else settings.LOGIN_REDIRECT_URL)
    # A role with a second factor gives no code to other devices: without its telephone, only a new sheet opens.
    context = {
        "form": form,
        "by_sheet": queries.needs_second_factor(account.person, today),
        "by_mail": rules.can_recover_by_mail(account, today),
        "has_spare_codes": bool(queries.spare_codes_of(account)),
        "asked": queries.sheet_ask_of(account.person),
        "answers_on": on_weekday_text(next_class_day(now())),
        "query": urlencode({"next": request.GET["next"]}) if request.GET.get("next") else "",
    }
    return render(request, "people/new_device.html", context, status=422 if form.is_bound else 200)


def _back(request):
    query = request.GET.urlencode()
    return redirect(f"{reverse('new_device')}?{query}" if query else "new_device")


@before_new_device
@known("POST", is_family=True)
def device_mail(request):
    """« Recevoir un code par courriel »"""
    if not sessions.owes_device_code(request):
        return redirect("account_login")
    require(rules.can_recover_by_mail(request.user, localdate()))
    try:
        throttle(f"device mail {request.user.pk}")
    except ValidationError as wait:
        messages.error(request, wait.message)
        return _back(request)
    code = actions.ask_mail_code(account=request.user, purpose=MailCode.Purpose.DEVICE, now=now())
    request.session[MAILED] = str(code.pk)
    messages.success(request, gettext(SENT))
    return _back(request)


@before_new_device
@known("POST", is_family=True)
def device_sheet(request):
    """« Demander une fiche à l’école »: one press."""
    if not sessions.owes_device_code(request):
        return redirect("account_login")
    actions.ask_sheet(holder=request.user.person, now=now())
    return _back(request)


@signed_in("GET", is_family=True)
@reauthentication_required
def spare_codes(request):
    """The codes that are left, to print; drawn at the first sign-in, or by the button."""
    require(rules.can_keep_spare_codes(request.person, localdate()))
    codes = [signs_of(code) for code in queries.spare_codes_of(request.user)]
    return render(request, "people/spare_codes.html", {"codes": codes})


@signed_in("POST", is_family=True)
@reauthentication_required
def new_spare_codes(request):
    """Two others; the former ones open nothing any more."""
    require(rules.can_keep_spare_codes(request.person, localdate()))
    actions.draw_spare_codes(account=request.user, now=now())
    messages.success(request, gettext("Voici deux nouveaux codes\u00a0: les anciens ne servent plus."))
    return redirect("spare_codes")
