"""Named reads: what the base says of one school, files received, batches applied, who a sheet is for."""

from preau.arrivals.comparing import KIND_WORDS
from preau.arrivals.queries.in_the_way import InTheWay, in_the_way
from preau.arrivals.queries.questions import Shown, births_answered, shown_question
from preau.arrivals.queries.rows import ALL, GROUPS, Row, aside_of, print_of, rows_of, told_aside
from preau.arrivals.queries.sheets import (
    SHEETS_KEPT,
    ClassSheets,
    Recipient,
    living_sheet_jobs,
    sheets_of_class,
    sheets_of_school,
    sheets_years,
)
from preau.arrivals.queries.uploads import (
    KEPT,
    Opened,
    batches_of,
    compare_files,
    compare_upload,
    decisions_of,
    load_base,
    look_at_upload,
    open_file,
    read_upload,
    scope_of,
    titles_of,
    uploads_waiting,
)

__all__ = [
    "ALL", "GROUPS", "KEPT", "KIND_WORDS", "SHEETS_KEPT", "ClassSheets", "Recipient", "Row", "Shown", "InTheWay",
    "aside_of", "told_aside", "batches_of", "births_answered", "compare_files", "compare_upload", "decisions_of",
    "living_sheet_jobs", "load_base", "open_file", "Opened", "titles_of",
    "look_at_upload", "print_of", "read_upload", "rows_of", "scope_of", "sheets_of_class", "sheets_of_school",
    "sheets_years", "shown_question", "in_the_way", "uploads_waiting",
]  # fmt: skip
