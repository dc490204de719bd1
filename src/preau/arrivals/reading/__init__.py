"""Files become lines: what an ONDE export or a hand-made list says, before anybody compares it with the base.

Pure functions: no database. `read_file(name, data)` is the door.
"""

from preau.arrivals.reading.columns import WORDS, Named, find, missing_of, of_blocks
from preau.arrivals.reading.files import KIND_NAMES, open_table, read_file, recognise
from preau.arrivals.reading.lines import (
    GUARDIANS,
    PUPILS,
    TEACHERS,
    ChildRef,
    GuardianLine,
    Problem,
    PupilLine,
    ReadFile,
    TeacherLine,
)

__all__ = [
    "GUARDIANS", "KIND_NAMES", "PUPILS", "TEACHERS", "WORDS", "ChildRef", "GuardianLine", "Named", "Problem",
    "PupilLine", "ReadFile", "TeacherLine", "find", "missing_of", "of_blocks", "open_table", "read_file", "recognise",
]  # fmt: skip
