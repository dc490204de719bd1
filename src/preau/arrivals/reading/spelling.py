"""Names, levels, dates and yes-or-no as files spell them."""

import datetime
import re

from preau.kit.dates import written_day
from preau.kit.names import name_key
from preau.places.models import Group, Level

LOWER_PARTICLES = {"de", "du", "des", "d", "von", "van", "der", "den", "da", "dos"}
CIVILITIES = {"m": "M.", "mr": "M.", "monsieur": "M.", "mme": "Mme", "madame": "Mme", "mlle": "Mme", "melle": "Mme",
              "mademoiselle": "Mme"}  # fmt: skip
ORDINAL = r"(?:i{1,2}|1(?:e?re)?|2(?:nde?|e(?:me)?)?|premiere|deuxieme|seconde)"
LEVEL_WORDS = (
    (r"toutepetitesection|tps|tp", Level.TPS), (r"petitesection|ps", Level.PS), (r"moyennesection|ms", Level.MS),
    (r"grandesection|gs", Level.GS), (r"courspreparatoire|cp", Level.CP),
)  # fmt: skip
EMPTY_WORDS = {"classe", "de", "la", "le", "du", "des", "d", "l"}
YES = {"oui", "o", "1", "vrai", "true", "x", "yes"}
NO = {"non", "n", "0", "faux", "false", "no"}


def proper_name(text: str) -> str:
    """« DE LA TOUR-D'AIGUES » becomes « de La Tour-d'Aigues »; a name already in mixed case is left alone."""
    text = " ".join(text.split())
    if text != text.upper() and text != text.lower():
        return text
    pieces = re.split(r"([\s\-'’]+)", text.lower())
    several = sum(1 for piece in pieces[::2] if piece) > 1
    return "".join(
        piece if place % 2 or (several and piece in LOWER_PARTICLES) else piece[:1].upper() + piece[1:]
        for place, piece in enumerate(pieces)
    )


def proper_first_name(text: str) -> str:
    """« JEAN-PAUL » becomes « Jean-Paul »."""
    text = " ".join(text.split())
    if text != text.upper() and text != text.lower():
        return text
    return re.sub(r"[^\s\-'’]+", lambda word: word[0][:1].upper() + word[0][1:], text.lower())


def civility(text: str) -> str:
    """« M. », « Mme », or nothing."""
    return CIVILITIES.get(name_key(text), "")


def read_level(text: str) -> tuple[str, str]:
    """(code of Level, kind of dispositif): ULIS and UPE2A are no level. Both empty when nobody knows."""
    key = name_key(text).replace(" ", "")
    if not key:
        return "", ""
    if re.match(r"(ulis|clis)", key):
        return "", Group.Kind.ULIS
    if re.match(r"(upe2a|upe|clin)", key):
        return "", Group.Kind.UPE2A
    for pattern, level in LEVEL_WORDS:
        if re.fullmatch(pattern, key):
            return level, ""
    course = re.fullmatch(rf"(courselementaire|ce|coursmoyen|cm)({ORDINAL})(?:annee)?", key)
    if not course:
        return "", ""
    first = bool(re.match(r"(1|premiere|i$)", course[2]))
    elementary = course[1] in ("courselementaire", "ce")
    if elementary:
        return (Level.CE1 if first else Level.CE2), ""
    return (Level.CM1 if first else Level.CM2), ""


def level_of_class(label: str) -> str:
    """The only level that a class label names: « CP A » is CP, « CM1-CM2 » says nothing."""
    found = {level for word in class_words(label) if (level := read_level(word)[0])}
    return found.pop() if len(found) == 1 else ""


def read_date(text: str) -> datetime.date | None:
    """A day as people and workbooks write it; None when it is no date of 1900 to 2099."""
    day = written_day(text.strip())
    return day if day and 1900 <= day.year <= 2099 else None


def read_hint(text: str) -> str:
    """« oui » → "yes", « non » → "no", anything else → nothing."""
    key = name_key(text)
    return "yes" if key in YES else "no" if key in NO else ""


def class_key(label: str) -> str:
    """Labels of one class differ by case, accents and spaces from file to file."""
    return name_key(label)


def class_letters(label: str) -> str:
    """« CP B », « C.P. B » and « cpb » give one; digits stay apart: « CE1 1 » is not « CE11 »."""
    return re.sub(r"(?<!\d) | (?!\d)", "", name_key(label))


def class_words(label: str) -> tuple[str, ...]:
    """« CLASSE  CE2 » and « ce2 » are one class to a person who reads both."""
    words = class_key(label).split()
    return tuple(word for word in words if word not in EMPTY_WORDS) or tuple(words)
