"""Files that come with messages, and their turn in the antivirus and the writing of voices."""

import datetime

from preau.ent.mail.models import MOST_FILES, Message, MessageFile
from preau.kit.answers import Conflict
from preau.media import actions as media
from preau.media.documents import Document

TOO_MANY = f"Un message a {MOST_FILES} fichiers au plus\u00a0: choisissez-en moins."
TASK = "preau.ent.mail.tasks.settle_file"


def join(*, message: Message, sent: tuple[Document, str], now: datetime.datetime) -> MessageFile:
    """Adds one file, for an action that has checked its rule. Raises Conflict."""
    if message.files.count() >= MOST_FILES:
        raise Conflict(TOO_MANY, "files")
    document, label = sent
    file = MessageFile(message=message, school=message.conversation.school, label=label)
    media.keep_joined(joined=file, document=document, now=now)
    media.settle_soon(joined=file, task=TASK)
    return file


def settle_files(*, now: datetime.datetime) -> int:
    """Files that the antivirus had not answered for, voices whose job ended half-way. Returns how many are settled."""
    return media.settle_waiting(tables=[MessageFile], settle=settle_file, now=now)


def settle_file(*, file: MessageFile, now: datetime.datetime) -> bool:
    """Makes one file ready, or refuses it: its sender then reads why in the conversation."""
    return media.settle_found(joined=file, settle=media.settle_joined, now=now)
