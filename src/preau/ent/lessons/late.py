"""The token by which a tablet brings what it made without network: whose it is, of which session. It is given to the
tablet while the pupil is in, which reads nothing of it and seals it with each thing kept (static/lessons/queue.js)."""

import base64
import datetime
import json
import uuid
from dataclasses import dataclass

from preau.ent.lessons.models import LATE_FOR, Lesson
from preau.kit.seals import box_key, seal, unseal


@dataclass(frozen=True)
class Token:
    """It serves to bring what this pupil made in this session, and nothing else: it reads nothing. What was to be done
    then, its rank and its words, goes with it."""

    pupil_id: uuid.UUID
    lesson_id: uuid.UUID
    task_number: int | None = None
    title: str = ""


@dataclass(frozen=True)
class Upload:
    """What a page of a pupil gives its tablet: the token, the key that seals (kit/box.js), for how long they serve."""

    token: str
    key: str
    seconds: int


def token_of(*, pupil_id, lesson: Lesson, now: datetime.datetime) -> str:
    """Of a pupil who is in."""
    until = (now + LATE_FOR).timestamp()
    return seal(json.dumps([str(pupil_id), str(lesson.pk), until, lesson.task_number, lesson.title]))


def upload_of(device, now: datetime.datetime) -> Upload:
    """Of a device whose pupil is in: new things are begun until the session's end."""
    token = token_of(pupil_id=device.pupil_id, lesson=device.lesson, now=now)
    left = max(int((device.lesson.ends_at - now).total_seconds()), 0)
    return Upload(token, base64.b64encode(box_key()).decode(), left)


def read_token(text: str, now: datetime.datetime) -> Token | None:
    """None when it is not ours, or too old."""
    opened = unseal(text)
    try:
        pupil_id, lesson_id, until, *answers = json.loads(opened)
    except ValueError:
        return None
    return Token(uuid.UUID(pupil_id), uuid.UUID(lesson_id), *answers) if now.timestamp() < until else None
