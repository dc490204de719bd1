"""How a request says which device of a session it comes from: a cookie that only the server writes."""

import uuid
from datetime import timedelta
from functools import wraps

from django.conf import settings
from django.shortcuts import redirect
from django.utils.timezone import now

from preau.ent.lessons import queries, screens
from preau.ent.lessons.late import upload_of
from preau.ent.lessons.models import Device

COOKIE = "__Host-preau-tablette" if settings.HTTPS else "preau-tablette"
KNOWN_COOKIE = "__Host-preau-appareil-ecole" if settings.HTTPS else "preau-appareil-ecole"
KNOWN_FOR = timedelta(days=366)
NEWS_EVERY = 20  # seconds; each page goes on counting where the former one was


def device_of(request) -> Device | None:
    """The device, accepted or not, while its session is open."""
    key = request.COOKIES.get(COOKIE)
    return queries.device_of(key, now()) if key else None


def own_device_of(request) -> Device | None:
    """The one on which the pupil of this request is in, with what it needs to go on without network (late.py), and
    in how many seconds it tells that it is there."""
    device = device_of(request)
    if device is None or device.entry_id != request.pupil_entry.pk:
        return None
    at = now()
    device.upload, device.entry_number = upload_of(device, at), entry_number(device.entry_id)
    device.news_in = max(0, NEWS_EVERY - int((at - (device.seen_at or at)).total_seconds()))
    return device


def entry_number(entry_id: uuid.UUID | None) -> int:
    """Which entry it is, as pages of a pupil and the pulse say it: two in a row differ; 0 when nobody is in."""
    return entry_id.int & 0xFFFFFFFF if entry_id else 0


def on_device(view):
    """Gives the view `request.device`, accepted; anyone else is sent to where a tablet joins, or waits."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        request.device = device_of(request)
        if request.device is None:
            return redirect("lessons:over" if request.COOKIES.get(COOKIE) else "lessons:join")
        if request.device.accepted_at is None:
            return redirect("lessons:waiting")
        request.screen = screens.of_class(request.device)
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "no-store")  # « Précédent » shows no class once it is over
        return response

    return guarded


def known_key_of(request) -> str:
    """The key that the browser keeps from session to session: it names a device, nobody."""
    return request.COOKIES.get(KNOWN_COOKIE, "")


def write(response, key: str, known_key: str) -> None:
    """The browser shows `key` until it is shut, `known_key` for a year."""
    said = {"secure": settings.HTTPS, "httponly": True, "samesite": "Lax"}
    response.set_cookie(COOKIE, key, **said)
    response.set_cookie(KNOWN_COOKIE, known_key, max_age=KNOWN_FOR, **said)


def forget(response) -> None:
    """The session is over: the browser shows nothing any more."""
    response.delete_cookie(COOKIE, samesite="Lax")
