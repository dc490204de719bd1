"""allauth's doors, set for people who were given an account: no open sign-up, no e-mail needed."""

import logging
import time
from functools import partial
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from preau.kit import pauses
from preau.kit.seals import seal, unseal
from preau.people import actions, known_devices, queries, sessions, ways
from preau.people.models import Account, RefusedEntry
from preau.people.queries.identifiers import identifier_meant, tried
from preau.people.sessions import owes_second_factor, second_factor_url
from preau.people.texts import ERRORS, MESSAGES

logger = logging.getLogger("preau.people")


def throttle(what: str, *, spray_of: str | None = None, **where) -> None:
    """Counts a try, or answers the sentence that says how long to wait. If the base cannot count, nobody enters.

    `spray_of`: the network, where an account is looked for among many."""
    now = timezone.now()
    try:
        if spray_of:
            actions.hear_network(network=spray_of, now=now, is_known=where["is_known"])
        actions.count_try(what=what, now=now, **where)
    except actions.Locked as locked:
        raise ValidationError(locked.reason, code="locked") from None
    except DatabaseError as failure:
        logger.exception("sign-in refused: tries cannot be counted")
        code = "full" if pauses.is_full(failure) else "uncounted"
        raise ValidationError(ERRORS[code], code=code) from None


def _note_refused(request, account, why):
    device = sessions.device_name(request.META.get("HTTP_USER_AGENT", ""))
    actions.note_refused(
        account=account, why=why, device=device, network=sessions.network_of(request), now=timezone.now()
    )


def note_wrong_code(account) -> None:
    """The password was right, the code that goes with it was not."""
    _note_refused(context.request, account, RefusedEntry.Why.CODE)


def _tried(credentials) -> str:
    return f"account {tried(credentials.get('username', ''))}"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from connection sheets only; each entry is counted, journalled, and comes by a declared way."""

    error_messages = {**DefaultAccountAdapter.error_messages, **ERRORS}

    def is_open_for_signup(self, request):
        return False

    def pre_authenticate(self, request, **credentials):
        identifier, network = credentials.get("username", "").casefold(), sessions.network_of(request)
        is_known = partial(queries.is_known_network, identifier, network, timezone.now())
        throttle(_tried(credentials), network=network, is_known=is_known, spray_of=network)

    def authenticate(self, request, **credentials):
        if username := credentials.get("username"):
            credentials["username"] = identifier_meant(username.casefold())
        account = super().authenticate(request, **credentials)
        if account:
            actions.forgive(what=_tried(credentials), network=sessions.network_of(request))
        return account

    def authentication_failed(self, request, **credentials):
        network = sessions.network_of(request)
        if network:
            actions.count_account(what=_tried(credentials), network=network, now=timezone.now())
        account = Account.objects.filter(identifier=credentials.get("username", "").casefold()).first()
        if account:
            _note_refused(request, account, RefusedEntry.Why.PASSWORD)

    def respond_user_inactive(self, request, user):
        _note_refused(request, user, RefusedEntry.Why.CLOSED)
        return super().respond_user_inactive(request, user)

    def login(self, request, user):
        way = ways.way_of(request.resolver_match.url_name)
        super().login(request, user)
        request.__dict__.pop("_person", None)
        if network := sessions.network_of(request):
            actions.settle_account(account=user, network=network, now=timezone.now())
        if line := sessions.open_session(request, user, way):
            messages.warning(request, line)

    def logout(self, request):
        kept = request.session.get(sessions.STAMP)
        super().logout(request)
        if kept:
            actions.end_sign_in(sign_in_id=kept["id"], now=timezone.now())

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        if owes_second_factor(request) and response.url != second_factor_url(request):
            return HttpResponseRedirect(f"{second_factor_url(request)}?{urlencode({'next': response.url})}")
        return response

    def get_login_redirect_url(self, request):
        """Home; or the second factor, for who left before showing it and comes back to the door."""
        if request.user.is_authenticated and owes_second_factor(request):
            return second_factor_url(request)
        return super().get_login_redirect_url(request)

    def is_safe_url(self, url):
        """Stays home: a path of this site, nothing that a browser could read as another host."""
        plain = bool(url) and url.startswith("/") and not url.startswith(("//", "/\\"))
        return plain and not any(sign in url for sign in "\\\t\r\n\0") and super().is_safe_url(url)

    def set_password(self, user, password):
        """The other sessions end with the old password."""
        request, now = context.request, timezone.now()
        actions.set_password(account=user, password=password, person=user.person, now=now)
        actions.end_sessions(account=user, now=now, except_key=request.session.session_key)
        known_devices.keep(request, user)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """A sentence of ours, to an address that was confirmed; allauth's own mails are not used."""
        change = template_prefix.rpartition("/")[2]
        actions.note_change(account=user, change=change, now=timezone.now())

    def get_password_change_redirect_url(self, request):
        return reverse("account_home")

    def get_reauthentication_methods(self, user):
        """With a second factor, it is the one that is asked again (trust.md 9)."""
        methods = super().get_reauthentication_methods(user)
        strong = [method for method in methods if method["id"].startswith("mfa")]
        return strong or methods

    def is_reauthentication_required(self, *, app, **kwargs):
        """Not within five minutes of having shown the strongest factor one has."""
        request = context.request
        wanted = "mfa" if queries.has_second_factor(request.user) else "password"
        oldest = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        records = get_authentication_records(request, request.user)
        return not any(record["method"] == wanted and record["at"] > oldest for record in records)

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        """Only what the page itself does not already show."""
        said = message or MESSAGES.get(message_template)
        if said:
            messages.add_message(request, level, gettext(said), extra_tags=extra_tags)


class MfaAdapter(DefaultMFAAdapter):
    """The second factor in French, its secret sealed with the server's key."""

    error_messages = {**DefaultMFAAdapter.error_messages, **ERRORS}

    def generate_authenticator_name(self, user, type):
        return "Ma clé d’accès"

    def encrypt(self, text):
        return seal(text)

    def decrypt(self, encrypted_text):
        return unseal(encrypted_text)
