"""Named reads of the room."""

from preau.plan.applications.queries.again import TakenUp, file_to_take_up, taken_up_from
from preau.plan.applications.queries.attachments import (
    Piece,
    attachments_past_their_day,
    count_of_pieces,
    pieces_of,
    pieces_written,
)
from preau.plan.applications.queries.calls import (
    call_lines,
    field_changes,
    question_rows,
    sections_of,
    with_filed_count,
)
from preau.plan.applications.queries.copies import Line, as_text, content_of, differences, lines_of
from preau.plan.applications.queries.files import (
    ApplicationSummary,
    Missing,
    OpinionLine,
    SectionProgress,
    last_copy,
    missing_for_submission,
    opinion_lines,
    public_fields,
    sections_progress,
    silence_of,
    summary_of,
)
from preau.plan.applications.queries.listing import (
    filed_title,
    list_lines,
    listed,
    said_among,
    said_on,
    schools_asked,
    schools_of_call,
)
from preau.plan.applications.queries.prefill import known_about
from preau.plan.applications.queries.sealed import COPY, OPINION
from preau.plan.applications.queries.telling import log_of, steps_of, turn_of

__all__ = [
    "COPY", "OPINION", "ApplicationSummary", "Line", "Missing", "OpinionLine", "Piece", "SectionProgress",
    "TakenUp", "as_text", "attachments_past_their_day", "call_lines", "content_of", "count_of_pieces",
    "differences", "field_changes", "file_to_take_up", "filed_title", "known_about", "last_copy", "lines_of",
    "list_lines", "listed", "log_of", "missing_for_submission", "opinion_lines", "pieces_of", "pieces_written",
    "public_fields", "question_rows", "said_among", "said_on", "schools_asked", "schools_of_call", "sections_of",
    "sections_progress", "silence_of", "steps_of", "summary_of", "taken_up_from", "turn_of", "with_filed_count",
]  # fmt: skip
