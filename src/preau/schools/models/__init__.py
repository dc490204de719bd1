"""Who is in which class, who answers for whom, and who is put down for the city's services."""

from preau.schools.models.activities import Activity, ActivityChange, ActivityEnrolment
from preau.schools.models.displays import PupilDisplay
from preau.schools.models.register import (
    OF_THE_CITY,
    UNDO,
    DatedQuerySet,
    Enrolment,
    FamiliesOpening,
    FormerPerson,
    Function,
    GroupMember,
    Guardianship,
    Insurance,
    PupilRecord,
    may_be_pupil,
)

__all__ = [
    "OF_THE_CITY", "UNDO", "Activity", "ActivityChange", "ActivityEnrolment", "DatedQuerySet", "Enrolment",
    "FamiliesOpening", "FormerPerson", "Function", "GroupMember", "Guardianship", "Insurance", "PupilDisplay",
    "PupilRecord", "may_be_pupil",
]  # fmt: skip
