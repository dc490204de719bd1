"""What pupils enter by: a drawing for each, pictures from CP; two classes have their cards."""

from preau.demo.scenes.notebooks import NURSERY
from preau.people.models import Badge
from preau.places.models import School
from preau.schools.actions import cards


def prepare_classes(stage):
    """Each teacher prepares their class in the first week; the home class and the nursery one print their cards, and a
    child of the former takes one home."""
    for classroom in stage.classrooms.values():
        act = {"person": stage.teachers[classroom.pk], "classroom": classroom, "now": stage.began}
        cards.prepare_cards(**act)
        if classroom == stage.home_room() or _is_nursery(classroom):
            made = cards.print_cards(**act, kind=Badge.Kind.CLASS)
            cards.print_cards(**act, kind=Badge.Kind.HOME, pupil=made[0][0].pupil)


def _is_nursery(classroom):
    return classroom.name == NURSERY and classroom.school.kind == School.Kind.NURSERY
