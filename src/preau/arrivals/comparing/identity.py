"""When are two one? Name and one contact agree, or a person decides: here are the keys, the scores, the reasons."""

import difflib
from dataclasses import dataclass

from preau.kit.names import name_key
from preau.kit.seals import match_key

SIMILAR = 0.8


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a line may be the same as: a person of the base, or another line of the files."""

    keys: tuple[str, ...]
    label: str
    person_id: object = None  # when in the base


def person_key(person_id) -> str:
    return f"person:{person_id}"


def line_key(kind, *parts) -> str:
    """The fingerprint of what a line says: the same words give the same key in the next file."""
    return f"line:{match_key(f'line {kind}', *(str(part) for part in parts))}"


def likeness(one: str, other: str) -> float:
    """0 to 1; names folded first."""
    one, other = name_key(one), name_key(other)
    return 1.0 if one == other else difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def names_score(names, person) -> int:
    """At most 60: 30 for the same family or usage name, 30 for the same first name, less when only alike."""
    last = max(
        likeness(mine, theirs)
        for mine in (names.last_name, names.usage_name)
        if mine
        for theirs in (person.last_name, person.usage_name)
        if theirs
    )
    return round(30 * last + 30 * likeness(names.first_name, person.first_name))


def describe(names_equal: bool, shared: bool, *, what: str) -> str:
    """Why a person must decide, in one sentence."""
    name = "même nom" if names_equal else "noms proches"
    rest = "une coordonnée commune" if shared else f"aucune coordonnée commune{what}"
    return f"{name}, {rest}."
