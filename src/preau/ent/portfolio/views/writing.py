"""Writing a page: for pupils of a class, in one's own notebook, and changing it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.ent.portfolio import actions, queries, rules
from preau.ent.portfolio.forms import PageForm
from preau.ent.portfolio.models import MOST_PICTURES, Page, is_nursery
from preau.ent.portfolio.views.teaching import tabs
from preau.kit.answers import Conflict, require
from preau.kit.bodies import of_files
from preau.kit.views import sent_form, signed_in, submit
from preau.media.actions import note_dangerous
from preau.media.fields import is_dangerous
from preau.people.models import Person
from preau.schools.queries import class_list
from preau.spaces.queries import stops
from preau.spaces.rules import classrooms_visible_to

State = Page.State
FILES = MOST_PICTURES + 2
KEPT = "C’est gardé en brouillon. La famille ne le voit pas encore."
GIVEN = "C’est donné à relire. Ta maîtresse ou ton maître le lira, puis ta famille."
OWN_KEPT = "C’est gardé. Tu peux continuer plus tard."
CHANGED = "C’est changé\u00a0: la page est ainsi dès maintenant."
SHOWN_ONE, SHOWN_MANY = (
    "Sa famille lit la page dès maintenant.",
    "Les familles de {} élèves lisent la page dès maintenant.",
)


@signed_in("GET", "POST", takes=of_files(FILES))
def page_create(request, classroom_id):
    """The same page for one pupil or several of the class."""
    person, today = request.person, localdate()
    classroom = get_object_or_404(
        stops.with_opening(classrooms_visible_to(person, today).select_related("school__city")), pk=classroom_id
    )
    require(rules.can_keep_notebooks(person, classroom, today))
    pupils = [each.pupil_id for each in class_list(classroom, today)]
    chosen = [pk for pk in pupils if str(pk) in request.GET.getlist("pour")]
    asked = {
        "children": Person.objects.filter(pk__in=pupils).order_by("sort_key", "id"),
        **_domains(person, queries.asks_domains(classroom)), "initial": {"children": chosen},
    }  # fmt: skip
    form = PageForm(*sent_form(request), **asked)
    to = State.DRAFT if request.POST.get("act") == "draft" else State.APPROVED
    if pages := submit(request, form, lambda **_: _written(request, form, list(form.cleaned_data["children"]), to)):
        return _after(request, classroom, pages)
    _tell_dangerous(request, form, classroom.school)
    context = {
        "form": form, "classroom": classroom, "awaited": stops.opening_awaited(classroom), "one": _one(form, chosen),
        "tabs": tabs(person, classroom, today),
    }  # fmt: skip
    return render(request, "portfolio/page_create.html", context, status=422 if form.errors else 200)


@signed_in("GET", "POST", takes=of_files(FILES))
def own_page_create(request):
    """A pupil writes in their own notebook."""
    person, today = request.person, localdate()
    require(rules.can_write_about(person, person, today))
    form = PageForm(*sent_form(request), for_pupil=True)
    to = State.DRAFT if request.POST.get("act") == "draft" else State.WAITING
    if pages := submit(request, form, lambda **_: _written(request, form, [person], to)):
        messages.success(request, GIVEN if pages[0].state == State.WAITING else OWN_KEPT)
        return redirect("portfolio:child_notebook", own_notebook_id=person.pk)
    _tell_dangerous(request, form, queries.enrolment_of(person, today).school)
    context = {"form": form, "own": True, "back": reverse("portfolio:child_notebook", args=[person.pk])}
    return render(request, "portfolio/page_edit.html", context, status=422 if form.errors else 200)


@signed_in("GET", "POST", takes=of_files(FILES))
def page_edit(request, page_id):
    """Changing it: the pupil's own until it is shown, an adult's at any time."""
    person, today = request.person, localdate()
    page = get_object_or_404(
        rules.pages_visible_to(person, today).select_related("classroom__school", "child"), pk=page_id
    )
    require(rules.can_change_page(person, page, today))
    own, shown = page.child_id == person.pk, queries.shown_page(page)
    form = PageForm(
        *sent_form(request),
        **_domains(person, is_nursery(page.level) or bool(page.domains)),
        for_pupil=own,
        shown=shown,
    )
    if changed := submit(request, form, lambda **_: _edited(request, form, page), versioned=page):
        return _after_edit(request, changed, own)
    _tell_dangerous(request, form, page.school)
    context = {"form": form, "shown": shown, "page": page, "own": own, "back": notebook_address(page, own)}
    return render(request, "portfolio/page_edit.html", context, status=422 if form.errors else 200)


def notebook_address(page, own):
    """The notebook that holds it, as this reader opens it."""
    name = "portfolio:child_notebook" if own else "portfolio:notebook"
    return reverse(name, args=[page.child_id])


def _written(request, form, children, to):
    """While a family reads nothing of the school, what was written is a draft: nothing is lost."""
    sent = {
        "person": request.person, "children": children, "content": form.content(), "pieces": form.pieces(),
        "once": form.cleaned_data["once"] or form.initial["once"], "now": now(),
    }  # fmt: skip
    try:
        return actions.write_pages(**sent, to=to)
    except Conflict as held:
        if to != State.APPROVED or held.field:
            raise
        messages.error(request, f"{held.reason} C’est gardé en brouillon.")
        return actions.write_pages(**sent, to=State.DRAFT)


def _after(request, classroom, pages):
    shown = [page for page in pages if page.state == State.APPROVED]
    if shown:
        messages.success(request, SHOWN_MANY.format(len(shown)) if len(shown) > 1 else SHOWN_ONE)
    elif request.POST.get("act") == "draft":
        messages.success(request, KEPT)
    if len(pages) == 1:
        return redirect("portfolio:notebook", notebook_id=pages[0].child_id)
    return redirect("portfolio:classroom_notebooks", classroom_id=classroom.pk)


def _edited(request, form, page):
    sent = {
        "person": request.person, "page": page, "content": form.content(), "version": form.cleaned_data["version"],
        "added": form.pieces(), "removed": form.removed(), "heard": form.cleaned_data.get("heard"),
        "now": now(),
    }  # fmt: skip
    return actions.edit_page(**sent)


def _after_edit(request, page, own):
    """A pupil gives it to read over, an adult shows it, in the same touch; else it is changed."""
    act, person = request.POST.get("act"), request.person
    said = OWN_KEPT if own else CHANGED
    if act == "send" and own and rules.can_propose_page(person, page, localdate()):
        actions.propose_page(person=person, page=page, now=now())
        said = GIVEN
    if act == "send" and not own and rules.can_approve_page(person, page, localdate()):
        try:
            actions.approve_page(person=person, page=page, now=now())
            said = SHOWN_ONE
        except Conflict as held:
            messages.error(request, held.reason)
    messages.success(request, said)
    return redirect(notebook_address(page, own))


def _domains(person, is_nursery):
    return {"is_nursery": is_nursery, "observed": queries.observed_before(person) if is_nursery else None}


def _one(form, chosen):
    """The name of the only pupil it is opened for: the page says it above all."""
    if len(chosen) != 1 or form.is_bound:
        return None
    return form.fields["children"].queryset.filter(pk=chosen[0]).first()


def _tell_dangerous(request, form, school):
    if is_dangerous(form):
        note_dangerous(person=request.person, school=school, now=now())
