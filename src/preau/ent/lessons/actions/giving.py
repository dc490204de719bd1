"""The documents of an activity, and what is said of it: given with it, gone with it."""

import datetime
from collections.abc import Iterable

from django.db.models import F
from django.utils.timezone import localdate

from preau.ent.lessons.models import Lesson, LessonFile
from preau.kit.answers import Conflict
from preau.media import actions as media
from preau.media.documents import Document
from preau.people.models import Person
from preau.schools.queries.displays import reads_what_is_said

TASK = "preau.ent.lessons.tasks.settle_file"
SAID = "Consigne"
NOT_WRITTEN = "Écrivez aussi la consigne\u00a0: un élève de cette séance lit ce qui se dit."
NOT_A_PDF = "Ici se donnent des PDF\u00a0: une photo d’élève suit les accords de diffusion."


def give_files(
    *,
    person: Person,
    lesson: Lesson,
    files: Iterable[tuple[Document, str]],
    recording: tuple[Document, str] | None = None,
    now: datetime.datetime,
) -> None:
    """Those of a new activity, each with the name it is shown under, and `recording`, what is to be done said aloud, in
    the place of the former. Raises Conflict."""
    if any(document.kind != LessonFile.Kind.PDF for document, _ in files):
        raise Conflict(NOT_A_PDF, "files")
    if recording and not lesson.title.strip() and reads_what_is_said(lesson.place, localdate(now)):
        raise Conflict(NOT_WRITTEN, "title")  # a voice alone would not reach them (users.md, rule 8)
    take_files_back(lesson=lesson)
    for document, label in [*files, *([(recording[0], SAID)] if recording else [])]:
        file = LessonFile(lesson=lesson, school_id=lesson.school_id, sent_by=person, label=label)
        media.keep_joined(joined=file, document=document, now=now)
        media.settle_soon(joined=file, task=TASK)


def take_files_back(*, lesson: Lesson) -> None:
    """Another activity, or the end of the session."""
    for file in lesson.files.all():
        media.forget_joined(joined=file)


def settle_file(*, file: LessonFile, now: datetime.datetime) -> bool:
    """Makes one ready, or refuses it; devices and the board read their page again."""
    is_settled = media.settle_found(joined=file, settle=media.settle_joined, now=now)
    if is_settled:
        again = {name: F(name) + 1 for name in ("version", "activity_number")}
        Lesson.objects.filter(pk=file.lesson_id, closed_at=None).update(**again)
    return is_settled


def settle_files(*, now: datetime.datetime) -> int:
    """Those that the antivirus had not answered for. Returns how many."""
    settle = {"tables": [LessonFile], "settle": lambda file, now: settle_file(file=file, now=now)}
    return media.settle_waiting(**settle, now=now)
