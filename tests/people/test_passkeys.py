"""A passkey, with the browser's own virtual authenticator: added, used at the door, removed."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import NoReverseMatch, reverse

from tests.browser import assert_accessible, assert_says, open_page
from tests.people.door import PASSWORD, give_password, give_totp, totp


def test_without_https_no_passkey_is_offered(client, world):
    with pytest.raises(NoReverseMatch):
        reverse("mfa_add_webauthn")
    world.sign_in(client, "head")
    assert "Clés d’accès" not in client.get("/mon-compte/").content.decode()
    assert client.get("/mon-compte/cles/").status_code == 404


@pytest.fixture
def over_https(settings):
    settings.ROOT_URLCONF = "tests.people.urls_https"
    settings.MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # localhost is as good as https to a browser


def plug_key(page):
    """A key that answers by itself."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "usb", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_passkey_is_added_used_and_removed(over_https, browser, live_server, world):
    head = give_password(world.account("head"))
    give_totp(head)
    page = open_page(browser, live_server, "/entrer/")
    plug_key(page)
    enter_password(page, head)
    page.fill("#id_code", totp())
    page.click("main button:has-text('Entrer')")
    page.wait_for_url("**/aujourdhui/")

    page.goto("/mon-compte/")
    page.click("text=Clés d’accès >> xpath=ancestor::li >> text=Voir")
    assert_accessible(page, "mfa/webauthn/authenticator_list.html")
    page.click("text=Ajouter une clé d’accès")
    assert_accessible(page, "mfa/webauthn/add_form.html")
    page.fill("#id_name", "ordinateur de l’école")
    page.click("text=Ajouter cette clé")
    page.wait_for_url(lambda url: "nouvelle" not in url)
    assert Authenticator.objects.filter(user=head, type="webauthn").count() == 1

    page.context.clear_cookies()
    page.goto("/entrer/")
    enter_password(page, head)
    assert_accessible(page, "mfa/authenticate.html")
    page.click("text=Prendre ma clé d’accès")
    page.wait_for_url("**/aujourdhui/")

    page.goto("/mon-compte/cles/")
    assert_says(page, "ordinateur de l’école")
    page.goto("/entrer/confirmer/cle/")
    assert_accessible(page, "mfa/webauthn/reauthenticate.html")
    page.goto("/mon-compte/cles/")
    page.click("text=Retirer cette clé")
    assert_accessible(page, "mfa/webauthn/authenticator_confirm_delete.html")
    page.click("main button:has-text('Retirer cette clé')")
    page.wait_for_url("**/mon-compte/cles/")
    assert not Authenticator.objects.filter(user=head, type="webauthn").exists()


def enter_password(page, account):
    page.fill("#id_login", account.identifier)
    page.fill("#id_password", PASSWORD)
    page.click("main button:has-text('Entrer')")
