"""At home, with the family card: pages that are not kept yet are read, and gone on with. Of a page that several make, a
family sees what its own child made (trust.md P5)."""

from functools import partial

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.lessons import actions, rules, screens
from preau.ent.lessons.forms import FinishedForm
from preau.ent.lessons.queries import works as read
from preau.ent.lessons.views.making import make_part, part_large, tools_here
from preau.ent.lessons.views.rooms import as_pupil
from preau.kit.bodies import of_files
from preau.kit.views import press
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
    if large := part_large(request, one, _address(page), tool_url="lessons:page_tool", is_home=True):
        return large
    request.screen = screens.going_back(request.screen, reverse("lessons:pages"))
    context = {
        "pupil": request.person, "one": one, "page": page, "is_home": True, "tool_url": "lessons:page_tool",
        "part_url": f"{_address(page)}?part=", "tools": [(end, key, icon) for end, _, key, icon in tools_here()],
        "sign": signs_of([request.person]).get(request.person.pk),
    }  # fmt: skip
    return render(request, "lessons/page.html", context)


@at_home("GET", "POST", takes=of_files(1))
def page_tool(request, page, tool):
    """As on a tablet: what is made leaves by itself."""
    one = _own(request, page)
    keep = partial(actions.go_on, pupil=request.person, work=one.work)
    return make_part(request, tool, one, keep, _address, pupil=request.person, page=page)


@at_home("POST")
def page_finished(request, page):
    """« J’ai fini », or goes on."""
    one, form = _own(request, page), FinishedForm(request.POST)
    if form.is_valid():
        say = partial(actions.say_finished_at_home, pupil=request.person, work=one.work, now=now())
        press(request, partial(say, **form.cleaned_data))
    return redirect(_address(page))


def _address(page):
    return reverse("lessons:page", args=[page])


def _own(request, page):
    found = read.unfinished(rules.works_signed_by(request.person).filter(pk=page))
    if not found:
        raise Http404
    return read.of_one(found[0], request.person)
