"""What changes a school from files, and what is printed for those who come in."""

from preau.arrivals.actions.applying import Result, apply_arrivals, apply_upload, undo_batch
from preau.arrivals.actions.resets import reset_passwords
from preau.arrivals.actions.sheets import ask_sheets, drop_sheets, make_sheets, purge_sheets
from preau.arrivals.actions.uploads import (
    GONE,
    NO_MORE,
    IncomingFile,
    answer_birth,
    ask_again,
    decide,
    drop_upload,
    name_columns,
    purge_uploads,
    receive_files,
)

__all__ = [
    "GONE", "NO_MORE", "IncomingFile", "name_columns", "Result", "answer_birth", "apply_arrivals",
    "apply_upload", "ask_again", "ask_sheets",
    "decide", "drop_sheets", "drop_upload", "make_sheets", "purge_sheets", "purge_uploads", "receive_files",
    "reset_passwords", "undo_batch",
]  # fmt: skip
