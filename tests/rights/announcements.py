"""What the matrix asks of announcements: one of the city, joint, that left; the coupon of one guardian; an elected
parent."""

from django.utils.timezone import now

from preau.ent.announcements import actions
from tests.canaries import TO_CITY_FAMILIES
from tests.ent.announcements.acts import send


def announcement(world):
    """To the families of the city; each school is asked for its half."""
    said = {"title": f"Cantine, {TO_CITY_FAMILIES}", "text": f"{TO_CITY_FAMILIES}\u00a0: pas de cantine."}
    return send(world, asks_schools=True, **said)


def awaited(world):
    """What is expected of one guardian, for one child."""
    return announcement(world).publication.notice.expected.get(person=world.people["guardian"])


def elected(world):
    """A mother, elected by the parents of her child's school."""
    said = {"school": world.schools["tilleuls"], "parent": world.people["guardian"], "now": now()}
    return actions.name_elected(person=world.people["head"], **said)


SAMPLES = {
    "announcement_id": lambda world: announcement(world).id,
    "authority_id": lambda world: world.cities["marelle"].id,
    "elected_id": lambda world: elected(world).id,
    "awaited_id": lambda world: awaited(world).id,
}
