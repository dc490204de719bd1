"""Mots types: plain wordings with blanks, read once from data/wordings.toml; and what a wording forbids."""

import datetime
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from preau.kit.dates import hour_text, weekday_text
from preau.kit.names import named_in

DATA = Path(__file__).parent / "data" / "wordings.toml"
# {name of a blank: what is asked}; « jour » is the day of the mot itself.
FIELDS = {
    "lieu": "Où\u00a0? (au parc, à la ferme…)",
    "heure": "À quelle heure\u00a0?",
    "objet": "Quoi\u00a0? (des bottes…)",
}
BLANK = re.compile(r"\{(\w+)\}")
NO_NAMES, NO_DETAILS = "names", "details"
DETAILS = re.compile(r"\b\d{1,2}\s?(?:h|:)|\b(?:plan|salle|préau|gymnase|cour|sortie de secours|confinement)\b", re.I)
STRIKE = re.compile(r"\bgrèves?\b|\bgréviste", re.I)
SAFETY = re.compile(r"\bPPMS\b|\bintrusion|\battentat", re.I)
HEALTH = re.compile(r"\b(?:allergi|maladie|médica|handicap|asthm|vaccin|diabèt|épilep|traitement|ordonnance)\w*", re.I)
ASKED_HEALTH = (
    "Un mot ne demande rien sur la santé d’un enfant\u00a0: retirez «\u00a0{}\u00a0». Cela se dit de vive voix."
)
STRIKER = "Un mot de grève ne nomme personne\u00a0: retirez le nom {}."
DETAILED = "Un mot sur la sécurité ne dit ni heure, ni lieu, ni plan\u00a0: retirez «\u00a0{}\u00a0»."


@dataclass(frozen=True)
class Wording:
    """One mot type. `asks` are its blanks, « jour » among them; `outing` asks the hours."""

    key: str
    group: str
    label: str
    title: str
    text: str
    nature: str
    asks: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    outing: bool = False
    forbids: str = ""

    @property
    def asks_day(self) -> bool:
        return self.outing or "jour" in self.asks

    @property
    def blanks(self) -> tuple[str, ...]:
        """What is asked besides the day and the hours."""
        return tuple(name for name in self.asks if name in FIELDS)


@cache
def wordings() -> dict[str, Wording]:
    """Every mot type by its key, in the order of the file."""
    found = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {
        key: Wording(
            key,
            **one
            | {"text": one["text"].strip(), "asks": tuple(one.get("asks", ()))}
            | {"choices": tuple(one.get("choices", ()))},
        )
        for key, one in found.items()
    }


def grouped() -> dict[str, list[Wording]]:
    """{heading: its mot types}, in the order of the file."""
    groups: dict = {}
    for one in wordings().values():
        groups.setdefault(one.group, []).append(one)
    return groups


def filled(text: str, values: dict) -> str:
    """The blanks that have a value replaced; the others stay, to be seen."""
    return BLANK.sub(lambda match: str(values.get(match[1]) or match[0]), text)


def values_of(happens_on: datetime.date | None, hour: datetime.time | None = None, **given: str) -> dict:
    """What fills the blanks: « jeudi 8 octobre », « 17 h 30 », and words as they were typed."""
    day = {"jour": weekday_text(happens_on)} if happens_on else {}
    at = {"heure": hour_text(hour)} if hour else {}
    return {**given, **day, **at}


def forbidden_in(wording: str, text: str, adults: list[str]) -> str:
    """Why this text may not leave under this wording, in French; empty when it may. `adults` are last names. A text
    without wording that speaks of a strike or of a safety exercise is read as theirs."""
    forbids = wordings()[wording].forbids if wording in wordings() else _forbids(text)
    if forbids == NO_NAMES:
        named = named_in(text, adults)
        return STRIKER.format(named) if named else ""
    found = DETAILS.search(text) if forbids == NO_DETAILS else None
    return DETAILED.format(found[0]) if found else ""


def health_asked_in(text: str) -> str:
    """Why a mot that families answer in words, by a choice or with a file may not say this; empty when it may."""
    found = HEALTH.search(text)
    return ASKED_HEALTH.format(found[0]) if found else ""


def _forbids(text):
    if STRIKE.search(text):
        return NO_NAMES
    return NO_DETAILS if SAFETY.search(text) else ""
