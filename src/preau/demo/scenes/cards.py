"""What pupils enter by: a drawing for each, pictures from CP; two classes have their cards."""

from preau.demo.scenes.notebooks import NURSERY
from preau.kit.pages.pupils import Arrangement
from preau.people.models import Badge
from preau.places.models import School
from preau.schools.actions import arrange_display, cards
from preau.schools.queries import class_list

HELPED = 4  # of the list of the class
AT_HOME = Arrangement(is_spaced=True, font="lexend", has_guide=True)
AT_NURSERY = Arrangement(fewer_tiles=True, has_subtitles=True)


def prepare_classes(stage):
    """Each teacher prepares their class in the first week; the home class and the nursery one print their cards, and a
    child of the former takes one home."""
    for classroom in stage.classrooms.values():
        act = {"person": stage.teachers[classroom.pk], "classroom": classroom, "now": stage.began}
        cards.prepare_cards(**act)
        if classroom == stage.home_room() or _is_nursery(classroom):
            made = cards.print_cards(**act, kind=Badge.Kind.CLASS)
            cards.print_cards(**act, kind=Badge.Kind.HOME, pupil=made[0][0].pupil)


def arrange_screens(stage):
    """What helps two children to read and to touch: one of the home class, one of the nursery's."""
    for classroom in stage.classrooms.values():
        if classroom == stage.home_room() or _is_nursery(classroom):
            pupil = class_list(classroom, stage.today)[HELPED].pupil
            act = {"person": stage.teachers[classroom.pk], "pupil": pupil, "now": stage.ago(12)}
            arrange_display(**act, arrangement=AT_NURSERY if _is_nursery(classroom) else AT_HOME)


def _is_nursery(classroom):
    return classroom.name == NURSERY and classroom.school.kind == School.Kind.NURSERY
