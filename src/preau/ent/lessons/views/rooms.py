"""What a pupil reads without account, on a tablet or at home with the family card: their notebook, the life of the
class, what is to be heard. Nothing else of the house (trust.md P3, P5)."""

from functools import wraps

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from preau.ent.lessons import screens
from preau.ent.lessons.devices import device_of
from preau.ent.lessons.queries import rooms
from preau.kit.pages.pupils import NON_READER, Tile
from preau.kit.views import signed_in
from preau.people.models import PupilEntry
from preau.people.queries.cards import signs_of

WAYS = (PupilEntry.Way.LESSON, PupilEntry.Way.HOME)


def as_pupil(door="lessons:grid"):
    """Marks a view for a pupil in without account; `request.device` is None at home."""

    def mark(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            entry = getattr(request, "pupil_entry", None)
            if entry is None:
                raise Http404
            request.device = None
            if entry.way == PupilEntry.Way.LESSON:
                request.device = device_of(request)
                if request.device is None or request.device.entry_id != entry.pk:
                    return redirect("lessons:over")
            request.screen = screens.of_pupil(request.person, request.device)
            return view(request, *args, **kwargs)

        return signed_in(for_pupils=WAYS, door=door)(guarded)

    return mark


@as_pupil()
def mine(request):
    """« Moi », « Mes cahiers »: the pages of one's notebook, the last first."""
    return _shown(request, "lessons/mine.html", pages=rooms.own_pages(request.person, localdate()))


@as_pupil()
def wall(request):
    """« La classe »: what was published to it, pictures large."""
    return _shown(request, "lessons/wall.html", posts=rooms.posts_of(request.person, localdate()))


@as_pupil()
def listen(request):
    """« Écouter »: the voices of one's notebook and of the class."""
    return _shown(request, "lessons/listen.html", voices=rooms.voices_of(request.person, localdate()))


@as_pupil(door="card")
def at_home(request):
    """Where the family card leads: pictures, and the way out."""
    signs = signs_of([request.person])
    context = {"tiles": tiles_read(request.screen), "sign": signs.get(request.person.pk), "pupil": request.person}
    return render(request, "lessons/at_home.html", context)


def tiles_read(screen) -> list[Tile]:
    """The pictures of what a pupil reads: in the class's words before CP, then in those of who reads."""
    me = "me" if screen.skin == NON_READER else "notebooks"
    opened = ((me, "lessons:mine"), ("class", "lessons:wall"), ("listen", "lessons:listen"))
    return [Tile(f"tile-{name}", reverse(address), f"kit/tiles/{name}.svg") for name, address in opened]


def _shown(request, template, **context):
    request.screen = screens.going_back(request.screen)
    lesson = request.device.lesson if request.device else None
    return render(request, template, {"device": request.device, "lesson": lesson, "pupil": request.person, **context})
