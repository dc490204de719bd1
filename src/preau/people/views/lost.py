"""A lost password: a code by mail, or a sheet asked of the school. Says the same of every identifier (trust.md 15)."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from preau.kit.dates import on_weekday_text
from preau.kit.ids import uuid7
from preau.kit.views import public
from preau.people import actions, queries
from preau.people.forms import FirstPasswordForm
from preau.people.models import MailCode
from preau.people.queries.entries import shown, shown_lately
from preau.people.recovery.answering import next_class_day
from preau.people.recovery.forms import LostForm, MailCodeForm
from preau.people.sessions import network_of
from preau.people.texts import TOO_MANY_ASKS
from preau.people.views.first_time import enter

ASKED, TYPED = "way_back", "way_back_typed"  # in the session: whose password is lost; the code that was right


@public("GET", "POST", is_family=True)
def lost_password(request):
    """Whose: a code leaves for their address, if they confirmed one that is theirs alone; else the school is asked."""
    form = LostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if _ask(request, form.cleaned_data["identifier"]):
            return redirect("lost_password_code")
        form.add_error(None, TOO_MANY_ASKS)
    return render(request, "people/lost_password.html", {"form": form}, status=422 if form.is_bound else 200)


def _ask(request, identifier, wants_sheet=False):
    now = timezone.now()
    if not actions.count_network(network=f"way back {network_of(request) or 'unknown'}", now=now):
        return False
    code = actions.ask_way_back(identifier=identifier, wants_sheet=wants_sheet, now=now)
    kept = {"identifier": identifier, "code": str(code.pk if code else uuid7()), "sheet": wants_sheet}
    request.session[ASKED] = kept
    return True


@public("GET", "POST", is_family=True)
def lost_password_code(request):
    """The six figures; or what happens to who has no address."""
    asked = request.session.get(ASKED)
    if not asked:
        return redirect("lost_password")
    code = queries.mail_code_in_hand(asked["code"], MailCode.Purpose.PASSWORD)
    form = MailCodeForm(request.POST or None, mail_code=code)
    if request.method == "POST" and form.is_valid():
        request.session[TYPED] = shown(code, timezone.now())
        return redirect("lost_password_choice")
    context = {
        "form": form, "wants_sheet": asked["sheet"], "answers_on": on_weekday_text(next_class_day(timezone.now())),
    }  # fmt: skip
    return render(request, "people/lost_password_code.html", context, status=422 if form.is_bound else 200)


@public("POST", is_family=True)
def lost_password_sheet(request):
    """« Demander une fiche à l’école »: one press, for who reads no mail any more."""
    asked = request.session.get(ASKED)
    if asked and not _ask(request, asked["identifier"], wants_sheet=True):
        messages.error(request, gettext(TOO_MANY_ASKS))
    return redirect("lost_password_code" if asked else "lost_password")


@public("GET", "POST", is_family=True)
def lost_password_choice(request):
    """The code was right: another password, then in. A second factor is still shown."""
    now = timezone.now()
    code = queries.mail_code_in_hand(shown_lately(request.session.get(TYPED), now), MailCode.Purpose.PASSWORD)
    if code is None or not code.account.is_active:
        return redirect("lost_password")
    form = FirstPasswordForm(request.POST or None, account=code.account)
    if request.method == "POST" and form.is_valid():
        opened = actions.open_with_mail_code(code=code, password=form.cleaned_data["password"], now=now)
        for key in (ASKED, TYPED):
            request.session.pop(key, None)
        if opened is None:
            return redirect("lost_password")
        return enter(request, opened, form.cleaned_data["remember"])
    context = {"form": form, "account": code.account}
    return render(request, "people/lost_password_choice.html", context, status=422 if form.is_bound else 200)
