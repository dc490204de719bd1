"""Cards of pupils, as axe reads them: those of a class, then a telephone on which one was shown."""

from django.test import Client
from django.utils.timezone import now

from preau.people.models import Badge
from preau.schools.actions import cards as actions


def printed(world):
    """The cards of a CP, one child's for home, shown to a telephone that waits for the pictures."""
    act = {"person": world.people["teacher"], "classroom": world.classrooms["cpb"], "now": now()}
    actions.print_cards(**act, kind=Badge.Kind.CLASS)
    ((_, token),) = actions.print_cards(**act, kind=Badge.Kind.HOME, pupil=world.people["child_adam"])
    telephone = Client()
    telephone.post("/carte/", {"card": token})
    return {"cookies": {"telephone": {name: one.value for name, one in telephone.cookies.items()}}}


ROOMS = {
    "cards": (printed, (
        ("schools/cards.html", "schools:cards", "teacher head"),
        ("schools/sign.html", "schools:sign", "teacher"),
        ("people/card.html", "card", "-"),
        ("people/card_someone_in.html", "card", "teacher guardian pupil_cm2 city_education dsden operator"),
        ("people/card_pictures.html", "card_pictures", "telephone"),
    )),
}  # fmt: skip
