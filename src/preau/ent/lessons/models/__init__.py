"""A class at work on shared devices: the session and its devices, what pupils make."""

from preau.ent.lessons.models.files import MOST_FILES, MOST_PAGES, LessonFile
from preau.ent.lessons.models.sessions import (
    ANSWERS_IN,
    AWAITED_FOR,
    CODE_LENGTH,
    LATE_FOR,
    MOST_DEVICES,
    SIGNS,
    SILENT_AFTER,
    TRIES,
    Activity,
    AwaitedDevice,
    Device,
    Entrant,
    KnownDevice,
    Lesson,
    LessonMonth,
    LessonQuerySet,
)
from preau.ent.lessons.models.works import (
    MOST_PARTS,
    MOST_PICTURES,
    MOST_SIGNERS,
    MOST_TEXT,
    MOST_VOICES,
    Goal,
    Work,
    WorkPart,
    WorkSigner,
)

__all__ = [
    "ANSWERS_IN", "AWAITED_FOR", "CODE_LENGTH", "LATE_FOR", "MOST_DEVICES", "MOST_FILES", "MOST_PAGES", "MOST_PARTS",
    "MOST_PICTURES", "MOST_SIGNERS", "MOST_TEXT", "MOST_VOICES", "SIGNS", "SILENT_AFTER", "TRIES", "Activity",
    "AwaitedDevice", "Device", "Entrant", "Goal", "KnownDevice", "Lesson", "LessonFile", "LessonMonth",
    "LessonQuerySet", "Work", "WorkPart", "WorkSigner",
]  # fmt: skip
