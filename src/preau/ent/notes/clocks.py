"""What this room keeps for a time."""

from django.utils.timezone import localdate

from preau.ent.notes.models import Note
from preau.kit.dates import last_year_begins
from preau.kit.rooms.clocks import Due

CLOCKS = (
    Due(
        "mots d’avant l’an dernier, avec leurs réponses",
        Note,
        lambda now: Note.objects.filter(publication__created_at__date__lt=last_year_begins(localdate(now))),
    ),
)
