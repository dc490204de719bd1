"""A question of a comparison with its two sides, so that a person can tell."""

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from preau.arrivals.comparing import Base, Comparison, Question
from preau.arrivals.comparing.base import name_keys
from preau.arrivals.comparing.births import ASIDE, KEEP, birth_key
from preau.arrivals.reading import GUARDIANS
from preau.kit.dates import day_text
from preau.kit.names import name_key
from preau.kit.seals import unseal
from preau.people.contacts import contact_ends

TITLES = {
    "pupils": "Est-ce le même élève\u00a0?", "guardians": "Est-ce la même personne\u00a0?",
    "teachers": "Est-ce la même personne\u00a0?", "children": "Est-ce bien cet élève\u00a0?",
    "guardianships": "Ce lien reprend-il\u00a0?", "births": "Cette date de naissance est-elle juste\u00a0?",
}  # fmt: skip
ANSWERS = {
    "pupils": ("C’est le même élève", "Ce sont deux élèves"),
    "guardians": ("C’est la même personne", "Ce sont deux personnes"),
    "teachers": ("C’est la même personne", "Ce sont deux personnes"),
    "children": ("Oui, c’est cet élève", "Non, c’est un autre"),
    "guardianships": ("Oui, il reprend", "Non, il reste terminé"),
    "births": ("", ""),  # three answers: arrivals/_birth.html
}
HINTS = {
    "pupils": "«\u00a0Le même\u00a0» garde son dossier et le corrige. «\u00a0Deux\u00a0» ouvre une nouvelle fiche.",
    "guardians": "«\u00a0La même\u00a0» garde son compte. «\u00a0Deux\u00a0» ouvre une nouvelle fiche.",
    "teachers": "«\u00a0La même\u00a0» garde son compte. «\u00a0Deux\u00a0» ouvre une nouvelle fiche.",
    "children": "Le parent recevra ce qui concerne l’élève que vous choisissez.",
    "births": "Votre réponse vaut pour ces fichiers\u00a0; corrigez aussi la date dans ONDE.",
    "guardianships": "Ce responsable ne reçoit plus rien pour cet élève. «\u00a0Oui\u00a0» le lui rend.",
}
LINE = re.compile(r", ligne (\d+)$")
SIDES, LINES = ("Déjà à l’école", "Dans le fichier"), ("Une ligne du fichier", "Une autre ligne")


@dataclass(frozen=True)
class Fact:
    """The same thing on each side."""

    label: str
    known: str
    given: str

    @property
    def differs(self) -> bool:
        return name_key(self.known) != name_key(self.given)


@dataclass(frozen=True)
class Shown:
    """A question as the page asks it."""

    question: Question
    title: str
    same: str
    different: str
    hint: str
    sides: tuple[str, str]
    facts: tuple[Fact, ...]


def shown_question(question: Question, comparison: Comparison, base: Base) -> Shown:
    """Reads nothing more: the base was loaded to compare."""
    lines = {(line.file, line.line): line for file in comparison.files for line in file.lines}
    line = lines[question.file, question.line]
    if question.kind == "births":
        facts = tuple(Fact(label, told, told) for label, told in _pupil(line, comparison, base).items())
        return Shown(question, TITLES["births"], *ANSWERS["births"], HINTS["births"], LINES, facts)
    known, sides = None, SIDES if question.candidate_id else LINES
    if question.candidate_id:
        shelves = (base.pupils, base.guardians, base.teachers)
        known = next((s[UUID(question.candidate_id)] for s in shelves if UUID(question.candidate_id) in s), None)
    elif found := LINE.search(question.candidate):
        known = lines.get((question.file, int(found[1])))
    describe = {"pupils": _pupil, "guardians": _adult, "teachers": _adult}.get(question.kind)
    if describe and known is not None:
        one, other = describe(known, comparison, base), describe(line, comparison, base)
        if question.candidate_id:
            other.pop("Adresse", None)  # nobody's is kept: it only tells two lines apart
    else:
        one, other = {"Nom": question.candidate}, {"Nom": question.label}
    labels = list(dict.fromkeys([*one, *other]))
    facts = tuple(Fact(label, one.get(label) or "non noté", other.get(label) or "non noté") for label in labels)
    same, different = ANSWERS[question.kind]
    return Shown(question, TITLES[question.kind], same, different, HINTS[question.kind], sides, facts)


def births_answered(comparison: Comparison) -> list[tuple[str, str, str]]:
    """[(key, whose line, what was said of its birth date)], as it may be taken back."""
    return [
        (birth_key(place, line.line), f"{line.names.full}, ligne {line.line}", _said(file.births[str(line.line)]))
        for place, file in enumerate(comparison.files)
        for line in file.lines
        if str(line.line) in file.births
    ]


def _said(answer):
    words = {KEEP: "date gardée", ASIDE: "ligne laissée de côté"}
    return words.get(answer) or f"date corrigée, {day_text(date.fromisoformat(answer))}"


def _pupil(one, comparison, base):
    """{label: value} of a pupil known, or of a pupil's line."""
    if hasattr(one, "person"):
        person, enrolment = one.person, one.open_enrolment
        ine = unseal(one.record.ine_sealed) if one.record is not None and one.record.ine_sealed else ""
        adults = [
            base.guardians[guardian].person.full_name for guardian, child in base.open_links if child == person.pk
        ]
        room = enrolment.classroom.name if enrolment and enrolment.classroom_id else "n’est plus inscrit"
        return _told(person.full_name, person.birth_date, room, ine, adults)
    adults = [
        guardian.names.full
        for file in comparison.files
        if file.kind == GUARDIANS
        for guardian in file.lines
        if any(_names(child.names) & _names(one.names) for child in guardian.children)
    ]
    told = _told(one.names.full, one.birth_date, one.class_label, one.ine, adults)
    return told | ({"Adresse": "\u00a0; ".join(one.addresses)} if one.addresses else {})


def _told(name, born, room, ine, adults):
    told = {
        "Nom": name, "Naissance": day_text(born) if born else "", "Classe": room,
        "INE": f"finit par {ine[-3:]}" if ine else "absent",
    }  # fmt: skip
    return told | ({"Parents": ", ".join(sorted(adults))} if adults else {})


def _adult(one, comparison, base):
    """Contacts are shown by their ends: enough to tell, not enough to copy (trust.md R9)."""
    if hasattr(one, "person"):
        tied = [
            base.pupils[child].person.full_name for guardian, child in base.open_links if guardian == one.person.pk
        ] or [m.classroom.name for m in one.mandates if m.classroom_id]
        contacts = [(contact.kind, contact.value) for contact in one.contacts]
        name = one.person.full_name
    else:
        tied = [child.names.full for child in getattr(one, "children", ())] or list(getattr(one, "classes", ()))
        contacts, name = one.contacts, one.names.full
    return {
        "Nom": name,
        "Avec": ", ".join(sorted(tied)),
        "Joindre": ", ".join(sorted(contact_ends(*c) for c in contacts)),
    }


def _names(names):
    return name_keys(names.last_name, names.usage_name, names.first_name)
