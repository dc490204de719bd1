"""Files of a lesson: joined and taken out by who writes there, opened by who reads it."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.ent.homework import actions, files, rules
from preau.ent.homework.forms import FilesForm
from preau.ent.homework.models import MOST_FILES, AssignmentFile
from preau.ent.homework.views.assignments import visible_assignment
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
def assignment_files(request, assignment_id):
    """Those already there, in whatever state, and others."""
    person, assignment = request.person, visible_assignment(request, assignment_id)
    require(rules.can_change_assignment(person, assignment, localdate()))
    form = FilesForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    join = partial(actions.join_files, person=person, assignment=assignment, now=now())
    if submit(request, form, join):
        messages.success(request, f"C’est joint{NBSP}: toute personne qui lit cette leçon peut l’ouvrir.")
        return redirect("homework:assignment_files", assignment_id=assignment.pk)
    tell_dangerous(request, form, assignment.publication.place)
    held = list(assignment.files.order_by("id"))
    context = {"assignment": assignment, "place": assignment.publication.place, "files": held, "form": form}
    return render(
        request, "homework/assignment_files.html", context | {"most": MOST_FILES}, status=422 if form.errors else 200
    )


@signed_in("POST")
def file_removal(request, assignment_file_id):
    """Out of the lesson."""
    visible = AssignmentFile.objects.filter(
        is_among("assignment", rules.assignments_visible_to(request.person, localdate()))
    )
    file = get_object_or_404(visible, pk=assignment_file_id)
    file.assignment = visible_assignment(request, file.assignment_id)
    require(rules.can_change_assignment(request.person, file.assignment, localdate()))
    said = f"«{NBSP}{file.label}{NBSP}» est retiré."
    press(request, lambda: actions.remove_file(person=request.person, file=file, now=now()), said)
    return redirect("homework:assignment_files", assignment_id=file.assignment_id)


@signed_in()
def assignment_file(request, assignment_file_id):
    """What is joined to a lesson, to who has an account: a tablet would save it (lessons.views.rooms.to_do_file)."""
    given = given_to(rules.assignment_files_visible_to, request.person, assignment_file_id)
    return send_given(request, files.LESSON, assignment_file_id, given)


def tell_dangerous(request, form, place):
    """The journal knows that the antivirus refused a file as it came."""
    if is_dangerous(form):
        note_dangerous(person=request.person, school=place.school, now=now())
