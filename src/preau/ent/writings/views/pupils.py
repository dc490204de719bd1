"""A pupil's own pages: their texts, writing one, giving it, taking it back."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.ent.writings import actions, queries, rules
from preau.ent.writings.forms import WritingForm
from preau.ent.writings.models import Purpose, State
from preau.kit.answers import require
from preau.kit.bodies import of_files
from preau.kit.views import press, sent_form, signed_in, submit
from preau.media.actions import MAX_PICTURES

KEPT = "C’est gardé. Toi seul ou toi seule le lis pour le moment."
GIVEN = "C’est donné. Ta maîtresse ou ton maître va le relire."
BACK = "Tu l’as repris\u00a0: tu peux le changer."
TAKEN_AWAY = "Ton texte est retiré\u00a0: plus personne ne le lit."
GONE = "Ton brouillon est jeté."


@signed_in()
def mine(request):
    """One's own texts, each with its state in a child's words."""
    require(rules.can_write(request.person, localdate()))
    context = {"writings": queries.mine(rules.writings_of(request.person)), "now": now()}
    return render(request, "writings/mine.html", context)


@signed_in("GET", "POST", takes=of_files(MAX_PICTURES))
def writing_create(request):
    """A new one, for the class or for the conseil d’élèves."""
    person, today = request.person, localdate()
    require(rules.can_write(person, today))
    purpose = Purpose.COUNCIL if request.GET.get("pour") == "conseil" else Purpose.LIFE
    form = WritingForm(*sent_form(request))
    begin = partial(_begin, person, rules.class_written_in(person, today), purpose)
    if writing := submit(request, form, begin):
        return _kept(request, writing)
    return _page(request, form, {"purpose": purpose, "key": f"nouveau:{purpose}"})


@signed_in("GET", "POST", takes=of_files(MAX_PICTURES))
def writing_edit(request, writing_id):
    """A draft to go on with; given or published, it is read on its own page."""
    person, today = request.person, localdate()
    writing = get_object_or_404(queries.with_place(rules.writings_visible_to(person, today)), pk=writing_id)
    if writing.publication.author_id != person.pk:
        require(rules.NOT_YOURS)
    if request.method == "GET" and writing.state != State.DRAFT:
        return redirect("writings:writing_detail", writing_id=writing.pk)
    form = WritingForm(*sent_form(request), writing=writing, kept=queries.pictures_of(writing, today))
    if submit(request, form, partial(_edit, person, writing), versioned=writing):
        return _kept(request, writing)
    kept = rules.writings_of(person).filter(pk=writing.pk).first() if form.non_field_errors() else None
    context = {"writing": writing, "remarks": queries.remarks_of(writing), "purpose": writing.purpose}
    return _page(request, form, context | {"kept": kept, "key": writing.pk})


@signed_in("POST")
def take_back(request, writing_id):
    """One press: a draft again, or withdrawn."""
    writing = _own(request, writing_id)
    require(rules.can_take_back(request.person, writing, localdate()))
    was_read = writing.state == State.PUBLISHED
    act = partial(actions.take_back, person=request.person, writing=writing, now=now())
    press(request, act, TAKEN_AWAY if was_read else BACK)
    if was_read:
        return redirect("writings:mine")
    return redirect("writings:writing_edit", writing_id=writing.pk)


@signed_in("POST")
def discard(request, writing_id):
    """A draft thrown away for good."""
    writing = _own(request, writing_id)
    require(rules.can_discard(request.person, writing, localdate()))
    press(request, partial(actions.discard, person=request.person, writing=writing, now=now()), GONE)
    return redirect("writings:mine")


def _own(request, writing_id):
    visible = rules.writings_visible_to(request.person, localdate())
    return get_object_or_404(queries.with_place(visible), pk=writing_id)


def _begin(person, classroom, purpose, *, title, text, sent, once, **_):
    made = {"person": person, "classroom": classroom, "purpose": purpose, "pictures": sent, "once": once}
    return actions.begin_writing(**made, title=title, text=text, now=now())


def _edit(person, writing, *, title, text, sent, removed, version, **_):
    changed = {"title": title, "text": text, "version": version, "pictures": sent, "removed": removed}
    return actions.edit_writing(person=person, writing=writing, **changed, now=now())


def _kept(request, writing):
    """« Garder », or « Je le donne à relire »: what was written is kept first, whatever is answered then."""
    if request.POST.get("act") != "give":
        messages.success(request, KEPT)
        return redirect("writings:writing_edit", writing_id=writing.pk)
    if press(request, partial(actions.give, person=request.person, writing=writing, now=now()), GIVEN):
        return redirect("writings:mine")
    return redirect("writings:writing_edit", writing_id=writing.pk)


def _page(request, form, context):
    context |= {"form": form, "now": now()}
    return render(request, "writings/write.html", context, status=422 if form.errors else 200)
