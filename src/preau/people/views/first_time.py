"""A first time, or a lost password: code of the sheet → password → in. No e-mail asked."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from preau.kit.rooms.doors import AccountLine, declared
from preau.kit.views import public
from preau.people import actions, queries, rules
from preau.people.forms import FirstPasswordForm, SheetCodeForm
from preau.people.languages import FRENCH, language_of, of_device, speak
from preau.people.models import Account
from preau.people.queries.entries import SHEET, shown, shown_lately
from preau.people.sessions import REMEMBER, network_of
from preau.people.texts import NOTICE_ON, NOTICE_VERSION, TOO_MANY_CODES


@public("GET", "POST", is_family=True)
def first_time(request):
    """Step 1: the code. A scanned one comes in the fragment and is posted by first_time.js, never in an address."""
    form = SheetCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        code = queries.code_of(form.cleaned_data["code"], now)
        if code:
            request.session[SHEET] = shown(code, now)
            return redirect("first_time_password")
        network = network_of(request) or "unknown"
        heard = actions.count_network(network=network, now=now)
        reason = queries.dead_code_reason(form.cleaned_data["code"], request.person)
        form.add_error("code", reason if heard else TOO_MANY_CODES)
    return render(request, "people/first_time.html", {"form": form}, status=200)


@public("GET", "POST", is_family=True)
def first_time_password(request):
    """Step 2: the identifier is shown, a password is chosen, the notice is read; step 3 is being in."""
    now = timezone.now()
    code = queries.living_code(shown_lately(request.session.get(SHEET), now), now)
    if code is None:
        return redirect("first_time")
    account, is_child = queries.account_to_open(code.person), queries.is_child(code.person, timezone.localdate())
    if is_child or not (request.person or of_device(request)):
        speak(FRENCH if is_child else language_of(code.person))  # the school may have noted what they read
    form = FirstPasswordForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        opened = actions.open_with_code(
            code=code, password=form.cleaned_data["password"], notice_version=NOTICE_VERSION, now=now
        )
        request.session.pop(SHEET, None)
        if opened is None:
            return redirect("first_time")
        return enter(request, opened, form.cleaned_data["remember"])
    context = {
        "form": form, "account": account, "holder": code.person, "notice_on": NOTICE_ON,
        "is_child": is_child, "is_new": account._state.adding,
        "joins": account._state.adding and not is_child and _joining_page(code),
    }  # fmt: skip
    return render(request, "people/first_time_password.html", context)


def _joining_page(code) -> str:
    """Where a parent's sheet joins the account of the same parent, opened with another school's; "" for a team's."""
    if code.person.mandates.exists():
        return ""
    return next((f"{line.url}?fiche=1" for line in declared(AccountLine) if line.takes_sheet), "")


def enter(request, account: Account, own_device) -> HttpResponse:
    """With the password just chosen; who keeps spare codes reads them then. By allauth's own stages: an account with a
    second factor still shows it."""
    if request.user.is_authenticated:
        get_adapter(request).logout(request)
    request.session[REMEMBER] = own_device
    request.session.set_expiry(None if own_device else 0)
    login = Login(user=account, redirect_url=_onward(account))
    return perform_password_login(request, {"username": account.identifier}, login)


def _onward(account):
    keeps = rules.can_keep_spare_codes(account.person, timezone.localdate())
    return reverse("spare_codes") if keeps else settings.LOGIN_REDIRECT_URL
