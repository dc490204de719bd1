"""The ways to messages: everybody whom the table knows has the same door."""

from preau.ent.mail.table import PART_OF
from preau.kit.rooms.doors import AccountLine, Door, Tile
from preau.schools.faces import GUARDIAN, PUPIL


def _everybody(person, today):
    return True


DOORS = (
    Door(34, "Messages", "mail:inbox", (*PART_OF, GUARDIAN, PUPIL), icon="message-circle"),
    Tile(60, "Messages", "mail:inbox", (PUPIL,), drawing="kit/tiles/messages.svg"),
    AccountLine(
        46, "Qui peut écrire à qui", "ce que chacune et chacun peut, dans les messages", "mail:who", _everybody
    ),
)
