"""What was being sent when the session had gone silent, or as a page was left and refused: given back to the same
account alone; what else was refused, given back at once.

It waits in the browser's own session, sealed, one text per address, half an hour at most after a silence, a day after a
page left; people's own pages keep nothing (passwords, codes).
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from preau.kit.seals import seal, unseal
from preau.kit.views import door_url, sent_from

KEPT = "kept_writing"
LASTS = 30 * 60  # seconds
LEFT_LASTS = 24 * 3600
MOST_BYTES = 60_000  # of all that waits: the session is read whole
NOT_TYPED = ("csrfmiddlewaretoken", "version", "edition")
NEVER = ("preau.people", "allauth.")  # rooms whose forms carry secrets
SECRET_NAMES = ("pass", "secret", "code", "token", "key")  # nor a field so named, wherever it is
NOT_SECRET = ("postcode",)
SAID = _("La session s’était fermée. Votre texte est là\u00a0: relisez-le, puis envoyez-le, rien n’est encore parti.")
SAID_ASKED = _("C’est bien vous. Votre texte est là\u00a0: relisez-le, puis envoyez-le, rien n’est encore parti.")
SAID_LEFT = _("Ce texte n’a pas pu être enregistré quand vous avez quitté la page. Relisez-le, puis enregistrez.")


@dataclass(frozen=True)
class Kept:
    """A form sent too late: where to, by which account, its fields as sent; `had_files` are to be chosen again. Not
    `is_whole`: fields that may carry secrets were left out, and sending the rest would empty them."""

    path: str
    account: str
    body: str
    had_files: bool
    until: float
    was_left: bool = False
    was_asked: bool = False  # a second factor is to be shown first
    is_whole: bool = True

    @property
    def fields(self) -> list[tuple[str, str]]:
        """(name, value) in the order sent, without the token of the closed session."""
        lists = QueryDict(self.body).lists()
        return [(name, value) for name, values in lists for value in values if name != NOT_TYPED[0]]

    @property
    def filled(self) -> list[str]:
        """What the person gave, were it a date."""
        return [value for name, value in self.fields if value.strip() and name not in NOT_TYPED]

    @property
    def until_at(self) -> datetime:
        """Local."""
        return timezone.localtime(datetime.fromtimestamp(self.until, UTC))

    @property
    def texts(self) -> list[str]:
        """What was written, as opposed to chosen."""
        return [value for value in self.filled if len(value.split()) > 1]


def written_in(request) -> list[str]:
    """What was written in a form that was refused; nothing of the forms that carry secrets."""
    sent = sent_again(request)
    return sent.texts if sent else []


def sent_again(request) -> Kept | None:
    """A form that was sent, for the page that answers it alone to show or to send again: its fields without secrets;
    None for the forms that carry them."""
    match = request.resolver_match
    if request.method != "POST" or match is None or match.func.__module__.startswith(NEVER):
        return None
    fields = QueryDict(mutable=True)
    for name, values in request.POST.lists():
        if name.endswith(NOT_SECRET) or not any(word in name for word in SECRET_NAMES):
            fields.setlist(name, values)
    is_whole = fields.keys() >= request.POST.keys() - {NOT_TYPED[0]}
    return Kept(request.get_full_path(), "", fields.urlencode(), bool(request.FILES), 0, is_whole=is_whole)


def shown_to_nobody(request, view):
    """The page that says that nothing was sent, and gives a text back, when an account went out in another tab, from
    afar or with its cookie.

    Nothing is kept, as nobody says whose it is: the answer shows it to the browser that sent it. None for an act in
    which nothing was given.
    """
    if getattr(view, "access", "") != "signed_in" or request.headers.get("HX-Request") == "true":
        return None
    sent = sent_again(request)
    if not sent or not sent.filled:
        return None
    context = {"written": sent.texts, "door": door_url(sent_from(request))}
    response = render(request, "people/signed_out_writing.html", context, status=403)
    response.headers["Cache-Control"] = "no-store"
    return response


def keep(request, view, account) -> bool:
    """Keeps a form sent by an account whose session is over; False when nothing was given in it."""
    if not _keep(request, view, account, LASTS):
        return False
    request.session.set_expiry(LASTS)
    return True


def keep_asked(request) -> bool:
    """Keeps a form sent by who must show a second factor before; False when nothing was given in it."""
    sent = request.method == "POST"
    return sent and _keep(request, request.resolver_match.func, request.user, LASTS, was_asked=True)


def keep_left(request, response) -> None:
    """Keeps what a page sent as it was left (`X-Leaving`) and nobody read the refusal of: another had saved first, or
    filed what was still being written."""
    if request.method == "POST" and "X-Leaving" in request.headers and response.status_code in (403, 422):
        _keep(request, request.resolver_match.func, request.user, LEFT_LASTS, was_left=True)


def _keep(request, view, account, lasts, **more) -> bool:
    body = request.POST.urlencode()
    if getattr(view, "access", "") != "signed_in" or view.__module__.startswith(NEVER) or len(body) > MOST_BYTES:
        return False
    until = timezone.now().timestamp() + lasts
    kept = Kept(request.get_full_path(), str(account.pk), body, bool(request.FILES), until, **more)
    if kept.filled:
        others = [each for each in _waiting(request, account) if each.path != kept.path]
        while sum(len(each.body) for each in others) + len(body) > MOST_BYTES:
            others.pop(0)
        _write(request, [*others, kept])
    return bool(kept.filled)


def _waiting(request, account) -> list[Kept]:
    """What waits for this account, the oldest first; what is another's, or too old, is dropped."""
    tokens = request.session.get(KEPT, [])
    found = [Kept(**json.loads(text)) for text in map(unseal, tokens) if text]
    now = timezone.now().timestamp()
    lasting = [kept for kept in found if kept.account == str(account.pk) and now <= kept.until]
    if len(lasting) != len(tokens):
        _write(request, lasting)
    return lasting


def _write(request, found) -> None:
    request.session[KEPT] = [seal(json.dumps(kept.__dict__)) for kept in found]
    if not found:
        del request.session[KEPT]


def left_at(request) -> list[str]:
    """The addresses where what was left waits for this account, the oldest first."""
    return [kept.path for kept in _waiting(request, request.user) if kept.was_left]


def kept_for(request) -> Kept | None:
    """What waits for this account at this address."""
    path = request.get_full_path()
    return next((kept for kept in _waiting(request, request.user) if kept.path == path), None)


def forget(request) -> None:
    """What waits at this address waits no more."""
    path = request.get_full_path()
    _write(request, [kept for kept in _waiting(request, request.user) if kept.path != path])


def give_back(request, view, args, kwargs):
    """The page asked for, its form filled with what waits; else, for an address without a form, a page that shows it.

    None when nothing waits. The method stays GET: a bound form is drawn, and nothing is written.
    """
    kept = kept_for(request)
    if kept is None:
        return None
    if request.method != "GET":
        forget(request)
        return None
    if kept.was_asked and not request.has_shown_factor():
        return None  # the page asks for it once more, and the text waits
    request._post = QueryDict(kept.body)
    messages.warning(request, gettext(SAID_LEFT if kept.was_left else SAID_ASKED if kept.was_asked else SAID))
    try:
        response = view(request, *args, **kwargs)
    except PermissionDenied as refused:
        # Filed or closed meanwhile: it is shown to be copied, and waits still, as the file may be opened again.
        return _shown_alone(request, kept, status=403, reason=getattr(refused, "reason", ""))
    request._post = QueryDict()
    if response.status_code in (200, 422) and _shows(response, kept):
        response.status_code = 200
        return response
    forget(request)
    return _shown_alone(request, kept)


def _shown_alone(request, kept, status=200, **more):
    list(messages.get_messages(request))  # what this page says in its own words
    context = {"kept": kept, "refused": status == 403, "messages": (), **more}
    return render(request, "people/kept_writing.html", context, status=status)


def _shows(response, kept):
    if getattr(response, "streaming", False):
        return False
    page = " ".join(unescape(response.content.decode()).split())
    return all(" ".join(text.split()) in page for text in kept.texts)
