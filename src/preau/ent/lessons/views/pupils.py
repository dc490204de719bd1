"""The pupil on a shared device: what is to be done, and where to make it."""

from dataclasses import replace
from functools import partial, wraps

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.ent.lessons import actions, queries, screens
from preau.ent.lessons.devices import own_device_of
from preau.ent.lessons.models import Activity
from preau.ent.lessons.queries.todo import due_days
from preau.ent.lessons.queries.works import answer_of, given_back
from preau.ent.lessons.rules import works_signed_by
from preau.ent.lessons.views.rooms import tiles_read
from preau.kit.pages.pupils import NON_READER, Tile
from preau.kit.views import press, signed_in
from preau.people.models import PupilEntry
from preau.people.queries.cards import signs_of
from preau.people.queries.entries import PUPIL_COOKIE, pupil_entry_of


def knows_pupil(cookies) -> bool:
    """Whether these are of a pupil who is in: files are then taken (kit/bodies.py)."""
    return pupil_entry_of(cookies.get(PUPIL_COOKIE, ""), WAYS, now()) is not None


WAYS = (PupilEntry.Way.LESSON,)
FOR_PUPILS = {"for_pupils": WAYS, "door": "lessons:grid", "knows": knows_pupil}
ANYWHERE = {"for_pupils": (*WAYS, PupilEntry.Way.HOME), "door": "lessons:grid"}  # on a tablet, or at home


def in_lesson(*methods, **more):
    """Marks a view for the pupil who is in on a device of a session that is open; gives it `request.device`. `takes=`,
    as in kit.views.public."""

    def mark(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if getattr(request, "pupil_entry", None) is None:  # an account: it is nobody's tablet
                raise Http404
            request.device = own_device_of(request)
            if request.device is None:
                return redirect("lessons:over")
            request.screen = screens.of_pupil(request.person, request.device)
            return view(request, *args, **kwargs)

        return signed_in(*methods, **FOR_PUPILS, **more)(guarded)

    return mark


@in_lesson()
def home(request):
    """Tiles, and what the teacher gave."""
    activity = request.device.lesson.activity
    tiles = request.screen.arranged.few(_tiles(request.screen, activity, request.device.lesson.word_id))
    if is_led := activity in LED:
        del tiles[-1]  # the first one takes the place of two
    sign = signs_of([request.person]).get(request.person.pk)
    context = {"device": request.device, "lesson": request.device.lesson, "pupil": request.person}
    has_to_do = activity != Activity.HOMEWORK and due_days(request.person, localdate()).exists()
    works = works_signed_by(request.person)
    answer = answer_of(works, request.device.lesson)
    is_done = not answer.is_open if answer else request.device.done_at is not None
    context |= {"is_done": is_done, "done_key": answer.told if answer and is_done else "finished"}
    context["returned"] = given_back(works)
    context |= {"tiles": tiles, "is_led": is_led, "sign": sign, "has_to_do": has_to_do}
    return render(request, "lessons/home.html", context | queries.given_with(request.device.lesson))


LED = (Activity.HOMEWORK, Activity.WORD)  # to read: one picture leads there, twice as large as the others


def _tiles(screen, activity, word_id):
    """What the pupil reads, and what they make: six pictures; first, what this activity asks."""
    me, classroom, listen = tiles_read(screen)
    if word_id:
        classroom = replace(classroom, url=reverse("lessons:word"))
    tools = {"draw": "dessin", "speak": "voix", "photo": "photo", "write": "texte"}
    del tools["write" if screen.skin == NON_READER else "speak"]
    makes = [_tile(name, f"{reverse('lessons:make')}?outil={end}") for name, end in tools.items()]
    if activity == Activity.PAGE:
        return [*makes, me, classroom, listen]
    if activity == Activity.HOMEWORK:
        return [_tile("to-do", reverse("lessons:to_do")), me, classroom, *makes]
    return [classroom, me, *makes, listen] if activity == Activity.WORD else [me, classroom, *makes, listen]


def _tile(name, url):
    return Tile(f"tile-{name}", url, f"kit/tiles/{name}.svg")


@in_lesson("POST")
def hand(request):
    """« J’ai besoin d’aide »."""
    actions.raise_hand(device=request.device, is_up=request.POST.get("is") == "on", now=now())
    return redirect("lessons:home")


@in_lesson("POST")
def done(request):
    """« J’ai fini », and so is the page made for this activity."""
    is_done = request.POST.get("is") == "on"
    press(request, partial(actions.say_done, device=request.device, is_done=is_done, now=now()))
    return redirect("lessons:home")
