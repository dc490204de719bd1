"""The way into this room."""

from preau.kit.rooms.doors import AccountLine
from preau.notify.rules import can_choose_evening

DOORS = (
    AccountLine(
        10, "Courriel du soir", "À 17\u00a0h\u00a030, quand il y a du nouveau dans vos espaces.", "notify:evening",
        can_choose_evening,
    ),
)  # fmt: skip
