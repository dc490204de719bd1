"""What the pupil makes: a page, its four tools, the others who make it too."""

import json
import uuid
from functools import partial

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.ent.lessons import actions, files, queries, rules, screens
from preau.ent.lessons.forms import FinishedForm, GoalForm, PartForm, SeatForm
from preau.ent.lessons.models import Goal, Work, WorkPart
from preau.ent.lessons.queries import works as read
from preau.ent.lessons.views.pupils import ANYWHERE, in_lesson
from preau.kit.bodies import of_files
from preau.kit.files import send_drawn, send_given, send_shown
from preau.kit.pages.pupils import NON_READER
from preau.kit.spoken.children import to_child
from preau.kit.spoken.labels import key_of, label
from preau.kit.views import press, signed_in, submit
from preau.media import fields
from preau.media.queries import given_to
from preau.people.models import Picture
from preau.people.queries.cards import signs_of

Sort = WorkPart.Sort
# {end of the address: (what it makes, its phrase of kit/data/spoken.csv, its icon)}
TOOLS = {
    "photo": (Sort.PHOTO, "tile-photo", "camera"),
    "dessin": (Sort.DRAWING, "tile-draw", "brush"),
    "voix": (Sort.VOICE, "tile-speak", "mic"),
    "texte": (Sort.TEXT, "tile-write", "pencil"),
}
DO = {"photo": "do-photo", "dessin": "do-draw", "voix": "do-speak", "texte": "do-write"}  # what each page asks
STAMPS = (
    Picture.SUN,
    Picture.FLOWER,
    Picture.TREE,
    Picture.HOUSE,
    Picture.CAT,
    Picture.FISH,
    Picture.CAR,
    Picture.STAR,
)
INKS = tuple(f"colour-{name}" for name in ("black", "blue", "red", "green", "yellow", "violet", "brown"))  # draw.js
PLACES = tuple(f"place-{number}" for number in range(1, 10))
REFUSALS = ("no-room", "school-full", "page-full", "photo-heavy", "photo-unreadable")  # said where one makes
KEPT = "C’est gardé."
OTHER, BACK = "autre", "rendue"  # `?page=autre`: a new one; `?page=rendue`: the one that an adult gave back
MOST_OTHERS = 4


def tools_here() -> list[tuple]:
    """[(end of the address, *its line of TOOLS)] of what this machine takes: voices are written again by ffmpeg."""
    return [(end, *rest) for end, rest in TOOLS.items() if end != "voix" or fields.voices.programme()]


@in_lesson()
def make(request):
    """The page in hand, what is on it, four tools; those that wait, below. `?outil=dessin`: at once to this tool;
    `?page=`: another page than the one in hand."""
    found = read.of_pupil(rules.works_signed_by(request.person), request.device.lesson)
    asked, tool = request.GET.get("page", ""), request.GET.get("outil", "")
    if asked == BACK and (given := read.last_back(found)):
        return _back(given.work.pk)
    one = None if asked == OTHER else read.in_hand(found, request.device.lesson, _uuid(asked))
    if tool in TOOLS:
        return redirect("lessons:tool", page=one.work.pk if one else uuid.uuid4(), tool=tool)
    page, lesson = one.work.pk if one else uuid.uuid4(), request.device.lesson
    if large := part_large(request, one, _address(page), tool_url="lessons:tool", device=request.device, lesson=lesson):
        return large
    request.screen = screens.going_back(request.screen)
    voice = queries.given_with(lesson)["voice"]
    context = {
        "device": request.device, "lesson": lesson, "pupil": request.person, "one": one, "page": page,
        "others": _others(found, one, request.screen), "part_url": f"{_address(page)}&part=",
        "tools": [(end, key, icon) for end, _, key, icon in tools_here()],
        "goals": [each for each in GOALS if each[0] != Goal.ANSWER or lesson.title or voice], "voice": voice,
        "goal": one.work.goal if one else read.goal_of(lesson), "asks_goal": _asks_goal(one, request.screen),
        "sign": signs_of([request.person]).get(request.person.pk), "tool_url": "lessons:tool",
    }  # fmt: skip
    template = "lessons/_made.html" if request.headers.get("X-Part") == "made" else "lessons/make.html"
    return render(request, template, context)


def _others(found, one, screen):
    """The pupil's other pages. Who does not read has few things to touch: those that are finished wait until this one
    is too."""
    others = [each for each in found if each is not one]
    if screen.skin == NON_READER:
        is_making = one is not None and one.work.is_open
        return [each for each in others if each.work.is_open or not is_making][:MOST_OTHERS]
    return others[: 2 * MOST_OTHERS]


def _asks_goal(one, screen):
    """Where it is for is chosen while it is made; once it is finished, by who does not read."""
    if screen.skin == NON_READER:
        return one is not None and one.work.state == Work.State.FINISHED
    return one is None or one.work.is_open


def part_large(request, one, back_url, **context):
    """The part `?part=` of a page, alone and large, with what its pupil does with it; None when it is not there."""
    part = one and _part_asked(request, one)
    if not part:
        return None
    request.screen = screens.going_back(request.screen, back_url)
    sign = signs_of([request.person]).get(request.person.pk)
    context |= {"one": one, "page": one.work.pk, "part": part, "pupil": request.person, "sign": sign}
    return render(request, "lessons/part.html", context)


def _part_asked(request, one):
    return next((part for part in one.made if str(part.pk) == request.GET.get("part")), None)


GOALS = (
    (Goal.NOTEBOOK, "my-notebook", "notebook-pen"), (Goal.CLASS, "tile-class", "users"),
    (Goal.ANSWER, "the-answer", "message-circle"),
)  # fmt: skip


@in_lesson("GET", "POST", takes=of_files(1))
def tool(request, page, tool):
    """A photo, a drawing, a voice, a text: what was made leaves by itself, and is answered by JSON to a script."""
    one, device = _own(request, page), request.device
    keep = partial(actions.keep_part, device=device, work_id=page)
    context = {"device": device, "lesson": device.lesson, "pupil": request.person, "page": page}
    return make_part(request, tool, one, keep, _address, by=one and one.work.holder_id, **context)


def make_part(request, tool, one, keep, address_of, *, by=None, page, **context):
    """The sheet of a tool, for `page`, and what is made with it: `keep(sort=, now=, …)` writes it, `address_of(page)`
    is where one comes back to. `one` is the page as it is, whose part `?part=` is taken up again."""
    if tool not in TOOLS:
        raise Http404
    sort = TOOLS[tool][0]
    begun = one and _part_asked(request, one)
    known = {"part_id": begun.pk, "turn": begun.turn + 1, "made": begun.text} if begun else {}
    form = PartForm(request.POST or None, request.FILES or None, sort=sort, initial=known | {"by": by})
    made = submit(request, form, partial(keep, sort=sort, now=now()))
    if request.headers.get("Accept") == "application/json":
        said, status = _answer_of(form, made)
        return JsonResponse(said, status=status)
    if made:
        return redirect(address_of(made.work_id))
    request.screen = screens.going_back(request.screen, address_of(page))
    context |= {"form": form, "page": page, "one": one, **drawn_with(tool, begun)}
    return render(request, "lessons/tool.html", context, status=422 if form.errors else 200)


def _answer_of(form, made) -> tuple[dict, int]:
    """(what a script reads, the status)"""
    errors = [error for errors in form.errors.values() for error in errors]
    if made:
        return {"ok": True, "sentence": KEPT}, 200
    said = to_child(" ".join(errors))
    return {"ok": False, "sentence": said, "key": key_of(said)}, 422


def drawn_with(tool, begun=None) -> dict:
    """What the page of a tool says and offers; `begun`, the part that is taken up again."""
    _, key, icon = TOOLS[tool]
    said = {"tool": tool, "key": key, "icon": icon, "do_key": DO[tool], "refusals": REFUSALS}
    if tool != "dessin":
        return said
    stamps = json.dumps({str(one): one.label for one in STAMPS})
    under = reverse("lessons:part_taken_up", args=[begun.pk]) if begun else ""
    drawers = ",".join(label(key).words for key in ("colours", "stamps"))
    said |= {"stamps": STAMPS, "stamp_names": stamps, "inks": INKS, "places": PLACES}
    return said | {"under": under, "drawers": drawers}


@in_lesson("GET", "POST")
def invitation(request, page):
    """« Avec qui ? »: the pupils of the session; touched, one makes the page too."""
    one, form = _own(request, page), SeatForm(request.POST or None)
    if submit(request, form, partial(actions.invite, device=request.device, work_id=page, now=now())):
        return _back(page)
    request.screen = screens.going_back(request.screen, _address(page))
    already = {signer.pupil.pk for signer in one.signers} if one else {request.person.pk}
    seats = [seat for seat in queries.seats_of(request.device.lesson, localdate()) if seat.pupil.pk not in already]
    context = {
        "device": request.device, "lesson": request.device.lesson, "seats": seats, "page": page,
        "said": " ".join(form.non_field_errors()),
    }  # fmt: skip
    return render(request, "lessons/invitation.html", context, status=422 if form.errors else 200)


@in_lesson("POST")
def passing(request, page):
    """« À toi ! »: the page goes from hand to hand in one tap."""
    return _done(request, page, SeatForm, actions.pass_page)


@in_lesson("POST")
def finished(request, page):
    """« J’ai fini », or goes on."""
    return _done(request, page, FinishedForm, actions.say_finished)


@in_lesson("POST")
def goal(request, page):
    """Where the page is for."""
    _own(request, page)
    form = GoalForm(request.POST)
    if form.is_valid():
        choose = partial(actions.choose_goal, device=request.device, work_id=page, goal=form.cleaned_data["goal"])
        press(request, partial(choose, now=now()))
    return _back(page)


@in_lesson("POST")
def removal(request, part_id):
    """« Efface »."""
    mine = rules.works_signed_by(request.person)
    part = get_object_or_404(WorkPart.objects.select_related("work").filter(work__in=mine), pk=part_id)
    press(request, partial(actions.remove_part, device=request.device, part=part, now=now()))
    return _back(part.work_id)


@signed_in(**ANYWHERE)
def part(request, part_id):
    """A picture whole, or a voice."""
    given = given_to(_parts(request), request.person, part_id, shown="path")
    send = send_given if given and given.path.endswith(WorkPart.Kind.VOICE) else send_shown
    return send(request, files.PART, part_id, given)


@signed_in(**ANYWHERE)
def part_taken_up(request, part_id):
    """A drawing that its pupil takes up again: from here, since a sheet that holds a picture of elsewhere gives
    nothing back."""
    given = given_to(_parts(request), request.person, part_id, shown="path")
    if given is None or not given.path.endswith(".webp"):
        raise Http404
    return send_drawn(request, given.path)


@signed_in(**ANYWHERE)
def small_part(request, part_id):
    """The thumbnail of a picture."""
    given = given_to(_parts(request), request.person, part_id, shown="small_path")
    return send_shown(request, files.SMALL, part_id, given)


def _parts(request):
    """What of works is opened: an adult's, a pupil's in class, a pupil's at home."""
    entry = getattr(request, "pupil_entry", None)
    return dict(files.PARTS)[entry.way] if entry else rules.parts_visible_to


def _done(request, page, form_class, act):
    one, form = _own(request, page), form_class(request.POST)
    if one is None:
        raise Http404
    if form.is_valid():
        press(request, partial(act, device=request.device, work=one.work, now=now(), **form.cleaned_data))
    return _back(page)


def _own(request, page):
    """The pupil's page of this id, None when it is not begun; 404 when it is of others."""
    found = read.shown(rules.works_signed_by(request.person).filter(pk=page))
    if not found and read.is_begun(page):
        raise Http404
    return found[0] if found else None


def _uuid(text):
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _back(page):
    return redirect(_address(page))


def _address(page):
    return f"{reverse('lessons:make')}?page={page}"
