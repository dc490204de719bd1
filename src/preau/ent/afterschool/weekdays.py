"""The days of a child, as a city's file writes them: names, initials, or a column for each day, ticked."""

import re

from preau.kit.money import NBSP
from preau.kit.names import name_key
from preau.kit.sheets import BadCell

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi")
# « lun », « lu » too; never « m », which is two days.
DAYS = {day[:length]: str(place) for place, day in enumerate(WEEKDAYS, 1) for length in (2, 3, len(day))}
WEEKS = {"lmjv": "1245", "lmmjv": "12345"}  # as family software writes a week of four days, or of five
# « LJ », « L Ma J », « LuMaJe »: never a lone « m », but in a whole week.
INITIALS = re.compile("(lu?|)(ma|m?)(me|m?)(je?|)(ve?|)")
TICKED, UNTICKED = ("x", "1", "oui", "o", "vrai"), ("", "0", "non", "n", "faux")


def days_ticked(ticked: dict[str, str]) -> str:
    """« 14 » of {« lundi »: « x », « jeudi »: « oui »}, a column for each day. Raises BadCell."""
    for day, mark in ticked.items():
        if name_key(mark) not in TICKED + UNTICKED:
            raise BadCell(
                day.capitalize(), f"«{NBSP}{mark[:20]}{NBSP}» n’est ni «{NBSP}oui{NBSP}» ni «{NBSP}non{NBSP}»."
            )
    days = "".join(DAYS[day] for day, mark in ticked.items() if name_key(mark) in TICKED)
    if not days:
        raise BadCell("Jours", "aucun jour n’est coché. Cochez-en un, ou retirez la ligne.")
    return days


def days_of(column: str, text: str) -> str:
    """« 14 » of « lundi, jeudi », « L J », « lu/je ». Raises BadCell, named by its column."""
    words = [word for word in re.split(r"[\s,;/+]+", name_key(text)) if word not in ("", "et")]
    if week := WEEKS.get("".join(words)):
        return week
    if words and (initials := INITIALS.fullmatch("".join(words))):
        if initials[2] == "m" and not initials[3]:
            raise BadCell(column, _two_readings(text, initials))
        return "".join(str(place) for place, found in enumerate(initials.groups(), 1) if found)
    unknown = [word for word in words if word not in DAYS]
    if unknown or not words:
        what = f"«{NBSP}{unknown[0][:20]}{NBSP}» n’est pas un jour" if unknown else "aucun jour n’est écrit"
        raise BadCell(column, f"{what}. Écrivez-les comme «{NBSP}lundi, mardi, jeudi{NBSP}».")
    return "".join(sorted({DAYS[word] for word in words}))


def _two_readings(text, initials):
    """A lone « m » is one of two days: whoever wrote it says which, nothing is guessed for a child."""
    places = {place for place in (1, 4, 5) if initials[place]}
    read = [[day for place, day in enumerate(WEEKDAYS, 1) if place in places | {second}] for second in (2, 3)]
    either = " ou ".join(f"«{NBSP}{', '.join(days)}{NBSP}»" for days in read)
    return f"«{NBSP}{text[:20]}{NBSP}» se lit {either}. Écrivez «{NBSP}Ma{NBSP}» ou «{NBSP}Me{NBSP}»."
