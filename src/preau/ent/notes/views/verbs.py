"""Taking a mot back, and putting it back."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate, now

from preau.ent.notes import actions, queries, rules
from preau.kit.answers import require
from preau.kit.views import press, signed_in


@signed_in("POST")
def withdrawal_create(request, note_id):
    """No family finds it any more."""
    note = _note(request, note_id)
    require(rules.can_withdraw_note(request.person, note, localdate()))
    said = "Le mot est retiré. Plus aucune famille ne le voit. Il se remet pendant 30 jours."
    press(request, lambda: actions.withdraw_note(person=request.person, note=note, now=now()), said)
    return redirect("notes:note_detail", note_id=note.pk)


@signed_in("POST")
def restoration_create(request, note_id):
    """« Annuler » a withdrawal."""
    note = _note(request, note_id)
    require(rules.can_restore_note(request.person, note, localdate()))
    said = "Le mot est de nouveau chez les familles, avec leurs réponses."
    press(request, lambda: actions.restore_note(person=request.person, note=note, now=now()), said)
    return redirect("notes:note_detail", note_id=note.pk)


def _note(request, note_id):
    visible = rules.notes_visible_to(request.person, localdate()).select_related(*queries.SHOWN)
    return get_object_or_404(visible, pk=note_id)
