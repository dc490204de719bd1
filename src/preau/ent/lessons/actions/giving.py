"""The documents of an activity: given with it, gone with it."""

import datetime
from collections.abc import Iterable

from preau.ent.lessons.models import Lesson, LessonFile
from preau.kit.answers import Conflict
from preau.media import actions as media
from preau.media.documents import Document
from preau.people.models import Person

NOT_A_PDF = "Ici se donnent des PDF\u00a0: une photo d’élève suit les accords de diffusion."


def give_files(
    *, person: Person, lesson: Lesson, files: Iterable[tuple[Document, str]], now: datetime.datetime
) -> None:
    """Those of a new activity, each with the name it is shown under, in the place of the former. Raises Conflict."""
    take_files_back(lesson=lesson)
    for document, label in files:
        if document.kind != LessonFile.Kind.PDF:
            raise Conflict(NOT_A_PDF, "files")
        file = LessonFile(lesson=lesson, school_id=lesson.school_id, sent_by=person, label=label)
        media.keep_joined(joined=file, document=document, now=now)


def take_files_back(*, lesson: Lesson) -> None:
    """Another activity, or the end of the session."""
    for file in lesson.files.all():
        media.forget_joined(joined=file)


def settle_files(*, now: datetime.datetime) -> int:
    """Those that the antivirus had not answered for. Returns how many."""
    return media.settle_waiting(
        tables=[LessonFile],
        settle=lambda file, now: media.settle_found(joined=file, settle=media.settle_joined, now=now),
        now=now,
    )
