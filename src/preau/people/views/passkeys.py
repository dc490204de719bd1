"""Passkeys: allauth's views, offered when Préau is served over https."""

from allauth.mfa.webauthn import views as webauthn

from preau.kit.views import signed_in
from preau.people.views.door import known

keys = signed_in("GET")(webauthn.list_webauthn)
add_key = signed_in("GET", "POST")(webauthn.add_webauthn)
remove_key = signed_in("GET", "POST")(webauthn.remove_webauthn)
confirm_key = known("GET", "POST")(webauthn.reauthenticate_webauthn)
