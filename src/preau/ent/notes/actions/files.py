"""Files joined to a mot by its school, and those that families answer with."""

import datetime

from django.db import transaction

from preau.ent.notes import queries, rules
from preau.ent.notes.models import MOST_FILES, Answer, AnswerFile, Note, NoteFile
from preau.journal.actions import record
from preau.kit.answers import Conflict, allow, require
from preau.kit.rows import lock
from preau.kit.stored import with_its_files
from preau.media import actions as media
from preau.media.documents import VOICE, Document, voice_id
from preau.people.models import Person
from preau.spaces.models import Publication

TOO_MANY = f"Un mot a {MOST_FILES} fichiers au plus\u00a0: retirez-en un d’abord."
TABLES = (NoteFile, AnswerFile)
TASK = "preau.ent.notes.tasks.settle_file"


@with_its_files()
@transaction.atomic
def join_files(
    *, person: Person, note: Note, files: list[tuple[Document, str]], has_shown_factor: bool, now: datetime.datetime
) -> Note:
    """Adds files to a mot that was already sent: its families find them there. Raises Refused, Conflict."""
    note = _changed(person, note, has_shown_factor, now)
    for sent in files:
        join(person=person, note=note, sent=sent, now=now)
    return note


@transaction.atomic
def remove_file(*, person: Person, file: NoteFile, has_shown_factor: bool, now: datetime.datetime) -> None:
    """Removes a file of a mot. Raises Refused, Conflict."""
    note = _changed(person, file.note, has_shown_factor, now)
    file = lock(file)
    record(person_id=person.pk, verb="note.remove_file", subject=file, now=now, place_id=note.publication.place_id)
    media.forget_joined(joined=file)


def _changed(person, note, has_shown_factor, now):
    """The note, locked, for who may change its files. Once it is published, its version moves: a signature counts for
    the files that its guardian saw, and families read that it was corrected."""
    note = lock(note, *queries.SHOWN)
    allow(rules.can_change_note, person, note, now=now)
    require(rules.can_reach_all(note, has_shown_factor=has_shown_factor))
    if note.publication.state == Publication.State.PUBLISHED:
        note.version, note.corrected_at = note.version + 1, now
        note.save(update_fields=["version", "corrected_at"])
    return note


def join(
    *, person: Person, note: Note, sent: tuple[Document, str], now: datetime.datetime, is_first: bool = False
) -> NoteFile:
    """Adds one file, for an action that has checked its rule; `is_first`: with the mot itself, which may be sent twice.
    Raises Conflict."""
    if note.files.count() >= MOST_FILES:
        raise Conflict(TOO_MANY, "files")
    media.refuse_pictures(files=[sent])
    document, label = sent
    file = NoteFile(note=note, sent_by=person, school=queries.school_of(note), label=label)
    if is_first and document.kind == VOICE:
        file.pk = voice_id(note.pk, document)
    media.keep_joined(joined=file, document=document, now=now)
    media.settle_soon(joined=file, task=TASK)
    record(person_id=person.pk, verb="note.join_file", subject=file, now=now, place_id=note.publication.place_id)
    return file


def answer_with(*, answer: Answer, sent: tuple[Document, str] | None, now: datetime.datetime) -> None:
    """Replaces the file sent with a former answer by this one, or by none; for `answer_note`."""
    former = AnswerFile.objects.filter(answer=answer).first()
    if former:
        media.forget_joined(joined=former)
    if sent:
        document, label = sent
        file = AnswerFile(answer=answer, school=queries.school_of(answer.note), label=label)
        media.keep_joined(joined=file, document=document, now=now)
        media.settle_soon(joined=file, task=TASK)


def settle_files(*, now: datetime.datetime) -> int:
    """Files that the antivirus had not answered for, voices whose job ended half-way. Returns how many are settled."""
    return media.settle_waiting(tables=TABLES, settle=settle_file, now=now)


def settle_file(*, file: NoteFile | AnswerFile, now: datetime.datetime) -> bool:
    """Makes one file ready, or refuses it. When the file of an answer is refused, the answer is cancelled and its
    guardian is asked again."""
    return media.settle_found(joined=file, settle=_settle, now=now)


@with_its_files()
@transaction.atomic
def _settle(*, joined, found, now):
    """In one transaction: no answer counts whose file is gone."""
    # The answer before its file, as elsewhere.
    answer = lock(Answer(pk=joined.answer_id)) if isinstance(joined, AnswerFile) else None
    if not media.settle_joined(joined=joined, found=found, now=now):
        return False
    if answer:
        _take_back(answer, joined)
    return True


def _take_back(answer, file):
    """When the file was all the answer there was, and is refused."""
    is_refused = AnswerFile.objects.filter(pk=file.pk, refused_at__isnull=False).exists()
    if is_refused and not answer.text:
        answer.version = answer.answered_at = answer.paper_at = None
        answer.save(update_fields=["version", "answered_at", "paper_at"])
