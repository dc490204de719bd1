"""One class written in several ways, « CP B », « C.P. B », « CPB »: read as one, and said.

Two classes that the school has, or that two ONDE identifiers tell apart, stay two, however alike their names: a pupil's
line written as neither says which it may be, and waits until it is corrected.
"""

import dataclasses
from collections import Counter, defaultdict

from preau.arrivals.reading import GUARDIANS, PUPILS, TEACHERS, Problem
from preau.arrivals.reading.spelling import class_letters, level_of_class
from preau.kit.names import name_key


def settle_spellings(draft, files):
    """The files with one label a class: the school's own, else the one the pupils' file writes most."""
    labels = _labels(draft.base, [line for file in files if file.kind == PUPILS for line in file.lines])
    rooms = _rooms(draft.base)
    files = [_doubted(draft, file, rooms) if file.kind == PUPILS else file for file in files]
    return [_settled(draft, file, labels) for file in files]


def _rooms(base):
    """{letters of a label: the school's classes of these letters}"""
    rooms = defaultdict(list)
    for room in base.classrooms:
        rooms[class_letters(room.name)].append(room)
    return rooms


def _doubted(draft, file, rooms):
    """The file, where a line whose class is one of two that the school has waits, and makes no third one."""
    lines = []
    for line in file.lines:
        if either := _either(line, rooms):
            names = " ou ".join(f"«\u00a0{room.name}\u00a0»" for room in either)
            reason = f"«\u00a0{line.class_label}\u00a0» peut être {names}, que l’école a\u00a0: écrivez laquelle."
            draft.hold(line)
            draft.warn(line, "Classe", reason, blocks=True)
            line = dataclasses.replace(line, class_label="")
        lines.append(line)
    return dataclasses.replace(file, lines=tuple(lines))


def _either(line, rooms):
    """The classes that this line may mean, written as none of them and without its identifier; else nothing."""
    alike = rooms.get(class_letters(line.class_label), []) if line.class_label else []
    keys, ids = {name_key(room.name) for room in alike}, {room.onde_id for room in alike} - {""}
    is_said = name_key(line.class_label) in keys or line.class_id in ids
    return [] if len(alike) < 2 or is_said else alike


def _labels(base, lines):
    """{letters of a label: the label to read}; nothing where several classes may be meant."""
    rooms, written, ids = _rooms(base), defaultdict(Counter), defaultdict(set)
    for letters, found in rooms.items():
        ids[letters] |= {room.onde_id for room in found} - {""}
    for line in lines:
        letters = class_letters(line.class_label)
        written[letters][line.class_label] += 1
        ids[letters] |= {line.class_id} - {""}
    most = {letters: counter.most_common(1)[0][0] for letters, counter in written.items()}
    known = {letters: found[0].name for letters, found in rooms.items()}
    alone = (
        letters for letters in most | known if letters and len(rooms.get(letters, ())) < 2 and len(ids[letters]) < 2
    )
    return {letters: known.get(letters) or most[letters] for letters in alone}


def _settled(draft, file, labels):
    found = defaultdict(dict)  # {label read: {those written otherwise}}, in the order of the file

    def read(label):
        meant = labels.get(class_letters(label), label)
        if name_key(meant) != name_key(label):  # case and accents alone are no surprise
            found[meant][label] = True
        return meant

    lines = tuple(SETTLE[file.kind](line, read) for line in file.lines)
    if found and file.kind != GUARDIANS:  # a guardian's file makes no class
        said = "\u00a0; ".join(f"{', '.join(others)} → {meant}" for meant, others in found.items())
        reason = (
            f"une classe écrite de plusieurs façons est lue comme une seule\u00a0: {said}. Si ce sont des classes "
            "différentes, ouvrez-les toutes dans l’école avant d’appliquer."
        )
        draft.problems.append(Problem(file.name, None, "", reason, blocks=False))
    return dataclasses.replace(file, lines=lines)


def _of_pupil(line, read):
    label, level = read(line.class_label), line.level
    if label != line.class_label and not level and not line.dispositif:
        level = level_of_class(label)  # « CPB » said none
    return dataclasses.replace(line, class_label=label, level=level)


def _of_guardian(line, read):
    children = (dataclasses.replace(child, class_label=read(child.class_label)) for child in line.children)
    return dataclasses.replace(line, children=tuple(children))


def _of_teacher(line, read):
    return dataclasses.replace(line, classes=tuple(dict.fromkeys(map(read, line.classes))))


SETTLE = {PUPILS: _of_pupil, GUARDIANS: _of_guardian, TEACHERS: _of_teacher}
