"""Named reads: the list of an appel (`roll`), what a family finds (`family`), what a head follows (`school`), the
register of a month (`register`), and for other rooms who is absent (`absent`)."""

from preau.ent.attendance.queries.absent import (
    Part,
    absent_halves,
    called_about,
    canteen_counts,
    corrected_for,
    covering,
    doubted,
    halves_to_verify,
    read_verify,
    verify_lines,
    with_canteen,
)
from preau.ent.attendance.queries.family import (
    FamilyLine,
    Unexplained,
    explained,
    lines_of,
    told_of,
    unexplained_lines,
)
from preau.ent.attendance.queries.register import Register, register_of
from preau.ent.attendance.queries.roll import Roll, RollLine, coming_of, head_of, roll_of
from preau.ent.attendance.queries.school import (
    MANY,
    HeadCounts,
    Line,
    SchoolDay,
    closed_in,
    head_lines,
    read_head_lines,
    school_day,
    unjustified_in,
    was_missing_in,
    without_reason,
)

__all__ = [
    "MANY", "FamilyLine", "HeadCounts", "Line", "Part", "Register", "Roll", "RollLine", "SchoolDay", "Unexplained",
    "absent_halves", "called_about", "canteen_counts", "closed_in", "coming_of", "corrected_for", "covering",
    "doubted", "explained", "halves_to_verify", "head_lines", "head_of", "lines_of",
    "read_head_lines", "read_verify", "register_of", "roll_of", "school_day", "told_of", "unexplained_lines",
    "unjustified_in", "verify_lines", "was_missing_in", "with_canteen", "without_reason",
]  # fmt: skip
