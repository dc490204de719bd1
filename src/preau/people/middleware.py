"""Who is asking: a live session's account, its person, and whether the second factor still stands before them."""

from functools import partial
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from preau.people import actions, kept, known_devices, languages, sessions
from preau.people.models import PupilEntry
from preau.people.queries import has_second_factor
from preau.people.queries.entries import PUPIL_COOKIE, pupil_entry_of
from preau.people.sessions import owes_device_code, owes_second_factor, second_factor_url


class CurrentPerson:
    """Gives views `request.person` (or None). Read lazily: a public page asks nothing of the base.

    Someone who owes a second factor is nobody yet: only the pages that lead to it know them.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.__class__.person = property(_person)
        found = request.user
        request.user = SimpleLazyObject(lambda: _live(request, found))
        request.left_at = lambda: kept.left_at(request)
        request.has_shown_factor = lambda: sessions.passed_second_factor(request.session)
        request.ask_factor = partial(ask_factor, request)
        request.keep_pupil_key = partial(setattr, request, "_pupil_key")  # of a PupilEntry; « » forgets it
        request.network = partial(sessions.network_of, request)
        request.device_name = partial(sessions.device_name, request.META.get("HTTP_USER_AGENT", ""))
        response = self.get_response(request)
        known_devices.write(request, response)
        _write_pupil_key(request, response)
        if getattr(request, "_session_is_live", False):
            kept.keep_left(request, response)
            sessions.keep_alive(request)
        return response

    def process_view(self, request, view, args, kwargs):
        """Sends to the second factor whoever owes it, before any page that is not public."""
        _let_pupil_in(request, view)
        speak_as_read(request, view)
        if getattr(view, "access", "") == "public" or getattr(view, "before_new_device", False):
            return None
        if hasattr(request, "pupil_entry"):
            return None
        if not request.user.is_authenticated:
            silent = getattr(request, "_went_silent", None)
            request.is_kept = request.method == "POST" and silent is not None and kept.keep(request, view, silent)
            return None if request.is_kept else kept.shown_to_nobody(request, view)
        if not owes_second_factor(request):
            return kept.give_back(request, view, args, kwargs)
        # Whoever has only a password, on a device never seen, may not set up a telephone of their own.
        if owes_device_code(request) or not getattr(view, "before_second_factor", False):
            return HttpResponseRedirect(_to_factor(request))
        return None


class ReadingLanguage:
    """A family's page (`is_family` on its view) speaks the language that its reader chose, at the door the one that the
    device was asked for; every other page, French. `CurrentPerson` says it, as it may answer in the page's place.

    French and the time zone are set for each request, though both are the defaults: Django reads what is set in 2 µs
    and takes 12 to find that nothing is, up to two hundred times a page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        languages.speak(languages.FRENCH)
        timezone.activate(timezone.get_default_timezone())
        try:
            response = self.get_response(request)
            languages.write_on_device(request, response)
            return response
        finally:
            translation.deactivate()
            timezone.deactivate()


def speak_as_read(request, view):
    """A family's page in the language of who asks for it; nothing changes for another."""
    if getattr(view, "is_family", False):
        languages.speak(_read_by(request))


def spoken_to_reader(request):
    """Context manager: a page that says what went wrong, in the language of who asks, whatever was asked."""
    return languages.spoken(_read_by(request))


def _read_by(request):
    if request.person:
        return languages.language_of(request.person)
    known = request.user.person if request.user.is_authenticated else None  # who still owes a code
    return languages.of_device(request) or (languages.language_of(known) if known else "")


def ask_factor(request, why, **context):
    """The page that says why a second factor comes first, and leads to it, then back: what was typed waits there."""
    context |= {"why": why, "factor_url": _to_factor(request), "has_factor": has_second_factor(request.user)}
    return render(request, "people/factor_first.html", context, status=403)


def _to_factor(request):
    is_back = request.method == "GET" or (not owes_device_code(request) and kept.keep_asked(request))
    return f"{second_factor_url(request)}?{urlencode({'next': request.get_full_path() if is_back else '/'})}"


def _live(request, found):
    """The account when its session is live; else nobody, and the session is closed."""
    request._person_read = True
    if not found.is_authenticated:
        return AnonymousUser()
    if sessions.is_live(request, found):
        request._session_is_live = True
        return found
    waiting = request.session.get(kept.KEPT)
    request.session.flush()
    if waiting and request.method == "POST":  # beside what this request sends too late
        request.session[kept.KEPT] = waiting
        request.session.set_expiry(kept.LASTS)
    request._went_silent = found
    return AnonymousUser()


def _person(request):
    if not hasattr(request, "_person"):
        request._person_read = True
        account = request.user
        known = account.is_authenticated and not owes_second_factor(request)
        request._person = account.person if known else None
        if request._person and request.method in ("GET", "HEAD"):  # a page that writes nothing reads the same twice
            request._person.read_once = {}
    return request._person


def _let_pupil_in(request, view):
    """A pupil without account is the person of the request on the views that take them, `for_pupils=` of
    kit.views.signed_in, and nobody on any other (trust.md P5, T33)."""
    key, ways = request.COOKIES.get(PUPIL_COOKIE), getattr(view, "for_pupils", ())
    if key and ways and not request.user.is_authenticated:
        entry = pupil_entry_of(key, ways, timezone.now())
        if entry:
            request.pupil_entry, request._person = entry, entry.pupil
            request._person_read = True
            if request.method in ("GET", "HEAD"):
                entry.pupil.read_once = {}


def _write_pupil_key(request, response):
    """Sets or forgets the cookie, and notes at most every minute that the pupil is there."""
    key = getattr(request, "_pupil_key", None)
    if key:
        response.set_cookie(PUPIL_COOKIE, key, secure=settings.HTTPS, httponly=True, samesite="Lax")
    elif key == "":
        response.delete_cookie(PUPIL_COOKIE, samesite="Lax")
    entry = getattr(request, "pupil_entry", None)
    if entry and timezone.now() - entry.seen_at >= PupilEntry.TOUCHED_EVERY:
        sessions.touch_briefly(actions.touch_pupil_entry, entry_id=entry.pk, now=timezone.now())
