"""Files become lines: what an ONDE export or a hand-made list says, before anybody compares it with the base.

Pure functions: no database. `read_file(name, data)` is the door.
"""

from preau.arrivals.reading.files import KIND_NAMES, read_file
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
    "GUARDIANS", "KIND_NAMES", "PUPILS", "TEACHERS", "ChildRef", "GuardianLine", "Problem", "PupilLine", "ReadFile",
    "TeacherLine", "read_file",
]  # fmt: skip
