"""What a guardian answers for a child, and may change."""

import datetime

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.notes import rules
from preau.ent.notes.models import Answer, Nature, Note
from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.kit.dates import PAST_DAY
from preau.kit.rows import lock
from preau.people.models import Person

CORRECTED = "Ce mot vient d’être corrigé. Relisez-le, puis répondez."
UNSAID = {
    Nature.SIGN: "Dites si vous êtes d’accord.", Nature.BOTH: "Dites si vous êtes d’accord.",
    Nature.CHOICE: "Choisissez une réponse.", Nature.DATE: "Écrivez une date.", Nature.TEXT: "Écrivez votre réponse.",
}  # fmt: skip


@transaction.atomic
def answer_note(
    *,
    person: Person,
    note: Note,
    child: Person,
    version: int,
    now: datetime.datetime,
    agreed: str = "",
    choice: str = "",
    on_date: datetime.date | None = None,
    text: str = "",
) -> Answer:
    """One answer for each guardian and child; the last one counts. `version` is the mot's that was read.

    Raises Refused, or Conflict: corrected meanwhile, nothing said, a day that has passed.
    """
    note = lock(note, "publication", version=version, changed=CORRECTED)
    allow(rules.can_answer_note, person, note, child.pk, now=now)
    said = {
        "agreed": agreed if Nature(note.nature).can_be_refused else "",
        "choice": choice if choice in note.choices else "",
        "on_date": on_date if note.nature == Nature.DATE else None,
        "text": text.strip() if note.nature == Nature.TEXT else "",
    }
    if note.nature != Nature.SEE and not any(said.values()):
        raise Conflict(UNSAID[note.nature], "answer")
    if said["on_date"] and said["on_date"] < localdate(now):
        raise Conflict(PAST_DAY, "answer")
    answer, _ = Answer.objects.update_or_create(
        note=note, child=child, guardian=person,
        defaults=said | {"version": note.version, "answered_at": now, "paper_at": None},
    )  # fmt: skip
    place_id = note.publication.place_id
    record(person_id=person.pk, verb="note.answer", subject=answer, now=now, place_id=place_id, fields=["answered_at"])
    return answer
