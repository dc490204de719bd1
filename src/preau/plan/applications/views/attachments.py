"""« Pièces jointes »: the team adds and removes them; who reads the file takes them away."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.bodies import of_files
from preau.kit.files import send_given
from preau.kit.money import NBSP
from preau.kit.views import signed_in, submit
from preau.media.actions import note_dangerous
from preau.media.fields import is_dangerous
from preau.plan.applications import actions, files, forms, queries, rules
from preau.plan.applications.models import MOST_ATTACHMENTS
from preau.plan.applications.views.loading import file_in_sight


@signed_in("GET", "POST", takes=of_files(1))
def attachment_create(request, application_id):
    """Those already there, and one more."""
    file = file_in_sight(request, application_id)
    require(rules.can_edit_application(request.person, file, now()))
    form = forms.AttachmentForm(request.POST or None, request.FILES or None)

    def write(label, document):
        return actions.add_attachment(
            person=request.person, application=file, document=document, label=label, now=now()
        )

    if submit(request, form, write):
        said = f"«{NBSP}{form.cleaned_data['label']}{NBSP}» est joint au dossier."
        messages.success(request, f"{said} Qui lira le dossier déposé l’ouvrira.")
        return redirect("applications:attachment_create", application_id=file.id)
    if is_dangerous(form):
        note_dangerous(person=request.person, school=file.school, now=now())
    context = {"file": file, "form": form, "pieces": queries.pieces_written(file), "most": MOST_ATTACHMENTS}
    status = 422 if request.method == "POST" else 200
    return render(request, "applications/attachment_form.html", context, status=status)


@signed_in("POST")
def attachment_removal(request, attachment_id):
    """Out of what the team writes."""
    attachment = _in_sight(request, attachment_id)
    require(rules.can_edit_application(request.person, attachment.application, now()))
    actions.remove_attachment(person=request.person, attachment=attachment, now=now())
    messages.success(
        request, f"«{NBSP}{attachment.label}{NBSP}» est retiré du dossier. Le prochain dépôt ne l’aura plus."
    )
    return redirect("applications:attachment_create", application_id=attachment.application_id)


@signed_in()
def attachment_file(request, attachment_id):
    """The bytes, to be saved."""
    attachment = _in_sight(request, attachment_id)
    require(rules.can_read_attachment(request.person, attachment, localdate()))
    return send_given(request, files.PIECE, attachment.pk, files.given(attachment))


def _in_sight(request, attachment_id):
    rows = rules.attachments_visible_to(request.person, localdate())
    return get_object_or_404(rows.select_related("application__call", "application__school__city"), id=attachment_id)
