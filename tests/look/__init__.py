"""Pages looked at by axe: the lines of each room."""

from tests.look import (
    accords,
    afterschool,
    announcements,
    attendance,
    cards,
    comments,
    decisions,
    ent,
    lessons,
    notebooks,
    plan,
)

ROOMS = {}
for each in (
    ent,
    attendance,
    accords,
    cards,
    comments,
    notebooks,
    lessons,
    announcements,
    afterschool,
    plan,
    decisions,
):
    ROOMS |= each.ROOMS
NOBODY = "-"  # an actor that is not signed in
WITHOUT_ACCOUNT = ("tablet", "telephone", "at_home")  # how browsers begin that a scene gave cookies


def lines():
    """(template, route, actors) of every reading."""
    for _, some in ROOMS.values():
        yield from some
