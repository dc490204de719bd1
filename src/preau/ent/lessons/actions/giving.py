"""The documents of an activity, and what is said of it: given with it, gone with it."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from preau.ent.lessons import rules
from preau.ent.lessons.models import MOST_PAGES, Activity, Lesson, LessonFile, Work
from preau.ent.lessons.queries import WITH_PLACE, said_of
from preau.ent.lessons.queries.words import last_of, told_in
from preau.ent.posts.models import Post
from preau.kit.answers import Conflict, allow
from preau.kit.names import of_name
from preau.kit.rows import lock
from preau.kit.stored import with_its_files
from preau.media import actions as media
from preau.media.documents import Document
from preau.people.models import Person
from preau.schools.queries.displays import reads_what_is_said

TASK = "preau.ent.lessons.tasks.settle_file"
SAID = "Consigne"
NOT_WRITTEN = "Écrivez aussi la consigne\u00a0: un élève de cette séance lit ce qui se dit."
NOT_SAID = "La consigne dite est déjà retirée."
TOO_LONG = f"Les tablettes montrent {MOST_PAGES} pages au plus\u00a0: gardez dans ce PDF celles de la séance."
NOT_TOLD = "Ce mot n’est pas {}, ou n’y est plus\u00a0: choisissez-en un autre."
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
    if any((document.pages_count or 0) > MOST_PAGES for document, _ in files):
        raise Conflict(TOO_LONG, "files")
    if recording:
        _require_words(lesson, now)
    take_files_back(lesson=lesson)
    for document, label in [*files, *([(recording[0], SAID)] if recording else [])]:
        _give(person, lesson, document, label, now)


def word_of(*, person: Person, place, activity: str, asked: str, now: datetime.datetime) -> Post | None:
    """The post that « Un mot de la classe » leads pupils to: the one asked for, the last one told to them when none is;
    nothing for another activity. Raises Conflict."""
    if activity != Activity.WORD:
        return None
    told = told_in(rules.words_given_by(person, localdate(now)), place)
    word = last_of(told.filter(pk=asked) if asked else told)
    if asked and word is None:
        raise Conflict(NOT_TOLD.format(of_name(str(place))), "word")
    return word


@with_its_files()
@transaction.atomic
def change_instruction(
    *,
    person: Person,
    lesson: Lesson,
    title: str,
    recording: tuple[Document, str] | None = None,
    now: datetime.datetime,
) -> Lesson:
    """What is to be done, in other words, on the pages begun for it too; said again when there is a `recording`, which
    takes the place of the former. The rest of the activity stays as it is. Raises Refused, Conflict."""
    begun = [work.pk for work in _begun(lesson).select_for_update().order_by("pk")]  # before it, as who makes them
    lesson = _led(person, lesson, now)
    if lesson.title:
        _begun(lesson).filter(pk__in=begun).update(title=title, version=F("version") + 1)
    lesson.title, former = title, said_of(lesson)
    if former or recording:
        _require_words(lesson, now)
    _show_again(lesson)
    if recording:
        if former:
            media.forget_joined(joined=former)
        _give(person, lesson, recording[0], SAID, now)
    return lesson


@with_its_files()
@transaction.atomic
def take_voice_back(*, person: Person, lesson: Lesson, now: datetime.datetime) -> None:
    """What was said aloud; the words stay. Raises Refused, Conflict."""
    lesson = _led(person, lesson, now)
    voice = said_of(lesson)
    if voice is None:
        raise Conflict(NOT_SAID)
    media.forget_joined(joined=voice)
    _show_again(lesson)


def _begun(lesson):
    """Pages that answer what is to be done now, in its words, and are not finished."""
    begun = lesson.works.filter(task_number=lesson.task_number, title=lesson.title)
    return begun.filter(state__in=(Work.State.MAKING, Work.State.RETURNED))


def _led(person, lesson, now):
    lesson = lock(lesson, *WITH_PLACE)
    allow(rules.can_lead_lesson, person, lesson, now=now)
    return lesson


def _show_again(lesson):
    """Devices and boards read it anew; what pupils said done stays done."""
    lesson.version += 1
    lesson.given_number += 1
    lesson.save(update_fields=["title", "version", "given_number"])


def _require_words(lesson, now):
    """A voice alone would not reach who reads what is said (users.md, rule 8). Raises Conflict."""
    if not lesson.title.strip() and reads_what_is_said(lesson.place, localdate(now)):
        raise Conflict(NOT_WRITTEN, "title")


def _give(person, lesson, document, label, now):
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
        again = {name: F(name) + 1 for name in ("version", "given_number")}
        Lesson.objects.filter(pk=file.lesson_id, closed_at=None).update(**again)
    return is_settled


def settle_files(*, now: datetime.datetime) -> int:
    """Those that the antivirus had not answered for. Returns how many."""
    settle = {"tables": [LessonFile], "settle": lambda file, now: settle_file(file=file, now=now)}
    return media.settle_waiting(**settle, now=now)
