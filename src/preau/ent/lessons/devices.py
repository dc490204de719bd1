"""How a request says which device of a session it comes from: a cookie that only the server writes."""

from functools import wraps

from django.conf import settings
from django.shortcuts import redirect
from django.utils.timezone import now

from preau.ent.lessons import queries, screens
from preau.ent.lessons.models import Device

COOKIE = "__Host-preau-tablette" if settings.HTTPS else "preau-tablette"


def device_of(request) -> Device | None:
    """The device, accepted or not, while its session is open."""
    key = request.COOKIES.get(COOKIE)
    return queries.device_of(key, now()) if key else None


def on_device(view):
    """Gives the view `request.device`, accepted; anyone else is sent to where a tablet joins, or waits."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        request.device = device_of(request)
        if request.device is None:
            return redirect("lessons:over" if COOKIE in request.COOKIES else "lessons:join")
        if request.device.accepted_at is None:
            return redirect("lessons:waiting")
        request.screen = screens.of_class(request.device)
        return view(request, *args, **kwargs)

    return guarded


def write(response, key: str) -> None:
    """The browser shows this key from now on, until it is shut."""
    response.set_cookie(COOKIE, key, secure=settings.HTTPS, httponly=True, samesite="Lax")


def forget(response) -> None:
    """The session is over: the browser shows nothing any more."""
    response.delete_cookie(COOKIE, samesite="Lax")
