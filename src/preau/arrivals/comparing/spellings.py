"""One class written in several ways, « CP B », « C.P. B », « CPB »: read as one, and said.

Two classes that the school has, or that two ONDE identifiers tell apart, stay two, however alike their names.
"""

import dataclasses
from collections import Counter, defaultdict

from preau.arrivals.reading import GUARDIANS, PUPILS, TEACHERS, Problem
from preau.arrivals.reading.spelling import class_letters, level_of_class
from preau.kit.names import name_key


def settle_spellings(draft, files):
    """The files with one label a class: the school's own, else the one the pupils' file writes most."""
    labels = _labels(draft.base, [line for file in files if file.kind == PUPILS for line in file.lines])
    return [_settled(draft, file, labels) for file in files]


def _labels(base, lines):
    """{letters of a label: the label to read}; nothing where several classes may be meant."""
    rooms, written, ids = defaultdict(list), defaultdict(Counter), defaultdict(set)
    for room in base.classrooms:
        letters = class_letters(room.name)
        rooms[letters].append(room.name)
        ids[letters] |= {room.onde_id} - {""}
    for line in lines:
        letters = class_letters(line.class_label)
        written[letters][line.class_label] += 1
        ids[letters] |= {line.class_id} - {""}
    most = {letters: counter.most_common(1)[0][0] for letters, counter in written.items()}
    known = {letters: names[0] for letters, names in rooms.items()}
    alone = (letters for letters in most | known if letters and len(rooms[letters]) < 2 and len(ids[letters]) < 2)
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
