"""How a view says who may reach it, and the few ways it answers."""

from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponseRedirect
from django.views.decorators.http import require_http_methods


def public(*methods):
    """Marks a view open to anyone on purpose. `@public()` answers GET; `@public("GET", "POST")` both."""

    def mark(view):
        view = require_http_methods(_methods(methods))(view)
        view.access = "public"
        view.methods = _methods(methods)
        return view

    return mark


def signed_in(*methods):
    """Marks a view for a signed-in person; anyone else is sent to the sign-in page and comes back after.

    The view still asks its room's rules: first the visible set (404), then the rule (403).
    """

    def mark(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if request.person is None:
                return HttpResponseRedirect(f"{_sign_in_url()}?{urlencode({'next': request.get_full_path()})}")
            return view(request, *args, **kwargs)

        guarded = require_http_methods(_methods(methods))(guarded)
        guarded.access = "signed_in"
        guarded.methods = _methods(methods)
        return guarded

    return mark


def _methods(methods):
    methods = list(methods or ["GET"])
    return [*methods, "HEAD"] if "GET" in methods else methods


def _sign_in_url():
    from django.urls import reverse

    return reverse(settings.LOGIN_URL)
