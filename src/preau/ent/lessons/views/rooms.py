"""What a pupil reads without account, on a tablet or at home with the family card: their notebook, the life of the
class, what is to be heard. Nothing else of the house (trust.md P3, P5)."""

from functools import partial, wraps

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.ent.homework import actions as homework
from preau.ent.homework.rules import assignment_files_visible_to
from preau.ent.lessons import screens
from preau.ent.lessons.devices import COOKIE, known_key_of, own_device_of
from preau.ent.lessons.files import shown_of
from preau.ent.lessons.models import Work
from preau.ent.lessons.queries import rooms, todo
from preau.ent.lessons.queries.works import given_back, of_one
from preau.ent.lessons.rules import works_signed_by
from preau.kit.files import send_given
from preau.kit.pages.pupils import NON_READER, Tile
from preau.kit.views import press, public, signed_in
from preau.people.models import PupilEntry
from preau.people.queries.cards import signs_of

WAYS = (PupilEntry.Way.LESSON, PupilEntry.Way.HOME)


def as_pupil(*methods, ways=WAYS, door="lessons:ended", **more):
    """Marks a view for a pupil in without account, in one of these ways; `request.device` is None at home."""

    def mark(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            entry = getattr(request, "pupil_entry", None)
            if entry is None:
                raise Http404
            request.device = None
            if entry.way == PupilEntry.Way.LESSON:
                request.device = own_device_of(request)
                if request.device is None:
                    return redirect("lessons:over")
            request.screen = screens.of_pupil(request.person, request.device)
            return view(request, *args, **kwargs)

        return signed_in(*methods, for_pupils=ways, door=door, **more)(guarded)

    return mark


@as_pupil()
def mine(request):
    """« Moi », « Mes cahiers »: the pages of one's notebook, the last first."""
    title_key = "tile-me" if request.screen.skin == NON_READER else "tile-notebooks"
    return _shown(
        request,
        "lessons/mine.html",
        pages=rooms.own_pages(request.person, localdate(), _start(request)),
        title_key=title_key,
    )


@as_pupil()
def wall(request):
    """« La classe »: what was published to it, or to the group at work, pictures large."""
    posts = rooms.posts_of(request.person, localdate(), _start(request), _lesson(request))
    return _shown(request, "lessons/wall.html", posts=posts)


@as_pupil(ways=WAYS[:1])
def word(request):
    """The word of the class that its teacher chose for the session; the wall, once it is told no more."""
    found = rooms.word_for(request.person, localdate(), request.device.lesson.word_id)
    return _shown(request, "lessons/wall.html", posts=found, is_word=True) if found else redirect("lessons:wall")


@as_pupil()
def listen(request):
    """« Écouter »: the voices of one's notebook and of the class."""
    return _shown(request, "lessons/listen.html", voices=rooms.voices_of(request.person, localdate(), _lesson(request)))


@as_pupil()
def to_do(request):
    """« À faire »: tomorrow first, then today."""
    return _shown(request, "lessons/to_do.html", days=todo.days_to_do(request.person, localdate()))


@as_pupil()
def to_do_file(request, assignment_file_id):
    """What is joined to a lesson, in a page of ours; `?page=1`: one of its pages, drawn. The file itself is given to
    accounts alone: a tablet would save it, and keep it for the next pupil."""
    file = get_object_or_404(assignment_files_visible_to(request.person, localdate()), pk=assignment_file_id)
    if "page" not in request.GET:
        return _shown(request, "lessons/to_do_file.html", file=file, back=reverse("lessons:to_do"))
    found = shown_of(file, request.GET["page"]) if file.shown_pages else None
    return send_given(request, "", file.pk, found, is_kept=True)  # of this origin, whatever the others'


@as_pupil("POST")
def to_do_done(request, due_day_id):
    """« C’est fait », or not after all."""
    due_day = get_object_or_404(todo.due_days(request.person, localdate()), pk=due_day_id)
    act = homework.say_done if request.POST.get("is") == "on" else homework.take_done_back
    press(request, partial(act, person=request.person, due_day=due_day, now=now()))
    return redirect("lessons:to_do")


@public()
def ended(request):
    """Where a page of a pupil leads who is in no more: the card revoked, the time over. On a tablet, to its class; only
    a device of the school joins a session from there."""
    if request.COOKIES.get(COOKIE):
        return redirect("lessons:grid")
    return render(request, "lessons/ended.html", {"is_of_school": bool(known_key_of(request))})


@as_pupil(door="card")
def at_home(request):
    """Where the family card leads: pictures, and the way out."""
    signs = signs_of([request.person])
    tiles = tiles_read(request.screen)
    works = works_signed_by(request.person)
    if works.exclude(state=Work.State.KEPT).exists():
        tiles.append(Tile("my-pages", reverse("lessons:pages"), "kit/tiles/draw.svg"))
    context = {"tiles": tiles, "sign": signs.get(request.person.pk), "pupil": request.person}
    returned = given_back(works)
    context["returned"] = returned and of_one(returned, request.person)
    context["has_to_do"] = todo.due_days(request.person, localdate()).exists()
    return render(request, "lessons/at_home.html", context)


def tiles_read(screen) -> list[Tile]:
    """The pictures of what a pupil reads: in the class's words before CP, then in those of who reads."""
    me = "me" if screen.skin == NON_READER else "notebooks"
    opened = ((me, "lessons:mine"), ("class", "lessons:wall"), ("listen", "lessons:listen"))
    return [Tile(f"tile-{name}", reverse(address), f"kit/tiles/{name}.svg") for name, address in opened]


def _start(request):
    """« Encore »: where the list goes on."""
    asked = request.GET.get("suite", "")
    return int(asked) if asked.isdecimal() and len(asked) < 6 else 0


def _lesson(request):
    """The session of the tablet; None at home."""
    return request.device.lesson if request.device else None


def _shown(request, template, back="", **context):
    request.screen = screens.going_back(request.screen, back)
    said = {"device": request.device, "lesson": _lesson(request), "pupil": request.person}
    return render(request, template, said | context)
