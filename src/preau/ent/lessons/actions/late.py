"""What a device kept without network, brought once the line is back."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction

from preau.ent.lessons.actions.entering import NOT_HERE
from preau.ent.lessons.actions.making import FULL, put_on_page
from preau.ent.lessons.late import Token
from preau.ent.lessons.models import Lesson, Work, WorkPart, WorkSigner
from preau.ent.lessons.queries.works import is_begun
from preau.kit.answers import Conflict
from preau.kit.stored import with_its_files
from preau.media.documents import Document
from preau.media.images import Drawn
from preau.people.models import Person

BESIDE = "suite"  # of the page, or of the part, that the tablet named


@dataclass(frozen=True)
class Hand:
    """Who made a part and in which session, once no device says it: what is read of a device here."""

    pupil: Person
    lesson: Lesson
    answers: tuple[int, str]

    @property
    def pupil_id(self):
        return self.pupil.pk

    @property
    def lesson_id(self):
        return self.lesson.pk


@with_its_files()
@transaction.atomic
def keep_late_part(
    *,
    token: Token,
    work_id: uuid.UUID,
    part_id: uuid.UUID,
    sort: str,
    made: Drawn | Document | str,
    now: datetime.datetime,
    turn: int = 1,
    by: uuid.UUID | None = None,
) -> WorkPart:
    """Keeps a part that a device made without network and brings later, its session closed or not. It is of the pupil
    that the token names, whatever page it says: where that page is somebody else's, or full, it goes on one beside.
    Raises Conflict when the pupil or the session is known no more."""
    pupil = Person.objects.filter(pk=token.pupil_id).first()
    lesson = Lesson.objects.filter(pk=token.lesson_id).first()
    if pupil is None or lesson is None:
        raise Conflict(NOT_HERE)
    hand = Hand(pupil, lesson, _answers(token, lesson))
    said = {"device": hand, "sort": sort, "made": made, "now": now, "turn": turn, "by": by, "goal": ""}
    work_id, part_id, held = _place_of(pupil, work_id, part_id, turn)
    if held:
        return held
    while True:
        try:
            return put_on_page(work_id=work_id, part_id=part_id, **said)
        except Conflict as conflict:
            if conflict.reason != FULL:
                raise
        work_id = uuid.uuid5(work_id, BESIDE)


def _answers(token, lesson):
    """What was to be done when it was made, in the words it has now as long as its session asks it."""
    if token.task_number in (None, lesson.task_number) and not lesson.closed_at:
        return lesson.task_number, lesson.title
    return token.task_number or lesson.task_number, token.title


def _place_of(pupil, work_id, part_id, turn):
    """(page, part, None) where it goes; (…, the part) when it is there already."""
    while held := WorkPart.objects.filter(pk=part_id, work__signers__pupil=pupil).select_related("work").first():
        work_id = held.work_id
        if held.turn >= turn:
            return work_id, part_id, held
        if held.work.state != Work.State.KEPT:
            break
        part_id = uuid.uuid5(part_id, BESIDE)  # read over meanwhile: what is new is on the next page
    if is_begun(work_id) and not WorkSigner.objects.filter(work=work_id, pupil=pupil).exists():
        work_id = uuid.uuid5(work_id, str(pupil.pk))
    return work_id, part_id, None
