"""Errors say what happened and what to do, never why in code."""

from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request, exception=None):
    return render(request, "web/errors/400.html", status=400)


def forbidden(request, exception=None):
    """403 with its reason, for someone who may know the thing exists."""
    return render(request, "web/errors/403.html", {"reason": getattr(exception, "reason", "")}, status=403)


def not_found(request, exception=None):
    """The same page whether the thing does not exist or is not theirs to see."""
    return render(request, "web/errors/404.html", status=404)


def server_error(request):
    """Asks nothing of the base or of the session: they may be what failed."""
    return HttpResponseServerError(render_to_string("web/errors/500.html"))


def csrf_failure(request, reason=""):
    """The page stayed open too long: nothing is lost, it is to be sent again."""
    return render(request, "web/errors/csrf.html", status=403)
