"""What a guardian answers for a child, and may change."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.notes import rules
from preau.ent.notes.actions.files import answer_with
from preau.ent.notes.models import Answer, Nature, Note
from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.kit.dates import PAST_DAY
from preau.kit.rows import lock
from preau.kit.stored import with_its_files
from preau.media.documents import Document
from preau.notify import actions as notify
from preau.people.models import Person

CORRECTED = "Ce mot vient d’être corrigé. Relisez-le, puis répondez."
UNSAID = {
    Nature.SIGN: "Dites si vous êtes d’accord.", Nature.BOTH: "Dites si vous êtes d’accord.",
    Nature.CHOICE: "Choisissez une réponse.", Nature.DATE: "Écrivez une date.", Nature.TEXT: "Écrivez votre réponse.",
    Nature.FILE: "Choisissez le document à envoyer.",
}  # fmt: skip


@transaction.atomic
def see_note(*, person: Person, note: Note, children: Iterable, version: int, now: datetime.datetime) -> None:
    """The person opened the mot: seen for each of these children (ids); one that is only to read asks nothing more."""
    notify.mark_seen(publication=note.publication, person=person, now=now)
    if note.nature != Nature.SEE:
        return
    for child in Person.objects.filter(pk__in=list(children)).exclude(note_answers__in=_given(person, note)):
        answer_note(person=person, note=note, child=child, version=version, now=now)


@transaction.atomic
def ask_paper(*, person: Person, note: Note, child: Person, now: datetime.datetime) -> Answer:
    """« Demander le mot sur papier »: the school prints it with the others; asked twice, it is one."""
    allow(rules.can_answer_note, person, note, child.pk, now=now)
    answer, _ = Answer.objects.get_or_create(note=note, child=child, guardian=person)
    if answer.paper_asked_at is None:
        answer.paper_asked_at = now
        answer.save(update_fields=["paper_asked_at"])
        record(person_id=person.pk, verb="note.ask_paper", subject=answer, now=now, place_id=note.publication.place_id)
    return answer


def _given(person, note):
    return Answer.objects.filter(note=note, guardian=person, version__gte=note.asked_from)


@with_its_files()
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
    sent: tuple[Document, str] | None = None,
) -> Answer:
    """One answer for each guardian and child; the last one counts. `version` is the mot's that was read; `sent` is a
    file and the name it is shown under.

    Raises Refused, or Conflict: corrected meanwhile, nothing said, a day that has passed, no place for a file.
    """
    note = lock(note, "publication", version=version, changed=CORRECTED)
    allow(rules.can_answer_note, person, note, child.pk, now=now)
    has_file = sent is not None or note.nature == Nature.FILE and _has_sent(person, note, child)
    said = said_to(
        note=note, today=localdate(now), agreed=agreed, choice=choice, on_date=on_date, text=text, has_file=has_file
    )
    answer, _ = Answer.objects.update_or_create(
        note=note,
        child=child,
        guardian=person,
        defaults=said | {"version": note.version, "answered_at": now, "paper_at": None},
    )
    if sent is not None or not has_file:
        answer_with(answer=answer, sent=sent, now=now)
    notify.mark_seen(publication=note.publication, person=person, now=now)
    place_id = note.publication.place_id
    record(person_id=person.pk, verb="note.answer", subject=answer, now=now, place_id=place_id, fields=["answered_at"])
    return answer


def _has_sent(person, note, child):
    return (
        Answer.objects.filter(guardian=person, note=note, child=child, file__refused_at=None)
        .filter(file__isnull=False)
        .exists()
    )


def said_to(*, note: Note, today: datetime.date, agreed="", choice="", on_date=None, text="", has_file=False) -> dict:
    """What is kept of an answer, by the nature of the mot. Raises Conflict when nothing it asks is said."""
    said = {
        "agreed": agreed if Nature(note.nature).can_be_refused else "",
        "choice": choice if choice in note.choices else "",
        "on_date": on_date if note.nature == Nature.DATE else None,
        "text": text.strip() if note.nature == Nature.TEXT else "",
    }
    if note.nature != Nature.SEE and not any(said.values()) and not has_file:
        raise Conflict(UNSAID[note.nature], "answer")
    if said["on_date"] and said["on_date"] < today:
        raise Conflict(PAST_DAY, "answer")
    return said
