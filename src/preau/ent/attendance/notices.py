"""What calls say: that something waits, and where to read it. No name, no class, no reason."""

from django.utils.translation import gettext_noop as _

from preau.notify.calls import Said

MISSING = Said(
    "attendance.missing",
    _("une absence est signalée par l’école"),
    _("L’école a noté une absence que personne n’avait annoncée. Pour savoir de qui, et répondre\u00a0:"),
    "attendance:mine",
)
CORRECTION = Said(
    "attendance.corrected",
    _("l’école a corrigé une absence"),
    _("L’école avait noté une absence par erreur, ou votre enfant est arrivé. Pour le lire\u00a0:"),
    "attendance:mine",
)
TO_HEAD = Said(
    "attendance.school",
    "des absences sans raison dans votre école",
    "L’appel a trouvé des absences que personne n’avait annoncées. Pour les lire\u00a0:",
    "today",
)
