"""Who reads over: the class's texts, one read over, withdrawn, chosen for the newspaper, answered."""

from functools import partial

from django.contrib import messages
from django.db.models import UUIDField
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.ent.writings import actions, queries, rules
from preau.ent.writings.forms import AnswerForm, JournalForm, ReviewForm
from preau.ent.writings.models import State
from preau.kit.answers import require
from preau.kit.rooms.doors import tabs_of
from preau.kit.views import first_or_404, form_page, press, signed_in, submit
from preau.media.models import Picture
from preau.people.prepared import PreparedFor
from preau.spaces.audiences import CLASSROOM
from preau.spaces.rules.single import space_entered

PUBLISHED = "C’est publié\u00a0: la classe et ses familles le lisent dès maintenant."
RETURNED = "C’est rendu à l’élève, avec votre remarque. Personne d’autre ne la lit."
WITHDRAWN = "C’est retiré\u00a0: plus personne ne le lit, que l’élève et l’équipe de la classe."
PICTURE_REMOVED = "L’image est retirée\u00a0: plus personne ne la voit. Le texte reste, l’élève est prévenu."
LOOKED = "C’est noté\u00a0: vous avez regardé ces images."
RESTORED = "C’est remis dans la vie de la classe."
IN_JOURNAL = "C’est dans le journal de l’école, sans ses images\u00a0; son nom, si ses responsables l’ont dit."
OUT_OF_JOURNAL = "Ce n’est plus dans le journal de l’école."
ANSWERED = "C’est noté\u00a0: la classe le lit."
# Of a class, what was given to its team, and what it looks at again.
GIVEN = PreparedFor(
    lambda person, today, classroom: queries.of_class(rules.writings_given_to(person, today), classroom), UUIDField
)
TO_LOOK_OVER = PreparedFor(
    lambda person, today, classroom: queries.with_place(
        rules.writings_to_look_over(person, today).filter(publication__classroom=classroom)
    ),
    UUIDField,
)


@signed_in()
def classroom_writings(request, classroom_id):
    """What the pupils of a class have given: to read over first."""
    person, today = request.person, localdate()
    classroom = first_or_404(space_entered(person, CLASSROOM, classroom_id, today, "school"))
    require(rules.reads_over(person, classroom, today))
    found = queries.by_state(GIVEN.rows(person, today, classroom.pk))
    context = {
        "place": classroom,
        "looks": TO_LOOK_OVER.rows(person, today, classroom.pk),
        "waiting": found[State.WAITING],
        "returned": [one for one in found[State.DRAFT] if one.is_returned],
        "published": found[State.PUBLISHED],
        "withdrawn": found[State.WITHDRAWN],
        "now": now(),
        "tabs": tabs_of("classroom", classroom, person=person, today=today, path=request.path),
    }
    return render(request, "writings/classroom.html", context)


@signed_in()
def to_read(request):
    """From the home: the class whose texts wait the longest, or one's class when none does any more."""
    person, today = request.person, localdate()
    require(rules.teaches(person, today))
    waiting = rules.writings_to_read(person, today).order_by("given_at", "id")
    oldest = waiting.values_list("publication__classroom", flat=True).first()
    classroom_id = oldest or sorted(rules.TEACHES.places(person, today))[0]
    return redirect("writings:classroom_writings", classroom_id=classroom_id)


@signed_in("GET", "POST")
def review(request, writing_id):
    """Publish, or give back with a remark. What moved meanwhile is said, and what was typed stays."""
    person, today = request.person, localdate()
    writing = _shown(request, writing_id)
    require(rules.is_team(person, writing, today))
    if not request.POST and writing.state != State.WAITING:  # an empty form sent is a page asked for
        return redirect("writings:writing_detail", writing_id=writing.pk)
    initial = {"title": writing.title, "text": writing.text, "version": writing.version}
    form = ReviewForm(request.POST or None, initial=initial)
    if said := submit(request, form, partial(_decide, person, writing), versioned=writing):
        messages.success(request, said)
        return redirect("writings:classroom_writings", classroom_id=writing.publication.classroom_id)
    if form.non_field_errors():
        writing = _shown(request, writing_id)
    hidden = rules.children_to_hide(writing, today)
    context = {"form": form, "writing": writing, "classroom": writing.publication.classroom, "now": now()}
    context["to_hide"] = [child.first_name for child in hidden]
    return render(request, "writings/review.html", context, status=422 if form.errors else 200)


@signed_in("POST")
def withdrawal_create(request, writing_id):
    """The class reads it no more."""
    return _pressed(request, writing_id, rules.can_withdraw, actions.withdraw, WITHDRAWN)


@signed_in("POST")
def declaration_create(request, writing_id):
    """« Regardé »: no child left without accord is recognised on the images that the class sees."""
    return _pressed(request, writing_id, rules.can_declare_again, actions.declare_again, LOOKED)


@signed_in("POST")
def picture_removal(request, written_picture_id):
    """One image, whose child lacks an accord: the text stays."""
    person, today = request.person, localdate()
    visible = rules.writings_visible_to(person, today).filter(publication__pictures=written_picture_id)
    writing = get_object_or_404(queries.whole(visible))
    require(rules.can_remove_picture(person, writing, today))
    picture = get_object_or_404(Picture, pk=written_picture_id)
    remove = partial(actions.remove_picture, person=person, writing=writing, picture=picture, now=now())
    press(request, remove, PICTURE_REMOVED)
    return redirect("writings:writing_detail", writing_id=writing.pk)


@signed_in("POST")
def restoration_create(request, writing_id):
    """The class reads it again."""
    return _pressed(request, writing_id, rules.can_restore, actions.restore, RESTORED)


@signed_in("POST")
def journal_choose(request, writing_id):
    """All the school reads it, or no more."""
    form = JournalForm(request.POST)
    is_in = form.is_valid() and form.cleaned_data["chosen"]
    act = partial(actions.put_in_journal, is_in=is_in)
    return _pressed(request, writing_id, rules.can_put_in_journal, act, IN_JOURNAL if is_in else OUT_OF_JOURNAL)


@signed_in("GET", "POST")
def council_answer(request, writing_id):
    """What the conseil d’élèves decided of a subject."""
    person = request.person
    writing = _shown(request, writing_id)
    require(rules.can_answer(person, writing, localdate()))
    form = AnswerForm(request.POST or None, initial={"answer": writing.answer, "version": writing.version})
    if submit(request, form, partial(_answer, person, writing), versioned=writing):
        messages.success(request, ANSWERED)
        return redirect("writings:classroom_council", classroom_id=writing.publication.classroom_id)
    page = {"title": writing.title, "eyebrow": "Conseil d’élèves", "lead": writing.text[:300], "button": "Noter"}
    return form_page(request, form, **page, back=f"/classe/{writing.publication.classroom_id}/conseil-d-eleves/")


def _shown(request, writing_id):
    visible = rules.writings_visible_to(request.person, localdate())
    return get_object_or_404(queries.whole(visible), pk=writing_id)


def _decide(person, writing, *, title, text, remark, no_child, version, act):
    given = {"person": person, "writing": writing, "title": title, "text": text, "version": version, "now": now()}
    if act == "publish":
        actions.publish(**given, no_child_declared=no_child)
        return PUBLISHED
    actions.give_back(**given, remark=remark)
    return RETURNED


def _answer(person, writing, *, answer, version):
    return actions.answer_subject(person=person, writing=writing, answer=answer, version=version, now=now())


def _pressed(request, writing_id, rule, act, said):
    writing = _shown(request, writing_id)
    require(rule(request.person, writing, localdate()))
    press(request, partial(act, person=request.person, writing=writing, now=now()), said)
    return redirect("writings:writing_detail", writing_id=writing.pk)
