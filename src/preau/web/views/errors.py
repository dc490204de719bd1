"""Errors say what happened and what to do, never why in code."""

from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

from preau.kit.views import door_url, is_from_here, sent_from
from preau.people.kept import written_in


def bad_request(request, exception=None):
    return render(request, "web/errors/400.html", status=400)


def forbidden(request, exception=None):
    """403 with its reason, for someone who may know the thing exists; what they had written comes back with it."""
    context = {"reason": getattr(exception, "reason", ""), "written": written_in(request)}
    return render(request, "web/errors/403.html", context, status=403)


def not_found(request, exception=None):
    """The same page whether the thing does not exist or is not theirs to see."""
    return render(request, "web/errors/404.html", status=404)


def server_error(request):
    """Asks nothing of the base or of the session: they may be what failed."""
    return HttpResponseServerError(render_to_string("web/errors/500.html"))


def csrf_failure(request, reason=""):
    """The page stayed open too long, or its account entered again in another tab: nothing is lost, it is to be sent
    again. What another site would have us say is not shown."""
    asked = getattr(request.resolver_match, "func", None)
    must_enter = getattr(asked, "access", "") == "signed_in" and request.person is None
    back = sent_from(request)
    written = written_in(request) if is_from_here(request) else []
    context = {"written": written, "must_enter": must_enter, "onward": door_url(back) if must_enter else back}
    response = render(request, "web/errors/csrf.html", context, status=403)
    response.headers["Cache-Control"] = "no-store"
    return response
