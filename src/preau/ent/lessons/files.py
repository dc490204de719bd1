"""Gives what pupils make, to whom the rules let have it at this instant (kit/files.py)."""

from functools import partial

from django.utils import timezone

from preau.ent.lessons import rules
from preau.ent.lessons.models import Device, LessonFile
from preau.kit.files import FileGiver, Given
from preau.media.models import Joined
from preau.media.queries import give, given_to
from preau.people.models import PupilEntry

# By which way a pupil is in, which parts they have.
PARTS = ((PupilEntry.Way.LESSON, rules.parts_visible_to), (PupilEntry.Way.HOME, rules.own_parts_visible_to))
PART, SMALL, GIVEN_FILE = "travail", "travail-vignette", "seance"


def give_part(shown: str, person_id, part_id) -> Given | None:
    """To an account, or to a pupil who is in without one."""
    for way, rule in PARTS:
        entry = PupilEntry.objects.select_related("pupil").filter(pupil=person_id, way=way).order_by("-id").first()
        if entry and entry.is_live(timezone.now()):
            return given_to(rule, entry.pupil, part_id, shown)
    return give(rules.parts_visible_to, person_id, part_id, shown)


def give_file(to_id, file_id) -> Given | None:
    """What was given in a session, to an adult of the class, or to one of its devices."""
    return give(rules.lesson_files_visible_to, to_id, file_id) or give_to_device(to_id, file_id)


def give_to_device(device_id, file_id) -> Given | None:
    """To a device of the session: a voice, and no PDF, which it would save."""
    file = file_of_device(device_id, file_id)
    return file and shown_of(file)


def file_of_device(device_id, file_id) -> LessonFile | None:
    """Once the device is accepted: fetched before pupils come."""
    devices = Device.objects.filter(pk=device_id, accepted_at__isnull=False)
    return LessonFile.objects.filter(pk=file_id, lesson__in=devices.values("lesson"), ready_at__isnull=False).first()


def shown_of(file: Joined, number: str = "") -> Given | None:
    """A voice, or a page of a document, « 1 », as a tablet has them."""
    if not file.shown_pages:
        return Given(file.path, file.file_name)
    is_one = number.isdecimal() and len(number) < 5 and int(number) in file.shown_pages
    return Given(file.page_path(int(number)), f"{file.label} {number}.webp", is_shown=True) if is_one else None


GIVEN = (
    FileGiver(PART, partial(give_part, "path")),
    FileGiver(SMALL, partial(give_part, "small_path")),
    FileGiver(GIVEN_FILE, give_file),
)
