"""What a line of a file says, with its place in the file."""

import datetime
from dataclasses import dataclass, field

PUPILS, GUARDIANS, TEACHERS = "pupils", "guardians", "teachers"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong and where. `blocks`: nothing of the files is applied unless such lines are left aside."""

    file: str
    line: int | None
    column: str
    reason: str
    blocks: bool = True

    def as_json(self) -> dict:
        return {"file": self.file, "line": self.line, "column": self.column, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Names:
    """A person's names, readable; compared by `kit.names.name_key`."""

    last_name: str
    usage_name: str
    first_name: str

    @property
    def full(self) -> str:
        return f"{self.first_name} {self.usage_name or self.last_name}"


@dataclass(frozen=True, slots=True)
class PupilLine:
    file: str
    line: int
    names: Names
    birth_date: datetime.date
    ine: str = ""
    level: str = ""  # a code of places.Level, empty when unknown
    dispositif: str = ""  # a kind of places.Group: "ulis", "upe2a"
    class_label: str = ""
    class_id: str = ""
    photo_hint: str = ""  # "yes", "no" or empty
    association_hint: str = ""
    addresses: tuple[str, ...] = ()  # to compare lines with, never kept


@dataclass(frozen=True, slots=True)
class ChildRef:
    """A child as a guardian's row names it: no identifier, a name and sometimes a class or a birth date."""

    column: str
    names: Names
    class_label: str = ""
    birth_date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class GuardianLine:
    file: str
    line: int
    civility: str
    names: Names
    contacts: tuple[tuple[str, str], ...] = ()  # (kind of people.Contact, tidied value)
    children: tuple[ChildRef, ...] = ()


@dataclass(frozen=True, slots=True)
class TeacherLine:
    file: str
    line: int
    civility: str
    names: Names
    contacts: tuple[tuple[str, str], ...] = ()
    is_head: bool = False
    classes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadFile:
    """One file recognised and read. `lines` hold only what could be read; `problems` say the rest."""

    name: str
    kind: str  # PUPILS, GUARDIANS, TEACHERS, or empty when nobody knows
    generation: str  # in French, for the screen
    encoding: str = ""
    sha256: str = ""
    lines: tuple = ()
    problems: tuple[Problem, ...] = ()
    unknown_headers: tuple[str, ...] = ()
    set_aside: tuple[tuple[int, str], ...] = field(default=())  # (line, what it was): organisations, footers
    cut_names: tuple[tuple[int, str, str, str], ...] = ()  # (line, the cell, last name, first name): one cell for both
    columns: dict = field(default_factory=dict)  # {field: place}
    is_table: bool = False  # it was opened: one may say what its columns are
    is_named: bool = False  # one did
    births: dict = field(default_factory=dict)  # {line, as text: "keep", "aside", or the date put right}

    @property
    def is_unknown(self) -> bool:
        """A table, and nobody knows of what."""
        return self.is_table and not self.generation

    @property
    def may_be_named(self) -> bool:
        """Whether to propose « Dire ce que sont ses colonnes »: not of a file that ONDE made, read whole."""
        return self.is_unknown or self.is_named or bool(self.unknown_headers)
