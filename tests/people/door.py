"""What a browser does at the door, for the tests of people."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.utils import timezone

from preau.people import actions

PASSWORD = "quatre chaises bleues au soleil"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def give_password(account, password=PASSWORD):
    account.set_password(password)
    account.save(update_fields=["password"])
    return account


def sign_in(client, identifier, password=PASSWORD, **more):
    return client.post("/entrer/", {"login": identifier, "password": password, **more})


def totp(secret=SECRET, at=None):
    """The code an application shows for this secret."""
    return format_hotp_value(hotp_value(secret, int(at or time.time()) // 30))


def give_totp(account, secret=SECRET):
    actions.set_totp(account=account, secret=secret, now=timezone.now())


def draw(person):
    """A new sheet's secret for this person."""
    return actions.issue_activation_codes(persons=[person], person=None, now=timezone.now())[person.id]
