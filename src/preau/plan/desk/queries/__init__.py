"""Named reads of the desk: what waits, where each school is, what happened, what the way of doing is worth."""

from preau.plan.desk.queries.base_needs import IN_CLASS, SchoolBase, bases_of
from preau.plan.desk.queries.base_needs import SCHOOL_KINDS as BASE_SCHOOL_KINDS
from preau.plan.desk.queries.beginning import first_step_for
from preau.plan.desk.queries.board import Row, Stage, board_of, counts_by_stage, files_told
from preau.plan.desk.queries.drawing import Drawing, drawing_of
from preau.plan.desk.queries.open_data import OpenFigure, open_data_key, open_figures
from preau.plan.desk.queries.parts import parts_of
from preau.plan.desk.queries.reminding import Heap, heaps_for, heaps_of, persons_to_remind
from preau.plan.desk.queries.story import Event, Story, read_told, story_of, told_of
from preau.plan.desk.queries.strengths import (
    Adhesion,
    Consistency,
    Fluidity,
    adhesion_of,
    consistency_of,
    entries_decided,
    fluidity_of,
)
from preau.plan.desk.queries.uses import Uses, YearOfUse
from preau.plan.desk.queries.waiting import Waiting, acts, read_waiting, union_for, waiting_for
from preau.plan.desk.queries.year import Milestone, bands_of, milestones_for

__all__ = [
    "BASE_SCHOOL_KINDS", "IN_CLASS", "Adhesion", "Consistency", "Drawing", "Event", "Fluidity", "Heap", "Milestone",
    "OpenFigure", "Row", "SchoolBase", "Stage", "Story", "Uses", "Waiting", "YearOfUse", "acts", "adhesion_of",
    "bands_of", "bases_of", "board_of", "consistency_of", "counts_by_stage", "drawing_of", "entries_decided",
    "files_told", "first_step_for", "fluidity_of", "heaps_for", "heaps_of", "milestones_for", "open_data_key",
    "open_figures", "parts_of", "persons_to_remind", "read_told", "read_waiting", "story_of", "told_of", "union_for",
    "waiting_for",
]  # fmt: skip
