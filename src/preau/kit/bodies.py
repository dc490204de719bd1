"""How much a request may send, decided on its headers before its body is read."""

from http.cookies import CookieError, SimpleCookie
from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.urls import Resolver404, resolve

KB, MB = 1024, 1024 * 1024
ANYONE = 64 * KB  # a long text fits; asked of nobody, so nothing is read in the base for it
SIGNED_IN = 5 * MB  # settings.DATA_UPLOAD_MAX_MEMORY_SIZE: the largest form without a file
FILE = 20 * MB  # a photo, a PDF, a table: what their forms take of each
FIRST_SECONDS = 20  # to send a body; more for each that came, BODY_SECONDS at most
SMALL_PER_SECOND = 4 * KB  # of its first 64 KB: any line sends a text
REFUSED = "preau.refused"  # the key of the WSGI environment that holds the status, for web.middleware.RefusedBody


def of_files(count) -> int:
    """The most bytes that a view receiving this many files accepts, its other fields included."""
    return count * FILE + ANYONE


def seconds_for(size) -> float:
    """How many seconds beyond FIRST_SECONDS a body may take, given the bytes already received."""
    small = min(size, ANYONE)
    return small / SMALL_PER_SECOND + (size - small) / (settings.BODY_KB_PER_SECOND * KB)


def most_bytes(environ) -> int:
    """The largest body taken at this address from whoever asks: a view that takes files says how much (`takes=`)."""
    try:
        view = resolve(environ["PATH_INFO"].encode("latin-1").decode(errors="replace")).func
    except Resolver404:
        return ANYONE
    takes, header = getattr(view, "takes", SIGNED_IN), environ.get("HTTP_COOKIE", "")
    if getattr(view, "access", "") == "public":
        return getattr(view, "takes", ANYONE)
    knows = getattr(view, "knows", None)  # who comes without an account
    return takes if _is_signed_in(header) or (knows and knows(_cookies(header))) else ANYONE


def _is_signed_in(header) -> bool:
    """Whether the cookie is a session that an account opened. What it may do is asked later, by the view."""
    cookie = _cookies(header).get(settings.SESSION_COOKIE_NAME)
    store = import_module(settings.SESSION_ENGINE).SessionStore
    return cookie is not None and SESSION_KEY in store(cookie)


def _cookies(header) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}
