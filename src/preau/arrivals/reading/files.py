"""Which file is this, and what does each of its lines say?"""

import hashlib
from collections import Counter
from dataclasses import replace

from preau.arrivals.reading import guardians, labels, pupils, teachers
from preau.arrivals.reading.lines import GUARDIANS, PUPILS, TEACHERS, Problem, ReadFile
from preau.kit.tables import TableRefused, find_columns, header_key, read_table

KIND_NAMES = {PUPILS: "fichier des élèves", GUARDIANS: "fichier des responsables", TEACHERS: "liste des enseignants"}
KNOWN = {PUPILS: labels.PUPIL, GUARDIANS: labels.GUARDIAN, TEACHERS: labels.TEACHER}
MOST_OF_A_CLASS = 8  # teachers that a list gives to one class; more are its pupils
READERS = {PUPILS: pupils.read, GUARDIANS: guardians.read, TEACHERS: teachers.read}
PUPILS_NEED = {"last_name": "Nom", "first_name": "Prénom", "birth_date": "Date de naissance"}


def read_file(name: str, data: bytes, *, expected: str = "") -> ReadFile:
    """Recognises and reads one file. Never raises for what the file holds: `problems` says it.

    `expected` is the kind the person chose, if any: another kind is a problem that blocks.
    """
    digest = hashlib.sha256(data).hexdigest()
    try:
        table = read_table(name, data, known=[KNOWN[expected]] if expected in KNOWN else KNOWN.values())
    except TableRefused as refused:
        found = refused.problem
        problem = Problem(found.file, found.line, found.column, found.reason)
        return ReadFile(name, expected, "", sha256=digest, problems=(problem,))
    kind = recognise(table.header)
    problem = _wrong_kind(table, kind, expected)
    if problem:
        return ReadFile(name, expected or kind, "", table.encoding, digest, problems=(problem,))
    read = READERS[kind](table)
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
    return replace(read, encoding=form, sha256=digest, problems=problems)


def recognise(header) -> str:
    """PUPILS, GUARDIANS, TEACHERS, or nothing."""
    guardian, _ = find_columns(header, labels.GUARDIAN)
    if {"last_name", "first_name"} <= set(guardian) or {"usage_name", "first_name"} <= set(guardian):
        return GUARDIANS
    pupil, _ = find_columns(header, labels.PUPIL)
    if {"last_name", "first_name", "birth_date"} <= set(pupil):
        return PUPILS
    teacher, _ = find_columns(header, labels.TEACHER)
    places = teachers.class_columns(header)
    if {"last_name", "first_name"} <= set(teacher) and ("head" in teacher or places and not _speaks_of_pupils(header)):
        return TEACHERS
    return ""


def _speaks_of_pupils(header):
    """Columns that a list of pupils alone has: a class and two names would make teachers of them."""
    pupil, _ = find_columns(header, labels.PUPIL)
    teacher, _ = find_columns(header, labels.TEACHER)
    of_level = "level" in pupil and not {"civility", "email"} & set(teacher)
    born = any("naiss" in header_key(label) for label in header)
    return born or of_level or bool({"birth_date", "ine", "photo", "association", "dispositif"} & set(pupil))


def _pupils_lack(header):
    """« c’est sans doute une liste d’élèves », and the columns it lacks."""
    pupil, _ = find_columns(header, labels.PUPIL)
    lacking = ", ".join(f"«\u00a0{words}\u00a0»" for field, words in PUPILS_NEED.items() if field not in pupil)
    mend = "nommez ainsi ses colonnes, ou ajoutez-les."
    return f"c’est sans doute une liste d’élèves. Il lui manque {lacking}\u00a0: {mend}"


def _crowded(table, lines):
    """Of a teachers' list: why it is more likely one of pupils; empty when it is not."""
    label, count = next(iter(Counter(label for line in lines for label in line.classes).most_common(1)), ("", 0))
    if count <= MOST_OF_A_CLASS:
        return ""
    return f"{count} personnes enseigneraient en «\u00a0{label}\u00a0»\u00a0: {_pupils_lack(table.header)}"


def _wrong_kind(table, kind, expected):
    is_of_adults = "last_name" in find_columns(table.header, labels.GUARDIAN)[0]
    if not kind and _speaks_of_pupils(table.header) and not expected and not is_of_adults:
        return Problem(table.name, table.header_line, "", _pupils_lack(table.header))
    if not kind:
        read = ", ".join(f"«\u00a0{label}\u00a0»" for label in table.header[:4])
        reason = (
            "ce n’est ni un fichier d’élèves, ni de responsables, ni une liste d’enseignants. "
            f"Premières colonnes lues\u00a0: {read}. Dans ONDE\u00a0: Listes et documents, Extractions."
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
