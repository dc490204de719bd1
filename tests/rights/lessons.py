"""What the matrix asks of sessions: one of the CP B under way, a tablet of it, a pupil of the class."""

from django.test import Client

from preau.ent.lessons.models import Lesson
from tests.ent.lessons.acts import join, open_lesson


def lesson(world):
    """The same for each question: one is open at a time."""
    return Lesson.objects.filter(classroom=world.classrooms["cpb"], closed_at=None).first() or open_lesson(world)


SAMPLES = {
    "lesson_id": lambda world: lesson(world).id,
    "device_id": lambda world: join(lesson(world), Client(), accepted_by=world.people["teacher"]).id,
    "seat_id": lambda world: world.people["child_adam"].id,
}
