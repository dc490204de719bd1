"""Files of a mot: joined and taken out by its school, opened by who may."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.ent.notes import actions, files, queries, rules
from preau.ent.notes.forms import FilesForm
from preau.ent.notes.models import MOST_FILES, Note, NoteFile
from preau.ent.notes.views.factor import ask_factor_first
from preau.kit.answers import require
from preau.kit.bodies import of_files
from preau.kit.files import send_given
from preau.kit.money import NBSP
from preau.kit.rows import is_among
from preau.kit.views import press, signed_in, submit
from preau.media.actions import note_dangerous
from preau.media.fields import is_dangerous
from preau.media.queries import given_to


@signed_in("GET", "POST", takes=of_files(MOST_FILES))
def note_files(request, note_id):
    """Those already there, in whatever state, and others."""
    person, today = request.person, localdate()
    note = get_object_or_404(rules.notes_visible_to(person, today).select_related(*queries.SHOWN), pk=note_id)
    require(rules.can_change_note(person, note, today))
    if page := ask_factor_first(request, note):
        return page
    form = FilesForm(request.POST or None, request.FILES or None)
    made = {"person": person, "note": note, "now": now(), "has_shown_factor": request.has_shown_factor()}
    if submit(request, form, lambda files: actions.join_files(files=files, **made)):
        messages.success(request, f"C’est joint{NBSP}: les familles qui lisent le mot peuvent l’ouvrir.")
        return redirect("notes:note_files", note_id=note.pk)
    tell_dangerous(request, form, note)
    context = {"note": note, "files": list(note.files.order_by("id")), "form": form, "most": MOST_FILES}
    return render(request, "notes/note_files.html", context, status=422 if form.errors else 200)


@signed_in("POST")
def file_removal(request, file_id):
    """Out of the mot."""
    person, today = request.person, localdate()
    mine = NoteFile.objects.filter(is_among("note", rules.notes_visible_to(person, today)))
    paths = [f"note__{path}" for path in queries.SHOWN]
    file = get_object_or_404(mine.select_related(*paths), pk=file_id)
    require(rules.can_change_note(person, file.note, today))
    if page := ask_factor_first(request, file.note, "note_files"):
        return page
    said = f"«{NBSP}{file.label}{NBSP}» est retiré du mot."
    done = {"person": person, "file": file, "now": now(), "has_shown_factor": request.has_shown_factor()}
    press(request, lambda: actions.remove_file(**done), said)
    return redirect("notes:note_files", note_id=file.note_id)


@signed_in()
def note_file(request, file_id):
    """What is joined to a mot."""
    given = given_to(rules.note_files_visible_to, request.person, file_id)
    return send_given(request, files.NOTE, file_id, given)


@signed_in()
def answer_file(request, answer_file_id):
    """What a guardian sent."""
    given = given_to(rules.answer_files_visible_to, request.person, answer_file_id)
    return send_given(request, files.ANSWER, answer_file_id, given)


def tell_dangerous(request, form, note: Note | None = None, school=None):
    """The journal's line, when the antivirus refused a file of this form."""
    if is_dangerous(form):
        note_dangerous(person=request.person, school=school or queries.school_of(note), now=now())
