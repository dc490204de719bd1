"""The writes a matched or a new person needs, and why."""

import datetime

from preau.kit.batches import Create, Update
from preau.kit.dates import day_text
from preau.kit.names import name_key
from preau.kit.seals import seal
from preau.people.contacts import contact_key
from preau.people.models import Contact, Person
from preau.places.models import Group
from preau.schools.models import Enrolment, GroupMember, PupilRecord

FIELD_WORDS = {"last_name": "nom", "usage_name": "nom d’usage", "first_name": "prénom", "civility": "civilité"}
DISPOSITIF_NAMES = {Group.Kind.ULIS: "ULIS", Group.Kind.UPE2A: "UPE2A"}


def new_person(draft, line, **values) -> Person:
    names = line.names
    person = Person(last_name=names.last_name, usage_name=names.usage_name, first_name=names.first_name, **values)
    draft.writes.append(Create(person))
    return person


def name_changes(draft, person, line, **others) -> list[str]:
    """Names differ when folded; what the file leaves empty is kept."""
    values, reasons = {}, []
    wanted = {
        "last_name": line.names.last_name, "usage_name": line.names.usage_name, "first_name": line.names.first_name,
        "civility": getattr(line, "civility", ""),
    }  # fmt: skip
    for field, value in wanted.items():
        current = getattr(person, field)
        if field == "last_name" and not line.names.usage_name and name_key(value) == name_key(person.usage_name):
            continue  # some files give one name only, the usage name
        if value and name_key(value) != name_key(current):
            values[field] = value
            reasons.append(f"{FIELD_WORDS[field]}\u00a0: {current or 'vide'} → {value}")
    born = others.get("birth_date")
    if born and born != person.birth_date:
        values["birth_date"] = born
        before = day_text(person.birth_date) if person.birth_date else "vide"
        reasons.append(f"date de naissance\u00a0: {before} → {day_text(born)}")
    if values:
        draft.writes.append(Update(person, values))
    return reasons


def record_changes(draft, pupil, record, line, ine_key) -> list[str]:
    """INE sealed, authorisations as hints; never a consent."""
    wanted = {"photo_hint": line.photo_hint, "association_hint": line.association_hint, "ine_key": ine_key}
    if record is None:
        if any(wanted.values()):
            draft.writes.append(
                Create(PupilRecord(pupil=pupil, ine_sealed=seal(line.ine) if ine_key else "", **wanted))
            )
            return ["dossier ONDE noté"]
        return []
    words = {"photo_hint": "autorisation photo", "association_hint": "associations", "ine_key": "INE"}
    values = {field: value for field, value in wanted.items() if value and value != getattr(record, field)}
    reasons = [f"{words[field]} dans ONDE" for field in values]
    if "ine_key" in values:
        values["ine_sealed"] = seal(line.ine)
    if values:
        draft.writes.append(Update(record, values))
    return reasons


def enrolment_changes(draft, pupil, known, line, room) -> list[str]:
    """A change of class ends one enrolment and opens another: who saw what that day stays true."""
    current = known.open_enrolment if known else None
    if current is None:
        draft.writes.append(Create(_enrolment(draft, pupil, room, line.level)))
        return [f"inscription en {room.name}" if room else "inscription sans classe"]
    moves = room is not None and current.classroom_id != room.pk
    level = line.level or (current.level if not moves or line.dispositif else "")
    if not moves:
        if level == current.level:
            return []
        draft.writes.append(Update(current, {"level": level}))
        return [f"niveau\u00a0: {current.level or 'vide'} → {level}"]
    before = current.classroom.name if current.classroom_id else "sans classe"
    if current.starts_on >= draft.starts_on or not current.classroom_id:
        draft.writes.append(Update(current, {"classroom_id": room.pk, "level": level}))
    else:
        draft.writes.append(Update(current, {"ends_on": draft.starts_on - datetime.timedelta(days=1)}))
        draft.writes.append(Create(_enrolment(draft, pupil, room, level)))
    return [f"classe\u00a0: {before} → {room.name}"]


def end_enrolment(draft, known):
    """The day before, or the day itself when it began after; groups of the school end too, as by hand."""
    for row in (known.open_enrolment, *known.memberships.values()):
        last = max(row.starts_on, draft.starts_on - datetime.timedelta(days=1))
        draft.writes.append(Update(row, {"ends_on": last}))


def dispositif_changes(draft, pupil, known, line) -> list[str]:
    """ULIS or UPE2A: a membership, beside the reference class."""
    if not line.dispositif:
        return []
    if known and line.dispositif in known.dispositifs:
        return []
    group = next((group for group in draft.base.groups if group.kind == line.dispositif), None)
    if group is None:
        group = Group(
            school=draft.base.school,
            school_year=draft.base.school_year,
            name=DISPOSITIF_NAMES[line.dispositif],
            kind=line.dispositif,
        )
        draft.base.groups.append(group)
        draft.writes.append(Create(group))
    draft.writes.append(Create(GroupMember(group=group, pupil=pupil, starts_on=draft.starts_on)))
    return [f"dispositif {DISPOSITIF_NAMES[line.dispositif]}"]


def contact_changes(draft, person, lines, current) -> list[str]:
    """One of a kind on both sides: replaced. Otherwise what is new is added; nothing is taken away."""
    reasons, wanted = [], {}
    for line in lines:
        for kind, value in line.contacts:
            wanted.setdefault(str(kind), {})[contact_key(kind, value)] = value
    for kind, values in wanted.items():
        of_kind = [contact for contact in current if contact.kind == kind]
        known = {contact.match_key for contact in of_kind}
        added = {key: value for key, value in values.items() if key not in known}
        word = Contact.Kind(kind).label
        if len(values) == len(of_kind) == len(added) == 1:
            key, value = next(iter(added.items()))
            draft.writes.append(Update(of_kind[0], {"value": value, "match_key": key}))
            reasons.append(f"{word} changé")
            continue
        for key, value in added.items():
            draft.writes.append(Create(Contact(person=person, kind=kind, value=value, match_key=key)))
            reasons.append(f"{word} ajouté")
    return reasons


def _enrolment(draft, pupil, room, level):
    return Enrolment(
        pupil=pupil, school=draft.base.school, classroom=room, level=level or "", starts_on=draft.starts_on
    )
