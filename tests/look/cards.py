"""Cards of pupils, as axe reads them: a class that has some, one that has none."""

from django.utils.timezone import now

from preau.people.models import Badge
from preau.schools.actions import cards as actions


def printed(world):
    """The cards of a CP, one child's for home."""
    act = {"person": world.people["teacher"], "classroom": world.classrooms["cpb"], "now": now()}
    actions.print_cards(**act, kind=Badge.Kind.CLASS)
    actions.print_cards(**act, kind=Badge.Kind.HOME, pupil=world.people["child_adam"])
    return {}


ROOMS = {
    "cards": (printed, (
        ("schools/cards.html", "schools:cards", "teacher head"),
        ("schools/sign.html", "schools:sign", "teacher"),
        ("people/card.html", "/carte/", "- teacher"),
    )),
}  # fmt: skip
