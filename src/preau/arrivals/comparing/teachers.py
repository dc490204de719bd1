"""Teachers: a person and a mandate for each class. A head is never named by a file."""

import datetime

from preau.arrivals.comparing.adults import AdultMatcher, adult_of
from preau.arrivals.comparing.changes import contact_changes, name_changes, new_person
from preau.arrivals.comparing.identity import line_key
from preau.arrivals.reading.spelling import read_level
from preau.kit.batches import Create, Update
from preau.people.models import Mandate, Role

HEAD = (
    "«\u00a0Directeur\u00a0» est noté oui\u00a0: un fichier ne nomme pas une directrice ou un directeur. "
    "La personne qui tient la base le fait."
)


def compare_teachers(draft, lines, classes):
    """Adds to the draft what the teachers' list changes."""
    rooms_of, adults = {}, []
    for line in lines:
        # Who teaches in an ULIS teaches in the school: a dispositif is no class.
        named = [classes.find_told(label, line) for label in line.classes if not read_level(label)[1]]
        rooms = [room for room in named if room is not None]
        signs = {f"class:{room.pk}" for room in rooms} or {"school"}
        if line.is_head:
            signs.add("head")
        key = line_key("teacher", draft.base.school.pk, line.names, *sorted(map(str, line.contacts)), *line.classes)
        adult = adult_of(line, key, signs=signs)
        rooms_of[id(line)] = rooms
        adults.append(adult)
    matched = AdultMatcher(draft, "teachers", adults, draft.base.teachers).match()
    for adult in matched:
        _write(draft, adult, list({room.pk: room for line in adult.lines for room in rooms_of[id(line)]}.values()))
    held = {adult.known.person.pk for adult in matched if adult.known} | draft.doubted
    for known in draft.base.teachers.values():
        teaches = any(mandate.role == Role.TEACHER for mandate in known.mandates)
        if teaches and known.person.pk not in held:
            draft.miss("teachers", known.person, known.person.full_name)


def _write(draft, adult, rooms):
    line = adult.lines[0]
    mandates = adult.known.mandates if adult.known else []
    if adult.known is None:
        adult.person = new_person(draft, line, civility=line.civility)
        draft.bind(adult)
        reasons = []
    else:
        adult.person = adult.known.person
        reasons = name_changes(draft, adult.person, line)
    contact_reasons = contact_changes(draft, adult.person, adult.lines, adult.known.contacts if adult.known else [])
    reasons += contact_reasons if adult.known else []
    reasons += _mandates(draft, adult.person, rooms, adult.known)
    for one in adult.lines:
        if one.is_head and not any(mandate.role == Role.SCHOOL_HEAD for mandate in mandates):
            draft.warn(one, "Directeur", HEAD, blocks=False)
    verb = "created" if adult.known is None else "updated" if reasons else "unchanged"
    draft.tell("teachers", verb, line, adult.person.full_name, reasons)


def _mandates(draft, person, rooms, known):
    """A class mandate for each class; a school one when the list names no class and nothing is held.

    The school one that a list gave for want of a class becomes the class's; one given by hand stays.
    """
    mandates = known.mandates if known else []
    held = {mandate.classroom_id for mandate in mandates if mandate.role == Role.TEACHER}
    provisional = known.provisional if known and rooms else None
    reasons = []
    for room in rooms:
        if room.pk in held:
            continue
        if provisional:
            draft.writes.append(Update(provisional, {"school": None, "classroom": room}))
        else:
            mandate = Mandate(person=person, role=Role.TEACHER, classroom=room, starts_on=draft.today)
            draft.writes.append(Create(mandate))
        reasons.append(f"enseigne en {room.name}{', et non plus dans toute l’école' if provisional else ''}")
        provisional = None
    if provisional:  # the class was given by hand meanwhile
        last = max(provisional.starts_on, draft.today - datetime.timedelta(days=1))
        draft.writes.append(Update(provisional, {"ends_on": last}))
        reasons.append("n’enseigne plus dans toute l’école")
    if not rooms and not mandates:
        school = draft.base.school
        draft.writes.append(Create(Mandate(person=person, role=Role.TEACHER, school=school, starts_on=draft.today)))
        reasons.append("enseigne dans l’école")
    return reasons
