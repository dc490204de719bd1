"""Every write of the room."""

from preau.schools.actions.activities import change_activity_day
from preau.schools.actions.correcting import correct_contacts, correct_guardian, correct_person
from preau.schools.actions.displays import arrange_display
from preau.schools.actions.groups import add_member, end_member, open_group
from preau.schools.actions.guardians import (
    GuardianEntry,
    add_guardian,
    end_guardianship,
    lift_restriction,
    note_reading_language,
    restrict_guardian,
)
from preau.schools.actions.insurance import note_insurance
from preau.schools.actions.joining import join_guardians
from preau.schools.actions.opening import open_to_families
from preau.schools.actions.pupils import (
    change_class,
    end_enrolment,
    enrol_pupil,
    open_classroom,
    take_back_leaving,
)
from preau.schools.actions.staff import give_class, lend_class, open_classes, take_back_class, welcome_staff
from preau.schools.actions.unread import Held, refuse_unread

__all__ = [
    "GuardianEntry", "Held", "add_guardian", "add_member", "arrange_display", "change_activity_day", "change_class",
    "correct_contacts", "correct_guardian", "correct_person", "end_enrolment", "end_guardianship", "end_member",
    "enrol_pupil", "give_class", "join_guardians", "lend_class", "lift_restriction", "note_insurance",
    "note_reading_language", "open_classes", "open_classroom", "open_group", "open_to_families", "refuse_unread",
    "restrict_guardian", "take_back_class", "take_back_leaving", "welcome_staff",
]  # fmt: skip
