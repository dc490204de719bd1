"""The way in and out. allauth's views at our addresses; only those that Préau uses exist."""

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.utils import is_mfa_enabled
from django.utils.timezone import localdate

from preau.kit.answers import require
from preau.kit.views import public, signed_in
from preau.people import queries, rules, sessions

AFTER = "after_second_factor"


def before_second_factor(view):
    """Marks a page that someone who still owes a second factor may see: it leads to it."""
    view.before_second_factor = True
    return view


def known(*methods, **more):
    """For a library's view: an account is there, even when the second factor is still owed."""

    def mark(view):
        guarded = public(*methods, **more)(view)
        guarded.access = "signed_in"
        return before_second_factor(guarded)

    return mark


def before_new_device(view):
    """Marks the page that admits a device: the only one for who has shown no more than a password there."""
    view.before_new_device = True
    return view


class FactorPage:
    """A page of allauth that says what goes with the reader: whether their role asks for a second factor."""

    def get_context_data(self, **kwargs):
        needs_factor = queries.needs_second_factor(self.request.user.person, localdate())
        return super().get_context_data(needs_factor=needs_factor, **kwargs)


class SetUpFactorView(FactorPage, totp.ActivateTOTPView):
    """A telephone learns the secret. Its first code opens what was closed until then, in a session of a new id."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            require(rules.can_set_up_factor(request.user.person, localdate()))
            if request.GET.get("next"):
                request.session[AFTER] = request.GET["next"]
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="totp")
        self.request.session.cycle_key()
        return response


class RemoveFactorView(FactorPage, totp.DeactivateTOTPView):
    """The old telephone goes; with no factor left, this session has shown none and the next one is set at once."""

    def form_valid(self, form):
        response = super().form_valid(form)
        if not is_mfa_enabled(self.request.user):
            sessions.forget_second_factor(self.request.session)
        return response


class RecoveryCodesView(recovery.ViewRecoveryCodesView):
    """The codes of a lost telephone, to print; then on to where one was going."""

    def get_context_data(self, **kwargs):
        onward = self.request.session.get(AFTER, "/")
        safe = onward if get_adapter().is_safe_url(onward) else "/"
        return super().get_context_data(onward=safe, **kwargs)


sign_in = public("GET", "POST", is_family=True)(account.login)
sign_out = public("GET", "POST", is_family=True)(account.logout)
closed = public(is_family=True)(account.account_inactive)
second_factor = public("GET", "POST", is_family=True)(mfa.authenticate)
confirm_password = known("GET", "POST", is_family=True)(account.reauthenticate)
confirm_factor = known("GET", "POST", is_family=True)(mfa.reauthenticate)
set_up_factor = known("GET", "POST", is_family=True)(SetUpFactorView.as_view())
recovery_codes = known("GET", is_family=True)(RecoveryCodesView.as_view())
new_recovery_codes = signed_in("GET", "POST", is_family=True)(recovery.generate_recovery_codes)
remove_factor = signed_in("GET", "POST", is_family=True)(RemoveFactorView.as_view())
change_password = signed_in("GET", "POST", is_family=True)(account.password_change)
