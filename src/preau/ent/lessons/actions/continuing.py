"""A page begun in a session is gone on with at home, by the family card (trust.md P3)."""

import datetime
import uuid

from django.db import transaction

from preau.ent.lessons.actions.making import NOT_YOURS, READ_ALREADY, finish, place, require_signer
from preau.ent.lessons.models import Work, WorkPart
from preau.kit.answers import Conflict
from preau.kit.rows import lock
from preau.kit.stored import with_its_files
from preau.media.documents import Document
from preau.media.images import Drawn
from preau.people.models import Person


@with_its_files()
@transaction.atomic
def go_on(
    *,
    pupil: Person,
    work: Work,
    part_id: uuid.UUID,
    sort: str,
    made: Drawn | Document | str,
    now: datetime.datetime,
    turn: int = 1,
    by: uuid.UUID | None = None,
) -> WorkPart:
    """A part more, or a later turn of the pupil's own. `by` is not heard: at home there is one child. Raises
    Conflict."""
    work = lock(work)
    require_signer(work=work, pupil=pupil)
    if not work.is_open:
        raise Conflict(READ_ALREADY if work.kept_at else NOT_OPEN)
    part = WorkPart.objects.select_for_update().filter(pk=part_id).first()
    if part and (part.work_id != work.pk or part.by_id != pupil.pk):
        raise Conflict(NOT_YOURS)
    said = {"part_id": part_id, "sort": sort, "made": made, "now": now, "turn": turn}
    return place(work=work, part=part, by=pupil, **said)


@transaction.atomic
def say_finished_at_home(*, pupil: Person, work: Work, is_done: bool, now: datetime.datetime) -> Work:
    """« J’ai fini »: it waits to be read over; or goes on. Raises Conflict."""
    work = lock(work)
    finish(work=work, pupil=pupil, is_done=is_done, now=now)
    return work


NOT_OPEN = "Ta maîtresse ou ton maître relit"
