"""Correcting a mot, taking it back, putting it back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.ent.notes import actions, queries, rules
from preau.ent.notes.forms import CorrectionForm
from preau.ent.notes.views.factor import ask_factor_first
from preau.kit.answers import require
from preau.kit.views import form_page, press, signed_in, submit


@signed_in("GET", "POST")
def note_edit(request, note_id):
    """Corrects a mot; the families who have it read that it was."""
    note, person = _note(request, note_id), request.person
    require(rules.can_change_note(person, note, localdate()))
    if page := ask_factor_first(request, note):
        return page
    back = reverse("notes:note_detail", args=[note.pk])
    words = {name: getattr(note, name) for name in ("title", "text", "answer_before", "version")}
    words["question"] = note.publication.question
    form = CorrectionForm(request.POST or None, initial=words)
    made = {"person": person, "note": note, "now": now(), "has_shown_factor": request.has_shown_factor()}
    if submit(request, form, lambda **said: actions.correct_note(**made, **said), note):
        messages.success(
            request, "Le mot est corrigé\u00a0: les familles lisent le nouveau texte, et voient qu’il a changé."
        )
        return redirect("notes:note_detail", note_id=note.pk)
    return form_page(request, form, title="Corriger le mot", eyebrow=note.title, button="Corriger", back=back)


@signed_in("POST")
def withdrawal_create(request, note_id):
    """No family finds it any more."""
    note = _note(request, note_id)
    require(rules.can_withdraw_note(request.person, note, localdate()))
    said = "Le mot est retiré. Plus aucune famille ne le voit. Vous pouvez le remettre pendant 30 jours."
    press(request, lambda: actions.withdraw_note(person=request.person, note=note, now=now()), said)
    return redirect("notes:note_detail", note_id=note.pk)


@signed_in("POST")
def restoration_create(request, note_id):
    """« Annuler » a withdrawal."""
    note = _note(request, note_id)
    require(rules.can_restore_note(request.person, note, localdate()))
    if page := ask_factor_first(request, note):
        return page
    said = "Le mot est de nouveau chez les familles, avec leurs réponses."
    done = {"person": request.person, "note": note, "now": now(), "has_shown_factor": request.has_shown_factor()}
    press(request, lambda: actions.restore_note(**done), said)
    return redirect("notes:note_detail", note_id=note.pk)


def _note(request, note_id):
    visible = rules.notes_visible_to(request.person, localdate()).select_related(*queries.SHOWN)
    return get_object_or_404(visible, pk=note_id)
