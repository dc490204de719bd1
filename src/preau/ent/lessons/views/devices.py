"""The tablet: it joins, it waits, it shows the class; a pupil says who they are."""

import secrets
from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.ent.lessons import actions, devices, queries, screens
from preau.ent.lessons.actions.entering import NOT_YOURS
from preau.ent.lessons.devices import device_of, on_device
from preau.ent.lessons.files import GIVEN_FILE, file_of_device, shown_of
from preau.ent.lessons.forms import JoinForm, NewsForm
from preau.ent.lessons.rules import word_given_in
from preau.kit.answers import Conflict
from preau.kit.files import send_given
from preau.kit.views import press, public, submit
from preau.people.queries.cards import CODE_LENGTH, CODE_PICTURES


@public("GET", "POST")
def join(request):
    """The six signs, typed or brought by the QR; nothing is asked where somebody has entered with an account."""
    if request.user.is_authenticated:
        return render(request, "lessons/someone_in.html")
    device = device_of(request)
    if device is not None and request.method == "GET":
        return redirect("lessons:grid")
    known_key = devices.known_key_of(request) or secrets.token_urlsafe(24)
    known = queries.known_device_of(devices.known_key_of(request))
    offered = queries.offered_to(known, now()) if known else []
    said = {"label": request.device_name(), "known_key": known_key, "now": now()}
    said["has_script"] = "script" in request.POST  # join.js
    again = next((lesson for lesson in offered if str(lesson.pk) == request.POST.get("lesson")), None)
    form = JoinForm(request.POST if request.method == "POST" and not again else None)
    if again:
        joined = press(request, partial(actions.ask_again, lesson=again, **said))
    else:
        joined = submit(request, form, partial(actions.ask_to_join, network=request.network(), **said))
    if joined:
        response = redirect("lessons:waiting")
        devices.write(response, joined[1], known_key)
        return response
    context = {"form": form, "offered": offered}
    return render(request, "lessons/join.html", context, status=422 if form.errors else 200)


@public()
def waiting(request):
    """« Ta maîtresse ou ton maître va accepter cette tablette »."""
    device = device_of(request)
    if device is None:
        return redirect("lessons:over" if request.COOKIES.get(devices.COOKIE) else "lessons:join")
    if device.accepted_at:
        return redirect("lessons:grid")
    request.screen = screens.of_class(device)
    return render(request, "lessons/waiting.html", {"device": device, "lesson": device.lesson})


@public()
@on_device
def grid(request):
    """« Touche ton image »: the pupils of the session."""
    device = request.device
    seats = queries.seats_of(device.lesson, localdate())
    request.screen = screens.of_seats(device, seats)
    taken = queries.taken_elsewhere(device, now())
    context = {"device": device, "lesson": device.lesson, "seats": seats, "taken": taken}
    return render(request, "lessons/grid.html", context)


@public("GET", "POST")
@on_device
def pupil(request, pupil_id):
    """« C’est toi ? », or the four pictures: each press brings one more, the fourth is the answer."""
    device = request.device
    seat = queries.seat_of(device.lesson, pupil_id, localdate())
    if seat is None:
        raise Http404
    is_let_in = device.lets_in(seat.pupil.pk, now())
    needs_pictures = seat.needs_pictures and not is_let_in
    # Still in on another tablet, of which no picture says who they are: an adult says it.
    is_taken = not (needs_pictures or is_let_in) and seat.pupil.pk in queries.taken_elsewhere(device, now())
    request.screen = screens.going_back(screens.of_seat(device, seat), reverse("lessons:grid"))
    chosen = [each for each in request.POST.getlist("image") if each in CODE_PICTURES][:CODE_LENGTH]
    said = ""
    if request.method == "POST" and "call" in request.POST:
        press(request, partial(actions.call_adult, device=device, pupil_id=seat.pupil.pk, now=now()))
        return redirect("lessons:pupil", seat.pupil.pk)
    if request.method == "POST" and (not needs_pictures or len(chosen) == CODE_LENGTH):
        opened, said = _tried(device, seat, chosen if needs_pictures else None)
        if opened:
            return _entered(request, opened)
        chosen = []
        device.refresh_from_db(fields=["wrong_count", "trying", "let_in_at"])
    heard = "wrong-pictures" if said == NOT_YOURS else "four-pictures"
    context = {
        "device": device, "lesson": device.lesson, "seat": seat, "prompt_key": heard, "pictures": CODE_PICTURES,
        "chosen": chosen, "left": range(CODE_LENGTH - len(chosen)), "said": said, "needs_pictures": needs_pictures,
        "is_let_in": is_let_in, "is_taken": is_taken,
        "is_stuck": device.trying_id == seat.pupil.pk and device.is_stuck,
    }  # fmt: skip
    return render(request, "lessons/pupil.html", context, status=422 if said else 200)


def _tried(device, seat, chosen):
    """(what was opened or None, why not)"""
    try:
        if chosen is None:
            return actions.enter(device=device, pupil_id=seat.pupil.pk, now=now()), ""
        opened = actions.show_pictures(device=device, pupil_id=seat.pupil.pk, pictures=chosen, now=now())
        return opened, "" if opened else NOT_YOURS
    except Conflict as conflict:
        return None, conflict.reason


@public("POST")
@on_device
def badge(request):
    """A card held to the camera: its token comes in the body, never in an address (trust.md P9)."""
    try:
        opened = actions.enter_with_badge(device=request.device, token=request.POST.get("carte", ""), now=now())
    except Conflict as conflict:
        seats = queries.seats_of(request.device.lesson, localdate())
        context = {"device": request.device, "lesson": request.device.lesson, "seats": seats, "said": conflict.reason}
        return render(request, "lessons/grid.html", context, status=422)
    return _entered(request, opened)


@public()
@on_device
def activity(request):
    """What the teacher gave, alone: a tablet keeps it for when its line is cut, until the next one."""
    lesson = request.device.lesson
    word = word_given_in(lesson).first() if lesson.word_id else None
    return render(request, "lessons/_given.html", {"lesson": lesson, "word": word, **queries.given_with(lesson)})


@public()
@on_device
def given(request, lesson_file_id):
    """What was given in the session, while it lasts: a voice, or a document in a page of ours; `?page=1`: one of its
    pages, drawn."""
    device = request.device
    file = file_of_device(device.pk, lesson_file_id)
    is_drawn = bool(file and file.shown_pages)  # by us: of this origin, as pictures are
    if is_drawn and "page" not in request.GET:
        request.screen = screens.going_back(request.screen, reverse("lessons:home"))
        return render(request, "lessons/document.html", {"device": device, "lesson": device.lesson, "file": file})
    found = file and shown_of(file, request.GET.get("page", ""))
    is_kept = request.headers.get("X-Part") == "file"  # device.js; no link of elsewhere sends this header
    return send_given(request, GIVEN_FILE, lesson_file_id, found, to=device.pk, is_kept=is_kept or is_drawn)


@public("POST")
@on_device
def switch(request):
    """« À toi ! »: the pupil leaves, the class is back."""
    actions.leave(device=request.device, now=now())
    request.keep_pupil_key("")
    return redirect("lessons:grid")


@public("POST")
@on_device
def news(request):
    """« On line, and so many things kept here »: told every twenty seconds by device.js."""
    form = NewsForm(request.POST)
    if form.is_valid():
        actions.note_news(device=request.device, kept_count=form.cleaned_data["kept"], now=now())
    return HttpResponse(status=204)


@public("GET", "POST")
def over(request, means):
    """The session is closed, or goes on without this tablet: the browser keeps nothing. POST: how much it has left to
    send; when it is nothing on any tablet, the Wi-Fi goes off."""
    is_gone, key = device_of(request) is None, request.COOKIES.get(devices.COOKIE, "")
    lesson = queries.asked_lesson(key) if is_gone else None
    if lesson:
        request.screen = screens.of_lesson(lesson)
    if lesson and not lesson.is_open(now()):
        lesson = None  # else it goes on without this tablet
    if request.method == "POST":
        form = NewsForm(request.POST)
        said = {"kept_count": form.cleaned_data["kept"], "now": now()} if form.is_valid() else {}
        if is_gone and said and (closed := actions.say_sent(key=key, **said)):
            means.all_sent(lesson=closed, now=now())
        response, is_awaited = HttpResponse(status=204), queries.is_awaited(key)
    else:
        is_awaited = queries.is_awaited(key)
        is_removed = lesson is not None and queries.was_accepted(devices.known_key_of(request), lesson)
        context = {"is_awaited": is_awaited, "is_removed": is_removed, "is_refused": lesson and not is_removed}
        response = render(request, "lessons/over.html", context)
        response.headers["Cache-Control"] = "no-store"
    if is_gone:
        request.keep_pupil_key("")
        response.headers["Clear-Site-Data"] = '"cache"'
        if not (is_awaited or lesson):
            devices.forget(response)
    return response


def _entered(request, opened):
    request.keep_pupil_key(opened[1])
    return redirect("lessons:home")
