"""Passkeys: allauth's views, offered when Préau is served over https."""

from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn import views as webauthn

from preau.kit.views import signed_in
from preau.people import sessions
from preau.people.views.door import known


class RemoveKeyView(webauthn.RemoveWebAuthnView):
    """With no factor left, what was shown with this key counts no longer."""

    def form_valid(self, form):
        response = super().form_valid(form)
        if not is_mfa_enabled(self.request.user):
            sessions.forget_second_factor(self.request.session)
        return response


keys = signed_in("GET", is_family=True)(webauthn.list_webauthn)
add_key = signed_in("GET", "POST", is_family=True)(webauthn.add_webauthn)
remove_key = signed_in("GET", "POST", is_family=True)(RemoveKeyView.as_view())
confirm_key = known("GET", "POST", is_family=True)(webauthn.reauthenticate_webauthn)
