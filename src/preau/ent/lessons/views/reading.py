"""The teacher's side of what pupils make: what waits, one work, what becomes of it."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.ent.lessons import actions, queries, rules
from preau.ent.lessons.forms import RemarkForm, ShowForm
from preau.ent.lessons.models import Goal, Work, WorkPart
from preau.ent.lessons.queries import works as read
from preau.ent.posts import rules as posts
from preau.ent.posts.models import Scope
from preau.kit.answers import require
from preau.kit.bodies import of_files
from preau.kit.views import first_or_404, signed_in, submit
from preau.media.models import Accord
from preau.places.models import Classroom

State, Sort = Work.State, WorkPart.Sort
MOST, LATEST = 60, 8  # works of a list; of those that families read
RETURNED = "C’est rendu, avec votre remarque. L’élève retrouve sa page à la prochaine séance, ou tout de suite."
SHOWN = {
    Goal.NOTEBOOK: "C’est {notebook}\u00a0: sa famille le lit dès maintenant.",
    Goal.CLASS: "C’est dans la vie {place}.",
}
# The word about children without accord, by what the page holds: (a photo, a voice). A drawing shows nobody.
DECLARES = {
    (True, False): "Aucun enfant sans accord n’est reconnaissable sur cette page",
    (False, True): "Aucun enfant sans accord ne s’entend sur cette page",
    (True, True): "Aucun enfant sans accord n’est reconnaissable sur cette page, ni ne s’y entend",
}
SHOWN_TO_SOME = (
    "C’est dans le cahier de vos élèves\u00a0: leurs familles le lisent dès maintenant. Pour les autres, la page "
    "attend leur enseignante ou leur enseignant."
)
KEPT = "C’est relu. Ce travail reste entre ses élèves et vous."


@signed_in()
def works(request):
    """To read over first, then what is under way or to do again."""
    person, today = request.person, localdate()
    require(rules.can_read_works(person, today))
    visible = read.worth_a_line(rules.works_in_hand(person, today))
    found, posted = (
        read.shown(visible, most=MOST, with_signs=False),
        read.with_outcomes(read.posted_by(person)[:LATEST]),
    )
    every = {"waiting_count": visible.filter(state=State.FINISHED).count()} if len(found) == MOST else {}
    return _list(request, found, posted=posted, **every)


@signed_in()
def lesson_works(request, lesson_id):
    """The same of one session, with what was read over too: as many as its page counts."""
    person, today = request.person, localdate()
    lessons = rules.lessons_visible_to(person, today)
    lesson = get_object_or_404(queries.with_place(lessons), pk=lesson_id)
    require(rules.can_read_works(person, today))
    visible = read.worth_a_line(rules.works_visible_to(person, today))
    found = read.shown(visible.filter(lesson=lesson), with_signs=False)
    return _list(request, read.with_their_outcomes(found), lesson=lesson, place=lesson.place)


def _list(request, found, **more):
    of_state = {state: [one for one in found if one.work.state == state] for state in (State.FINISHED, State.KEPT)}
    waiting = of_state[State.FINISHED][::-1]
    context = {
        "found": found, "waiting": waiting, "waiting_count": len(waiting), "kept": of_state[State.KEPT],
        "others": [one for one in found if one.work.is_open],
    }  # fmt: skip
    return render(request, "lessons/works.html", context | more)


@signed_in()
def work(request, work_id):
    """What pupils made, and what becomes of it."""
    return _page(request, _one(rules.works_visible_to(request.person, localdate()).filter(pk=work_id)), RemarkForm())


@signed_in("POST", takes=of_files(1))
def work_return(request, work_id):
    """Back to its pupils, with a remark."""
    work, form = _visible(request, work_id), RemarkForm(request.POST, request.FILES)
    require(rules.can_return_work(request.person, work, localdate()))
    if submit(request, form, partial(actions.return_work, person=request.person, work=work, now=now())):
        messages.success(request, RETURNED)
        return _next(request, work)
    return _page(request, _one(Work.objects.filter(pk=work.pk)), form, status=422)


@signed_in("POST")
def showing(request, work_id):
    """« Montrer aux familles »."""
    work, goal = _visible(request, work_id), request.POST.get("goal")
    show = partial(actions.show_work, person=request.person, work=work, now=now())
    return _decide(request, work, goal, show, SHOWN.get(goal or work.goal, SHOWN[Goal.NOTEBOOK]))


@signed_in("POST")
def keeping(request, work_id):
    """« C’est relu », and shown to nobody else."""
    work = _visible(request, work_id)

    def keep(version, heard, **rest):
        return actions.keep_work(person=request.person, work=work, now=now(), version=version, heard=heard)

    return _decide(request, work, Goal.NOTEBOOK, keep, KEPT)


def _decide(request, work, goal, write, said):
    require(rules.can_keep_work(request.person, work, localdate()))
    one = _one(Work.objects.filter(pk=work.pk))
    form = _show_form(one, goal, request.POST)
    if written := submit(request, form, write):
        is_all = written.state == State.KEPT
        messages.success(request, said.format(notebook=one.notebook, place=work.of_place) if is_all else SHOWN_TO_SOME)
        return _next(request, work)
    return _page(request, one, RemarkForm(), status=422, show_form=form)


def _next(request, work):
    """Back to the board of the session under way, where others wait; else to the list: of its session, while others of
    it wait."""
    if work.lesson and rules.can_lead_lesson(request.person, work.lesson, localdate()):
        return redirect("lessons:board", work.lesson_id)
    visible = rules.works_visible_to(request.person, localdate())
    if work.lesson and visible.filter(lesson=work.lesson, state=State.FINISHED).exists():
        return redirect("lessons:lesson_works", work.lesson_id)
    return redirect("lessons:works")


def _show_form(one, goal=None, sent=None):
    asks = bool(one.voices) and queries.reads_voices(one.work, goal or one.work.goal, localdate())
    return ShowForm(sent, voices=one.voices, asks_words=asks)


def _one(works):
    return first_or_404(read.shown(works, with_signs=False))


def _page(request, one, form, status=200, show_form=None):
    person, today = request.person, localdate()
    form.initial["version"], outcome = one.work.version, read.with_their_outcomes([one])[0].work.outcome
    sorts = {part.sort for part in one.made}
    context = {
        "one": one, "work": one.work, "form": form, "place": one.work.place,
        "show_form": show_form or _show_form(one),
        "may_return": rules.can_return_work(person, one.work, today),
        "may_keep": rules.can_keep_work(person, one.work, today),
        "outcome": outcome,
        "to_hide": _to_hide(person, one, today),
        "is_posted": bool(outcome) and outcome.posted_by == person.pk,
        "declares": DECLARES.get((Sort.PHOTO in sorts, Sort.VOICE in sorts), ""),
    }  # fmt: skip
    return render(request, "lessons/work.html", context, status=status)


def _to_hide(person, one, today):
    """Whom a post of the class may not show, or let hear, of what this page holds."""
    if one.work.goal != Goal.CLASS:
        return []
    place, sorts = one.work.place, {part.sort for part in one.made}
    scope = Scope.CLASS if isinstance(place, Classroom) else Scope.GROUP
    kinds = [(Accord.Kind.IMAGE, Sort.PHOTO), (Accord.Kind.VOICE, Sort.VOICE)]
    return [
        told
        for kind, sort in kinds
        if sort in sorts
        for told in posts.hidden_from(person, scope, place, today, kind)
        if told
    ]


def _visible(request, work_id):
    visible = rules.works_visible_to(request.person, localdate())
    return get_object_or_404(visible.select_related(*read.WITH_PLACE), pk=work_id)
