"""At home, with the family card: pages that are not kept yet are read, and gone on with. Of a page that several make, a
family sees what its own child made (trust.md P5)."""

from functools import partial

from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.lessons import actions, rules, screens
from preau.ent.lessons.forms import FinishedForm, PartForm
from preau.ent.lessons.queries import works as read
from preau.ent.lessons.views.making import TOOLS, answer_of, drawn_with, tools_here
from preau.ent.lessons.views.rooms import as_pupil
from preau.kit.bodies import of_files
from preau.kit.views import press, submit
from preau.people.models import PupilEntry
from preau.people.queries.cards import signs_of
from preau.people.queries.entries import PUPIL_COOKIE, pupil_entry_of

WAYS = (PupilEntry.Way.HOME,)


def knows_pupil(cookies) -> bool:
    """Whether these are of a card that was shown: files are then taken (kit/bodies.py)."""
    return pupil_entry_of(cookies.get(PUPIL_COOKIE, ""), WAYS, now()) is not None


at_home = partial(as_pupil, ways=WAYS, knows=knows_pupil)  # marks a view for a pupil at home


@at_home()
def pages(request):
    """« Mes pages »."""
    found = [read.of_one(one, request.person) for one in read.unfinished(rules.works_signed_by(request.person))]
    request.screen = screens.going_back(request.screen)
    return render(request, "lessons/pages.html", {"pupil": request.person, "found": found})


@at_home()
def page(request, page):
    """One of them, what its pupil made on it, and with what it is gone on with."""
    one = _own(request, page)
    request.screen = screens.going_back(request.screen, reverse("lessons:pages"))
    context = {
        "pupil": request.person, "one": one, "page": page, "is_home": True, "tool_url": "lessons:page_tool",
        "tools": [(end, key, icon) for end, _, key, icon in tools_here()],
        "sign": signs_of([request.person]).get(request.person.pk),
    }  # fmt: skip
    return render(request, "lessons/page.html", context)


@at_home("GET", "POST", takes=of_files(1))
def page_tool(request, page, tool):
    """As on a tablet: what is made leaves by itself."""
    if tool not in TOOLS:
        raise Http404
    sort, one = TOOLS[tool][0], _own(request, page)
    begun = next((part for part in one.made if str(part.pk) == request.GET.get("part")), None)
    known = {"part_id": begun.pk, "turn": begun.turn + 1, "made": begun.text} if begun else {}
    form = PartForm(request.POST or None, request.FILES or None, sort=sort, initial=known)
    made = submit(request, form, partial(actions.go_on, pupil=request.person, work=one.work, sort=sort, now=now()))
    if request.headers.get("Accept") == "application/json":
        said, status = answer_of(form, made)
        return JsonResponse(said, status=status)
    if made:
        return redirect("lessons:page", page)
    request.screen = screens.going_back(request.screen, reverse("lessons:page", args=[page]))
    context = {"pupil": request.person, "form": form, "page": page, **drawn_with(tool, begun)}
    return render(request, "lessons/tool.html", context, status=422 if form.errors else 200)


@at_home("POST")
def page_finished(request, page):
    """« J’ai fini », or goes on."""
    one, form = _own(request, page), FinishedForm(request.POST)
    if form.is_valid():
        say = partial(actions.say_finished_at_home, pupil=request.person, work=one.work, now=now())
        press(request, partial(say, **form.cleaned_data))
    return redirect("lessons:page", page)


def _own(request, page):
    found = read.unfinished(rules.works_signed_by(request.person).filter(pk=page))
    if not found:
        raise Http404
    return read.of_one(found[0], request.person)
