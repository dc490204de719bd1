"""What the matrix asks of sessions: one of the CP B under way, a tablet of it, a pupil of the class and what they
made there."""

from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.lessons import actions
from preau.ent.lessons.models import Lesson
from preau.ent.lessons.views.making import TOOLS
from preau.ent.posts import actions as posts
from preau.media import documents
from tests.canaries import IN_GROUP, IN_WORK
from tests.ent.lessons.acts import enter_from_elsewhere, join, mixed, open_lesson
from tests.ent.lessons.works import Sort, drawn, finish, keep
from tests.media.test_documents import plain


def lesson(world):
    """The same for each question: one is open at a time."""
    return Lesson.objects.filter(classroom=world.classrooms["cpb"], closed_at=None).first() or open_lesson(world)


def part(world):
    """A drawing of Adam, on a page that waits to be read over."""
    tablet, teacher = Client(), world.people["teacher"]
    device = join(lesson(world), tablet, accepted_by=teacher)
    enter_from_elsewhere(tablet, device, world.people["child_adam"], teacher)
    made = keep(device, sort=Sort.DRAWING, made=drawn())
    keep(device, made.work_id, made=IN_WORK)
    finish(device, made.work)
    return made


def say_to_group(world):
    """By the teacher of one of its two classes, who serves the school in none other."""
    said = {"scope": "group", "text": f"{IN_GROUP} aux deux classes.", "now": now()}
    posts.publish_post(person=world.people["teacher"], place=mixed(world), **said)


def given(world):
    """A document of the session."""
    said = {"activity": "page", "files": [(documents.take(plain(), "fiche.pdf"), "La fiche")]}
    return actions.lead_lesson(person=world.people["teacher"], lesson=lesson(world), now=now(), **said).files.get()


def tablet_in(world, page):
    """(a tablet on which Adam is in, the addresses of what he reads and makes there, on this page)"""
    tablet = Client(raise_request_exception=False)
    teacher = world.people["teacher"]
    device = join(lesson(world), tablet, accepted_by=teacher)
    enter_from_elsewhere(tablet, device, world.people["child_adam"], teacher)
    tools = [("lessons:tool", reverse("lessons:tool", args=[page, tool])) for tool in TOOLS]
    names = ("home", "make", "at_home", "mine", "wall", "word", "listen", "to_do")
    return tablet, [*tools, *((f"lessons:{name}", reverse(f"lessons:{name}")) for name in names)]


SAMPLES = {
    "lesson_id": lambda world: lesson(world).id,
    "tablet_id": lambda world: join(lesson(world), Client(), accepted_by=world.people["teacher"]).id,
    "work_id": lambda world: part(world).work_id,
    "page": lambda world: part(world).work_id,
    "part_id": lambda world: part(world).id,
    "tool": lambda world: "dessin",
    "lesson_file_id": lambda world: given(world).id,
}
