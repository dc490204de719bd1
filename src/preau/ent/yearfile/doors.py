"""The ways to the dossier de rentrée."""

from django.utils.translation import gettext_noop as _

from preau.ent.yearfile.rules import can_follow_class, can_open_year_file, is_guardian
from preau.kit.rooms.doors import AccountLine, Tab

DOORS = (
    Tab(75, "Dossiers de rentrée", "yearfile:classroom_files", ("classroom",), can_follow_class),
    Tab(75, "Dossiers de rentrée", "yearfile:school_files", ("school",), can_open_year_file),
    AccountLine(
        15, _("Dossier de rentrée"), _("Vos coordonnées, qui vient chercher votre enfant, l’assurance, la charte."),
        "yearfile:mine", is_guardian,
    ),
)  # fmt: skip
