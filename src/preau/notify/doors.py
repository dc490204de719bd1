"""The ways into this room."""

from preau.kit.rooms.doors import AccountLine, Tab
from preau.notify.rules import can_be_pushed, can_choose_evening, can_give_phone, can_open_texts, can_set_pause

DOORS = (
    Tab(80, "Pause numérique", "notify:{kind}_pause", ("school", "city"), can_set_pause),
    AccountLine(
        10, "Courriel du soir", "À 17\u00a0h\u00a030, quand il y a du nouveau dans vos espaces.", "notify:evening",
        can_choose_evening,
    ),
    Tab(81, "SMS", "notify:{kind}_texts", ("city",), can_open_texts),
    AccountLine(
        11, "Téléphone", "Un SMS quand un message vous attend, et pour retrouver un mot de passe.", "notify:phone",
        can_give_phone,
    ),
    AccountLine(
        12, "Notifications", "Ce téléphone vous prévient quand un message vous attend, sans dire lequel.",
        "notify:devices",
        can_be_pushed,
    ),
)  # fmt: skip
