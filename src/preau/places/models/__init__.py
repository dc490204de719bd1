"""Where things happen, and what stands in a place."""

from preau.places.models.afterschool import AfterSchool
from preau.places.models.network import Network
from preau.places.models.placed import KINDS_OF_PLACE, InAPlace, Placed, exactly_one, kind_of
from preau.places.models.rooms import Building, Room
from preau.places.models.where import (
    FACTS,
    NURSERY_LEVELS,
    READER_LEVELS,
    UAI_LETTERS,
    City,
    Classroom,
    Department,
    District,
    Group,
    Level,
    School,
    as_postcode,
    as_uai,
    school_named,
    uai_is_plausible,
    without_kind,
)

__all__ = [
    "FACTS", "KINDS_OF_PLACE", "NURSERY_LEVELS", "READER_LEVELS", "UAI_LETTERS", "AfterSchool", "Building", "City",
    "Classroom", "Department", "District", "Group", "InAPlace", "Level", "Network", "Placed", "Room", "School",
    "as_postcode", "as_uai", "exactly_one", "kind_of", "school_named", "uai_is_plausible", "without_kind",
]  # fmt: skip
