"""The token of what a tablet could not send: which page, whose, of which session. The tablet reads nothing of it."""

import datetime
import json
import uuid
from dataclasses import dataclass

from preau.kit.seals import seal, unseal

LASTS = datetime.timedelta(days=7)


@dataclass(frozen=True)
class Token:
    """It serves to bring parts of this page, and nothing else."""

    work_id: uuid.UUID
    pupil_id: uuid.UUID
    lesson_id: uuid.UUID


def token_of(*, work_id, pupil_id, lesson_id, now: datetime.datetime) -> str:
    """Of a page that is being made."""
    ids = [str(each) for each in (work_id, pupil_id, lesson_id)]
    return seal(json.dumps([*ids, (now + LASTS).timestamp()]))


def read_token(text: str, now: datetime.datetime) -> Token | None:
    """None when it is not ours, or too old."""
    opened = unseal(text)
    *ids, until = json.loads(opened) if opened else (0,)
    return Token(*map(uuid.UUID, ids)) if now.timestamp() < until else None
