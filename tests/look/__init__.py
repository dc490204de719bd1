"""Pages looked at by axe: the lines of each room."""

from tests.look import accords, afterschool, announcements, decisions, ent, notebooks, plan

ROOMS = (
    ent.ROOMS | accords.ROOMS | notebooks.ROOMS | announcements.ROOMS | afterschool.ROOMS | plan.ROOMS | decisions.ROOMS
)
NOBODY = "-"  # an actor that is not signed in


def lines():
    """(template, route, actors) of every reading."""
    for _, some in ROOMS.values():
        yield from some
