"""The ways into notebooks: a class's, a family's, one's own."""

from django.utils.translation import gettext_noop as _

from preau.ent.portfolio.queries import lines_of_pupil
from preau.ent.portfolio.rules import can_keep_notebooks, reads_a_notebook
from preau.kit.rooms.doors import AccountLine, Door, Tab, Tile, Verb
from preau.people.models import TEACHER_ROLES
from preau.schools.faces import GUARDIAN, PUPIL, of_classroom, of_nursery, past_nursery


def _keeps_cahiers(person, classroom, today):
    return not classroom.is_nursery and can_keep_notebooks(person, classroom, today)


def _keeps_carnets(person, classroom, today):
    return classroom.is_nursery and can_keep_notebooks(person, classroom, today)


DOORS = (
    Door(45, "Cahiers", "portfolio:classroom_notebooks", TEACHER_ROLES, past_nursery(of_classroom)),
    Door(24, "Carnets", "portfolio:classroom_notebooks", TEACHER_ROLES, of_nursery(of_classroom)),
    Door(45, _("Cahier"), "portfolio:mine", (GUARDIAN,), past_nursery(), icon="notebook-pen"),
    Door(22, _("Carnet de suivi"), "portfolio:mine", (GUARDIAN,), of_nursery(), icon="notebook-pen"),
    Door(45, "Mon cahier", "portfolio:mine", (PUPIL,)),
    Tile(55, "Mon cahier", "portfolio:mine", (PUPIL,), drawing="kit/tiles/notebooks.svg", lines=lines_of_pupil),
    Tab(23, "Cahiers", "portfolio:{kind}_notebooks", ("classroom",), _keeps_cahiers),
    Tab(23, "Carnets", "portfolio:{kind}_notebooks", ("classroom",), _keeps_carnets),
    Verb(
        16, "Page de carnet", "portfolio:page_create", TEACHER_ROLES, of_nursery(of_classroom),
        icon="notebook-pen", hint="pour un ou plusieurs élèves",
    ),
    Verb(
        25, "Page de cahier", "portfolio:page_create", TEACHER_ROLES, past_nursery(of_classroom),
        icon="notebook-pen", hint="pour un ou plusieurs élèves",
    ),
    AccountLine(
        16, _("Cahier de progrès"), _("Le lire, et l’emporter quand votre enfant quitte l’école."),
        "portfolio:mine", reads_a_notebook,
    ),
)  # fmt: skip
