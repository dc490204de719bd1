"""A birth date that is no pupil's age: a person corrects it, keeps it or leaves its line out; the other lines go on.

The answers live with the file (`ReadFile.births`) and are deleted with it: the next file, put right in ONDE, asks
nothing.
"""

import dataclasses
import datetime

from preau.arrivals.comparing.plan import Question
from preau.arrivals.reading import PUPILS
from preau.kit.dates import day_text
from preau.schools.models import may_be_pupil

KEEP, ASIDE = "keep", "aside"


def birth_key(place: int, line: int) -> str:
    """The key of the question on a line of the file of that place."""
    return f"birth~{place}~{line}"


def read_birth_key(key: str) -> tuple[int, str] | None:
    """(place of the file, number of the line as kept) of such a key."""
    word, _, rest = key.partition("~")
    place, _, line = rest.partition("~")
    return (int(place), line) if word == "birth" and place.isdecimal() and line.isdecimal() else None


def settle_births(draft, files):
    """The files with the dates corrected; a line left out, or that waits for its answer, is held by the draft."""
    return [_settled(draft, place, file) if file.kind == PUPILS else file for place, file in enumerate(files)]


def _settled(draft, place, file):
    lines = []
    for line in file.lines:
        answer = "" if may_be_pupil(line.birth_date, draft.today) else file.births.get(str(line.line), "ask")
        if answer == "ask":
            draft.hold(line)
            draft.questions.append(_question(place, line))
        elif answer == ASIDE:
            draft.hold(line)
            draft.warn(line, "Date naissance", "ligne laissée de côté, comme vous l’avez demandé.", blocks=False)
        elif answer and answer != KEEP:
            line = dataclasses.replace(line, birth_date=datetime.date.fromisoformat(answer))
        lines.append(line)
    return dataclasses.replace(file, lines=tuple(lines))


def _question(place, line):
    return Question(
        "births",
        birth_key(place, line.line),
        line.file,
        line.line,
        "Date naissance",
        line.names.full,
        day_text(line.birth_date),
        "",
        0,
        "cette date donne un âge qui n’est pas celui d’un élève.",
    )
