"""One mot, as its family reads and answers it."""

from datetime import timedelta
from functools import partial

from django.contrib import messages
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from preau.ent.notes import actions, queries, rules
from preau.ent.notes.forms import AnswerForm
from preau.ent.notes.models import AnswerFile, Nature, NoteTarget
from preau.ent.notes.views.files import tell_dangerous
from preau.ent.thanks.rules import can_thank
from preau.kit.answers import require
from preau.kit.bodies import of_files
from preau.kit.spoken import other_language
from preau.kit.views import press, signed_in, submit
from preau.notify.queries import carrier_text
from preau.people.models import Person
from preau.schools.queries import links_of_guardian
from preau.spaces import audiences
from preau.spaces.naming import child_tags
from preau.spaces.rules import tell_why

SOON = timedelta(minutes=2)
ANSWERED = _("Votre réponse est partie\u00a0: l’école la lit, et personne d’autre.")
ASKED = _("C’est demandé\u00a0: %(name)s rapportera ce mot sur papier, dans son cahier de liaison.")
DONE = {Nature.SEE: _("L’école sait que vous avez lu ce mot\u00a0: il n’attend plus rien de vous.")}


@signed_in(is_family=True)
def note_detail(request, note_id):
    """The mot, and what is asked of who reads, for each child it is about."""
    return _page(request, *_read(request, note_id))


@signed_in("POST", takes=of_files(1), is_family=True)
def answer_create(request, note_id, child_id):
    """What a guardian answers for one child; what was typed stays when it cannot be."""
    note, memberships = _read(request, note_id)
    today = localdate()
    if child_id not in (concerned := queries.children_concerned(note, memberships, today)):
        raise Http404
    require(rules.can_answer_note(request.person, note, child_id, today, concerned=concerned))
    child = Person.objects.get(pk=child_id)
    form = AnswerForm(request.POST, request.FILES, note=note, auto_id=_ids(child_id))
    answer = submit(
        request,
        form,
        lambda **said: actions.answer_note(person=request.person, note=note, child=child, now=now(), **said),
    )
    if answer is None:
        tell_dangerous(request, form, note)
        return _page(request, *_read(request, note_id), {child_id: form})
    held = AnswerFile.objects.filter(answer__pk=answer.pk, ready_at=None).first()
    told = gettext(DONE.get(note.nature, ANSWERED))
    messages.success(request, f"{told} {gettext(held.state_text)}" if held else told)
    return redirect("notes:note_detail", note_id=note.pk)


@signed_in("POST")
def seen_create(request, note_id):
    """The page was shown: sent by its script, or by « J’ai lu »."""
    note, memberships = _read(request, note_id)
    concerned = queries.children_concerned(note, memberships, localdate())
    if not concerned:
        raise Http404
    form = AnswerForm(request.POST, note=note)
    if form.is_valid():
        version = form.cleaned_data["version"]  # of the text that was shown
        actions.see_note(person=request.person, note=note, children=concerned, version=version, now=now())
    return HttpResponse(status=204)


@signed_in("POST", is_family=True)
def paper_create(request, note_id, child_id):
    """« Demander le mot sur papier »."""
    note, memberships = _read(request, note_id)
    if child_id not in queries.children_concerned(note, memberships, localdate()):
        raise Http404
    require(rules.can_answer_note(request.person, note, child_id, localdate()))
    child = Person.objects.get(pk=child_id)
    said = gettext(ASKED) % {"name": child.first_name}
    press(request, lambda: actions.ask_paper(person=request.person, note=note, child=child, now=now()), said)
    return redirect("notes:note_detail", note_id=note.pk)


def _read(request, note_id):
    """404 for who may not read it; a family that read it before it was withdrawn is told whom to ask why."""
    today = localdate()
    memberships = audiences.memberships_of(request.person, today)
    note = rules.note_read(request.person, note_id, today, memberships)
    if note is None:
        tell_why(request.person, today, rules.withdrawn_text, note=note_id)
        raise Http404
    return note, memberships


def _page(request, note, memberships, refused=None):
    person, today = request.person, localdate()
    followed = None
    if note.publication.author_id == person.pk:  # four rules ask where it goes
        prefetch_related_objects([note], Prefetch("targets", NoteTarget.objects.select_related("classroom", "group")))
        followed = [target for target in note.targets.all() if rules.can_write_to(person, target.place, today)]
    context = {
        "note": note,
        **_in_language_of_page(note),
        "lines": _lines(person, note, memberships, today, refused or {}),
        "follows": rules.can_follow_note(person, note, today, targets=followed),
        "can_change": rules.can_change_note(person, note, today),
        "can_withdraw": rules.can_withdraw_note(person, note, today),
        "can_send": rules.can_send_draft(person, note, today),
        "can_stop": rules.can_stop_sending(person, note, today),
        "can_restore": rules.can_restore_note(person, note, today),
        "place": note.publication.place, "now": now(), "soon": now() + SOON, "today": today,
        "files": list(note.files.order_by("id")), "carrier": carrier_text(note.level),
    }  # fmt: skip
    if context["lines"] and can_thank(person, note.publication, today, is_reached=True):
        context |= {"can_thank": True, "is_thanked": note.is_thanked}
    return render(request, "notes/note_detail.html", context, status=422 if refused else 200)


def _in_language_of_page(note):
    """What is read above the French; nothing more is asked of the base for who reads French."""
    read, reviewer = queries.in_language_of_page(note), ""
    if read and not read.is_automatic:
        review = queries.reviews_of(queries.school_of(note).city_id).get(other_language())
        reviewer = review.reviewer if review else ""
    return {"translated": read, "reviewer": reviewer}


def _ids(child_id):
    """Two children of one class have a form each on one page: their fields need ids of their own."""
    return f"id_%s_{child_id}"


def _lines(person, note, memberships, today, refused):
    """(tag, what was answered, form, whether one may answer) of each child; three queries, none for who has no child
    there."""
    concerned = queries.children_concerned(note, memberships, today)
    if not concerned:
        return []
    links = links_of_guardian(person, today)
    tags = child_tags([link.child for link in links], concerned)
    may = partial(rules.can_answer_note, person, note, today=today, concerned=concerned, links=links)
    return [
        (
            tags[line.child_id],
            line,
            refused.get(line.child_id) or AnswerForm(note=note, answer=line.answer, auto_id=_ids(line.child_id)),
            may(child_id=line.child_id),
        )
        for line in queries.for_children(person, note, tags)
    ]
