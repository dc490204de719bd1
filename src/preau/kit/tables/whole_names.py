"""« CANARI DU LAC Lina », « Lina CANARI »: a last and a first name in one cell, cut where capitals say so."""

from preau.kit.names import fold

PARTICLES = {"de", "du", "des", "d'", "la", "le", "les", "von", "van", "der", "den", "da", "do", "dos", "di", "el"}


def cut_by_capitals(text: str) -> tuple[str, str] | None:
    """(last, first), in whichever order they stand; None where capitals do not tell: all in capitals, none, or on both
    sides. A particle in small letters goes with the last name: « de CANARI Lina », « Lina de CANARI »."""
    words = text.split()
    kinds = "".join(map(_kind, words))
    # The last name is one run, begun by its particles or by capitals; the first name is all the rest, on one side.
    start = len(kinds) - len(kinds.lstrip("F"))
    end = len(kinds.rstrip("F"))
    run = kinds[start:end]
    if set(run) - {"L", "p"} or not run.endswith("L") or (start == 0) == (end == len(kinds)):
        return None
    return " ".join(words[start:end]), " ".join((*words[:start], *words[end:]))


def cut_surely(text: str) -> tuple[str, str] | None:
    """The same, and « Canari, Lina »: the last name stands before a comma, but where capitals say that it follows."""
    before, comma, after = (part.strip() for part in text.partition(","))
    if not comma:
        return cut_by_capitals(text)
    if not before or not after or "," in after:
        return None
    return (after, before) if after.isupper() and not before.isupper() else (before, after)


def _kind(word):
    """« L », of a last name; « p », its particle; « F », as a first name is written; « ? », of either."""
    if word.isupper():
        return "L" if sum(map(str.isalpha, word)) > 1 else "?"  # « A. »
    if word.islower() and fold(word) in PARTICLES:
        return "p"
    return "F" if word[:1].isupper() else "?"
