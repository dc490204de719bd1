"""The only writes about premises; each asks its rule again."""

from preau.plan.premises.actions.facts import (
    add_link,
    end_inclusion,
    end_link,
    open_inclusion,
    record_measure,
    record_notice,
    remove_notice,
)
from preau.plan.premises.actions.rooms import (
    add_building,
    add_room,
    add_rooms,
    edit_room,
    locate_school,
    record_cabling,
    record_lack_of_schools,
    record_lacks,
    remove_cabling,
    remove_lack,
    rename_building,
)

__all__ = [
    "add_building", "add_link", "add_room", "add_rooms", "edit_room", "end_inclusion",
    "end_link", "locate_school", "open_inclusion", "record_cabling", "record_lack_of_schools",
    "record_lacks", "record_measure", "record_notice", "remove_cabling", "remove_lack", "remove_notice",
    "rename_building",
]  # fmt: skip
