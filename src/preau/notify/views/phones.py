"""« Téléphone » of « Mon compte »: a mobile number given by a guardian, confirmed by a code, erased in one press."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from preau.kit.answers import require
from preau.kit.spoken import typed
from preau.kit.views import form_page, press, signed_in, submit
from preau.notify import forms, queries, rules
from preau.people import actions
from preau.people.models import MailCode
from preau.people.queries import last_code, phone_of

LEAD = _(
    "Ce n’est pas obligatoire. Un SMS dit qu’un message vous attend, jamais ce qu’il y a dedans, si vous n’avez ni "
    "courriel ni notification, ou si c’est urgent. Il vous rend aussi un mot de passe perdu. La Ville paie le SMS."
)
CONFIRMED = _("Votre portable est confirmé. Préau seul le lit, et y écrit ce qui vous attend.")
FORGOTTEN = _("Votre numéro est effacé\u00a0: rien de ce qui vous attend n’y sera plus envoyé.")
LEAVING = _("Un SMS part vers %(number)s. D’ici là, rien d’autre n’y est envoyé.")


@signed_in("GET", "POST", is_family=True)
def phone(request):
    """The strongest factor is asked again first (trust.md 9): a number gives a lost password back."""
    if not phone_of(request.user):  # who has one may always erase it
        require(rules.can_give_phone(request.person, localdate()))
    return _phone_form(request)


@reauthentication_required
def _phone_form(request):
    kept = phone_of(request.user)
    may_give = rules.can_give_phone(request.person, localdate())
    form = forms.PhoneForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(may_give)

    def write(number):
        city = queries.city_that_texts(request.person, localdate())
        return actions.set_phone(account=request.user, number=number, city=city, person=request.person, now=now())

    if submit(request, form, write):
        return redirect("notify:phone_code")
    return form_page(
        request,
        form,
        template="notify/phone.html",
        title=_("Où vous prévenir par SMS"),
        eyebrow=_("Mon compte"),
        lead=LEAD if may_give else may_give.reason,
        button=_("Recevoir un code par SMS"),
        back=reverse("account_home"),
        kept=kept,
        may_give=may_give,
    )


@signed_in("GET", "POST", is_family=True)
def phone_code(request):
    """The six figures that the telephone received, typed here."""
    kept = phone_of(request.user)
    if kept is None or kept.confirmed_at:
        return redirect("account_home")
    require(rules.can_give_phone(request.person, localdate()))
    form = forms.PhoneCodeForm(request.POST if request.method == "POST" else None)
    code = last_code(request.user, MailCode.Purpose.PHONE)

    def confirm(typed):
        return actions.confirm_phone(account=request.user, code=code, typed=typed, person=request.person, now=now())

    if submit(request, form, lambda code: confirm(code)):
        messages.success(request, gettext(CONFIRMED))
        return redirect("account_home")
    return form_page(
        request,
        form,
        title=_("Écrivez le code reçu"),
        eyebrow=_("Mon compte"),
        lead=format_html(gettext(LEAVING).replace("%(number)s", "{}"), typed(kept.shown)),
        button=_("Confirmer ce numéro"),
        back=reverse("notify:phone"),
    )


@signed_in("POST", is_family=True)
def phone_end(request):
    """One press."""
    press(
        request,
        lambda: actions.forget_phone(account=request.user, person=request.person, now=now()),
        gettext(FORGOTTEN),
    )
    return redirect("account_home")
