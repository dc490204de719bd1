"""The ways to the accords."""

from django.utils.translation import gettext_noop as _

from preau.kit.rooms.doors import AccountLine, Tab
from preau.media.rules import answers_for_someone, can_follow_class

DOORS = (
    Tab(77, "Accords", "media:classroom_accords", ("classroom",), can_follow_class),
    AccountLine(
        16, _("Photos, voix et travaux"), _("Qui peut voir et entendre votre enfant, et le retirer quand vous voulez."),
        "media:accords", answers_for_someone,
    ),
)  # fmt: skip
