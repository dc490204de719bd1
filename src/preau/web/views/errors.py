"""Errors say what happened and what to do, never why in code, in the language of who reads them."""

import sys

from django.http import HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.timezone import now

from preau.kit import pauses
from preau.kit.spoken import other_language
from preau.kit.views import door_url, is_from_here, sent_from
from preau.people import languages
from preau.people.kept import sent_again, written_in
from preau.people.middleware import speak_as_read, spoken_to_reader
from preau.people.models import PupilEntry
from preau.people.queries.entries import PUPIL_COOKIE, pupil_entry_of


def bad_request(request, exception=None):
    """It may come before one knows who asks: the language spoken stays."""
    return render(request, "web/errors/400.html", status=400)


def forbidden(request, exception=None):
    """403 with its reason, for someone who may know the thing exists; what they had written comes back with it."""
    context = {"reason": getattr(exception, "reason", ""), "written": written_in(request)}
    with spoken_to_reader(request):
        request.is_pupil_in = _is_pupil_in(request)
        return render(request, "web/errors/403.html", context, status=403)


def not_found(request, exception=None):
    """The same page whether the thing does not exist or is not theirs to see."""
    with spoken_to_reader(request):
        request.is_pupil_in = _is_pupil_in(request)
        return render(request, "web/errors/404.html", status=404)


def _is_pupil_in(request):
    """« Tu » to a pupil in by a card, who is the person of no other page; nothing is asked without their cookie."""
    key = request.COOKIES.get(PUPIL_COOKIE)
    if not key or getattr(request, "person", None) and not hasattr(request, "pupil_entry"):
        return False
    return pupil_entry_of(key, PupilEntry.Way.values, now()) is not None


def server_error(request):
    """Asks nothing of the base or of the session: they may be what failed, before one knew which language to speak.
    Answered there, nothing after it puts French back for the next request of this thread."""
    failure = sys.exc_info()[1]
    with languages.spoken(other_language() or languages.of_device(request)):
        if pauses.is_pause(failure) or pauses.is_full(failure):
            return base_away(request, is_full=pauses.is_full(failure))
        return HttpResponseServerError(render_to_string("web/errors/500.html"))


def base_away(request, is_full=False):
    """A page asked for comes back by itself, without script, unless a disk is full. A form sent comes back in a button
    that sends it again; its files are to be chosen again, and forms that carry secrets are to be typed again."""
    again = sent_again(request) if is_from_here(request) else None
    context = {
        "again": again, "is_form": request.method == "POST", "onward": sent_from(request),
        "is_full": is_full,
        "token": request.POST.get("csrfmiddlewaretoken", ""),  # the one sent: nobody is given one here
    }  # fmt: skip
    headers = {"Retry-After": "10", "Cache-Control": "no-store"}
    if request.method == "GET" and not is_full:
        headers["Refresh"] = "10"
    page = render_to_string("web/errors/503.html", context)
    return HttpResponse(page, status=507 if is_full else 503, headers=headers)


def csrf_failure(request, reason=""):
    """The page stayed open too long, or its account entered again in another tab: nothing is lost, it is to be sent
    again. What another site would have us say is not shown. In the language of the page that was open."""
    asked = getattr(request.resolver_match, "func", None)
    speak_as_read(request, asked)
    must_enter = getattr(asked, "access", "") == "signed_in" and request.person is None
    back = sent_from(request)
    written = written_in(request) if is_from_here(request) else []
    context = {"written": written, "must_enter": must_enter, "onward": door_url(back) if must_enter else back}
    response = render(request, "web/errors/csrf.html", context, status=403)
    response.headers["Cache-Control"] = "no-store"
    return response
