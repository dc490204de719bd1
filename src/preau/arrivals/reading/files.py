"""Which file is this, and what does each of its lines say?"""

import hashlib
from collections import Counter
from dataclasses import replace

from preau.arrivals.reading import guardians, pupils, teachers
from preau.arrivals.reading.columns import KNOWN, NAMED, Named, find, labels_of, missing_of
from preau.arrivals.reading.lines import GUARDIANS, PUPILS, TEACHERS, Problem, ReadFile
from preau.kit.tables import Table, TableRefused, find_columns, header_key, read_table

KIND_NAMES = {PUPILS: "fichier des élèves", GUARDIANS: "fichier des responsables", TEACHERS: "liste des enseignants"}
MOST_OF_A_CLASS = 8  # teachers that a list gives to one class; more are its pupils
READERS = {PUPILS: pupils.read, GUARDIANS: guardians.read, TEACHERS: teachers.read}
MEND = "dites quelle colonne le donne, ou ajoutez-la."
PUPILS_NEED = {"last_name": "Nom", "first_name": "Prénom", "birth_date": "Date de naissance"}


def read_file(name: str, data: bytes, *, expected: str = "", said=None, named: Named | None = None) -> ReadFile:
    """Recognises and reads one file. Never raises for what the file holds: `problems` says it.

    `expected` is the kind the person chose, if any: another kind is a problem that blocks. `said`: what the school
    named of its files' titles, {kind: {key: field}}; `named`: what was said by hand of this one.
    """
    digest, said = hashlib.sha256(data).hexdigest(), said or {}
    try:
        table = open_table(name, data, expected, said)
    except TableRefused as refused:
        found = refused.problem
        problem = Problem(found.file, found.line, found.column, found.reason)
        return ReadFile(name, expected, "", sha256=digest, problems=(problem,))
    table = table.headed_at(named.line) if named else table
    kind = named.kind if named else recognise(table, said)
    problem = None if named else _wrong_kind(table, kind, expected)
    if problem:
        return ReadFile(name, expected or kind, "", table.encoding, digest, problems=(problem,), is_table=True)
    columns = _columns(kind, table, said, named)
    read = READERS[kind](table, columns)
    unknown = tuple(
        Problem(
            name,
            table.header_line,
            label,
            f"la colonne «\u00a0{label}\u00a0» n’est pas connue\u00a0: elle est laissée de côté.",
            blocks=False,
        )
        for label in read.unknown_headers
    )
    problems = (*unknown, *read.problems)
    if kind == TEACHERS and (crowded := _crowded(table, read.lines)):
        problems += (Problem(name, None, "", crowded),)
    if not read.lines and not any(problem.blocks for problem in problems):
        problems += (Problem(name, None, "", "le fichier n’a que son en-tête. Exportez-le à nouveau."),)
    form = f"{table.kind}, feuille «\u00a0{table.sheet}\u00a0»" if table.sheet else table.encoding or table.kind
    told = {"encoding": form, "sha256": digest, "problems": problems, "columns": columns.places, "is_table": True}
    return replace(read, **told, is_named=named is not None)


def open_table(name: str, data: bytes, expected: str, said: dict) -> Table:
    """The table, headed where most titles of such a file are. Raises TableRefused."""
    kinds = [expected] if expected in KNOWN else KNOWN
    return read_table(name, data, known=[labels_of(kind, said) for kind in kinds])


def recognise(table: Table, said: dict) -> str:
    """PUPILS, GUARDIANS, TEACHERS, or nothing. What the school named serves where the titles alone say nothing."""
    found = {kind: find(kind, table, {}) for kind in KNOWN}
    if _has_names(found[GUARDIANS]):
        return GUARDIANS
    if _has_names(found[PUPILS], NAMED[::2]) and "birth_date" in found[PUPILS].places:
        return PUPILS
    is_of_adults = "head" in found[TEACHERS].places or found[TEACHERS].classes and not _speaks_of_pupils(table.header)
    if is_of_adults and _has_names(found[TEACHERS], NAMED[::2]):
        return TEACHERS
    named = {kind: find(kind, table, said).places for kind in said}
    whole = [kind for kind, places in named.items() if not missing_of(kind, places, table.header)]
    return max(whole, key=lambda kind: len(named[kind]), default="")


def _columns(kind, table, said, named):
    """Titles that the school named otherwise in another file do not keep one of ONDE from being read."""
    found = find(kind, table, said, named)
    return found if named or not missing_of(kind, found.places, table.header) else find(kind, table, {})


def _has_names(columns, groups=NAMED):
    return any(group <= set(columns.places) for group in groups)


def _speaks_of_pupils(header):
    """Columns that a list of pupils alone has: a class and two names would make teachers of them."""
    pupil, _ = find_columns(header, KNOWN[PUPILS])
    teacher, _ = find_columns(header, KNOWN[TEACHERS])
    of_level = "level" in pupil and not {"civility", "email"} & set(teacher)
    born = any("naiss" in header_key(label) for label in header)
    return born or of_level or bool({"birth_date", "ine", "photo", "association", "dispositif"} & set(pupil))


def _pupils_lack(header):
    """« c’est sans doute une liste d’élèves », and the columns it lacks."""
    pupil, _ = find_columns(header, KNOWN[PUPILS])
    has = {"last_name", "first_name"} if "full_name" in pupil else set()
    lacking = [f"«\u00a0{words}\u00a0»" for field, words in PUPILS_NEED.items() if field not in has | set(pupil)]
    return f"c’est sans doute une liste d’élèves. Il lui manque {', '.join(lacking)}\u00a0: {MEND}"


def _crowded(table, lines):
    """Of a teachers' list: why it is more likely one of pupils; empty when it is not."""
    label, count = next(iter(Counter(label for line in lines for label in line.classes).most_common(1)), ("", 0))
    if count <= MOST_OF_A_CLASS:
        return ""
    return f"{count} personnes enseigneraient en «\u00a0{label}\u00a0»\u00a0: {_pupils_lack(table.header)}"


def _wrong_kind(table, kind, expected):
    is_of_adults = {"last_name", "full_name"} & set(find_columns(table.header, KNOWN[GUARDIANS])[0])
    if not kind and _speaks_of_pupils(table.header) and not expected and not is_of_adults:
        return Problem(table.name, table.header_line, "", _pupils_lack(table.header))
    if not kind:
        read = ", ".join(f"«\u00a0{label}\u00a0»" for label in table.header[:4])
        reason = (
            "ce n’est ni un fichier d’élèves, ni de responsables, ni une liste d’enseignants. "
            f"Premières colonnes lues\u00a0: {read}. Dites ce que sont ses colonnes, ou exportez-le d’ONDE\u00a0: "
            "Listes et documents, Extractions."
        )
        missing = _nearly(table.header, expected)
        return Problem(table.name, table.header_line, missing, reason)
    if expected and kind != expected:
        reason = f"c’est un {KIND_NAMES[kind]}, donné" if kind != TEACHERS else f"c’est une {KIND_NAMES[kind]}, donnée"
        place = f"du {KIND_NAMES[expected]}" if expected != TEACHERS else f"de la {KIND_NAMES[expected]}"
        return Problem(table.name, table.header_line, "", f"{reason} à la place {place}.")
    return None


def _nearly(header, expected):
    """The label of the first column that lacks, when the person said what the file is."""
    known = KNOWN.get(expected)
    if known is None:
        return ""
    found, _ = find_columns(header, known)
    wanted = ("last_name", "first_name", *(["birth_date"] if expected == PUPILS else []))
    return next((f"colonne «\u00a0{known[field][0]}\u00a0» absente" for field in wanted if field not in found), "")
