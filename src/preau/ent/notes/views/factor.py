"""What is touched of a mot to several classes asks for the second factor first (trust.md R6)."""

from django.urls import reverse

from preau.ent.notes import rules


def ask_factor_first(request, note, back="note_detail"):
    """The page that asks for it and leads back to this page of the mot, or None when nothing is owed."""
    may = rules.can_reach_all(note, has_shown_factor=request.has_shown_factor())
    return None if may else request.ask_factor(may.reason, back=reverse(f"notes:{back}", args=[note.pk]))
