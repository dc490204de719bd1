"""Named reads: what the base says of one school, files received, batches applied, who a sheet is for."""

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
    batches_of,
    compare_files,
    compare_upload,
    decisions_of,
    load_base,
    read_upload,
    scope_of,
    uploads_waiting,
)

__all__ = [
    "KEPT", "SHEETS_KEPT", "ClassSheets", "Recipient", "batches_of", "compare_files", "compare_upload", "decisions_of",
    "living_sheet_jobs", "load_base", "read_upload", "scope_of", "sheets_of_class", "sheets_of_school",
    "sheets_years", "uploads_waiting",
]  # fmt: skip
