"""Which column of a file says what: by its title, as the school named it before, or as somebody says by hand."""

import itertools
from dataclasses import dataclass, field

from preau.arrivals.reading import labels
from preau.arrivals.reading.lines import GUARDIANS, PUPILS, TEACHERS
from preau.kit.money import NBSP
from preau.kit.names import listed
from preau.kit.tables import header_key
from preau.kit.tables.columns import NOT_READ, columns_of, unread_of
from preau.kit.tables.whole_names import cut_surely

IGNORED = "ignored"
MOST_CLASSES = 6  # columns of a teachers' list that one may name by hand
BLOCK_LABELS = {header_key(label): field for field, known in labels.CHILD_BLOCK.items() for label in known}
CLASS = "class_"
CLASSES = {f"{CLASS}{number}": () for number in range(1, MOST_CLASSES + 1)}
KNOWN = {PUPILS: labels.PUPIL, GUARDIANS: labels.GUARDIAN, TEACHERS: labels.TEACHER}
READ = {kind: {each: titles for each, titles in known.items() if each != IGNORED} for kind, known in KNOWN.items()}
READ[TEACHERS] |= CLASSES
WHOLE = "Nom et prénom, dans la même case"
# As a person is asked what a column is.
WORDS = {kind: {each: titles[0] if titles else "" for each, titles in known.items()} for kind, known in READ.items()}
OF_PUPILS = {
    "last_name": "Nom de famille", "usage_name": "Nom d’usage", "first_name": "Prénom", "full_name": WHOLE,
    "birth_date": "Date de naissance", "class_label": "Classe", "class_id": "Identifiant de la classe dans ONDE",
    "address1": "Adresse", "postcode1": "Code postal", "town1": "Commune", "address2": "Seconde adresse",
    "postcode2": "Code postal de la seconde", "town2": "Commune de la seconde",
}  # fmt: skip
OF_GUARDIANS = {
    "full_name": f"{WHOLE}, du responsable", "child_full_name": f"{WHOLE}, de l’élève",
    "child_class": "Classe de l’élève", "child_birth_date": "Date de naissance de l’élève",
}  # fmt: skip
WORDS[PUPILS] |= OF_PUPILS
WORDS[GUARDIANS] |= OF_GUARDIANS
WORDS[TEACHERS] |= {"full_name": WHOLE} | {
    each: "Classe" if number == 1 else f"Classe, la {number}e" for number, each in enumerate(CLASSES, 1)
}
# What each kind cannot do without: one of the groups of each line.
NAMED = ({"last_name", "first_name"}, {"usage_name", "first_name"}, {"full_name"})
CHILD = ({"child_last_name", "child_first_name"}, {"child_usage_name", "child_first_name"}, {"child_full_name"})


@dataclass(frozen=True)
class Named:
    """What somebody said of one file, by hand."""

    kind: str
    line: int  # which names the columns
    columns: dict  # {field: place}

    def as_json(self) -> dict:
        return {"kind": self.kind, "line": self.line, "columns": self.columns}


@dataclass(frozen=True)
class Columns:
    """Of a table of one kind: where each field is, and the titles that nobody knows."""

    places: dict  # {field: place}
    unknown: list = field(default_factory=list)

    @property
    def classes(self) -> list[int]:
        """Of a teachers' list."""
        return sorted(place for each, place in self.places.items() if each.startswith(CLASS))


def labels_of(kind: str, said: dict) -> dict:
    """{field: titles it may bear}, those the school named among them."""
    of_kind = said.get(kind, {})
    return {each: (*titles, *(key for key, of in of_kind.items() if of == each)) for each, titles in READ[kind].items()}


def find(kind: str, table, said: dict, named: Named | None = None) -> Columns:
    """`said`: {kind: {key of a title: field, or NOT_READ}}, of the school."""
    start = block_start(table.header) if kind == GUARDIANS else None
    own = said.get(kind, {})
    said = dict.fromkeys(map(header_key, KNOWN[kind][IGNORED]), NOT_READ) | own
    if named:
        places = dict(named.columns)
        said = dict.fromkeys(map(header_key, table.header), NOT_READ)  # each was looked at
    else:
        places = columns_of(table, READ[kind], said)
        if kind == TEACHERS:
            _add_classes(table, places, own)
        if kind == PUPILS:
            _see_whole_names(table, places, own)
    if start is not None:
        places = {each: place for each, place in places.items() if not of_blocks(table.header, place)}
        places = {each: place for each, place in places.items() if not each.startswith("child_")}
    unknown = unread_of(table, places, said | dict.fromkeys(BLOCK_LABELS, NOT_READ) if start is not None else said)
    return Columns(places, [title for title in unknown if kind != TEACHERS or not is_class(title)])


def missing_of(kind: str, columns: dict, header) -> str:
    """What keeps such a file from being read, as a sentence; empty when nothing does."""
    given, missing = set(columns), []
    if not any(group <= given for group in NAMED):
        missing.append("le nom et le prénom du responsable" if kind == GUARDIANS else "le nom et le prénom")
    if kind == PUPILS and "birth_date" not in given:
        missing.append("la date de naissance")
    if kind == GUARDIANS and block_start(header) is None and not any(group <= given for group in CHILD):
        missing.append("le nom et le prénom de l’élève")
    return f"Il manque {listed(missing)}{NBSP}: dites quelle colonne les donne." if missing else ""


def block_start(header) -> int | None:
    """Where the repeated blocks of children begin in a guardians' file."""
    return next((place for place, label in enumerate(header) if header_key(label) in BLOCK_LABELS), None)


def ends_in_blocks(header) -> bool:
    """Nothing with a title stands after the children: their blocks go on to the end of each row, however many."""
    return all(header_key(label) in BLOCK_LABELS for label in header[block_start(header) :] if header_key(label))


def of_blocks(header, place: int) -> bool:
    """Whether a column of a guardians' file is one of the repeated blocks."""
    start = block_start(header)
    if start is None or place < start:
        return False
    return ends_in_blocks(header) or place < len(header) and header_key(header[place]) in BLOCK_LABELS


def is_class(label: str) -> bool:
    """« Classe », « Classe 2 », « Classe(s) »: a teachers' list has one for each further class."""
    return header_key(label).rstrip("0123456789 ") in ("classe", "classes", "classe s")


def _see_whole_names(table, places, own):
    """« Nom », and no first name anywhere: a column of two words or more is of both, and cut where that is sure."""
    place = places.get("last_name")
    if place is None or {"first_name", "full_name"} & set(places) or header_key(table.header[place]) in own:
        return
    cells = [row.cells[place] for row in table.rows if place < len(row.cells) and row.cells[place]]
    if 2 * sum(bool(cut_surely(cell)) or len(cell.split()) > 1 for cell in cells) > len(cells):
        places["full_name"] = places.pop("last_name")


def _add_classes(table, places, own):
    """Those that the titles say, but what the school named otherwise."""
    free = (f"{CLASS}{number}" for number in itertools.count(1) if f"{CLASS}{number}" not in places)
    for place, title in enumerate(table.header):
        if is_class(title) and place not in places.values() and header_key(title) not in own:
            places[next(free)] = place
