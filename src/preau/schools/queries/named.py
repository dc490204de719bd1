"""What a text for everyone says of a school that it should not say unread: names of its pupils, its plan of safety."""

import datetime
import re
from collections.abc import Iterable

from preau.kit.names import name_key
from preau.places.models import School
from preau.schools.models import Enrolment

MOST_NAMED = 2  # three names and more are a list (trust.md R23)
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
PPMS = re.compile(
    r"\bPPMS\b|plan particulier de mise en s[ûu]ret[ée]|\bmise à l.abri\b|\bconfinement\b|\battentat\b|\bintrusion\b"
    r"|points? de rassemblement|zones? de (?:confinement|mise à l.abri)|mallettes? de (?:première )?urgence",
    re.I,
)
NAMES = "Ce texte nomme {} élèves de l’école\u00a0: {}. Sur internet, une liste d’élèves se retrouve longtemps."
UNNAMED = "Ce texte nomme plusieurs élèves d’une même école. Sur internet, une liste d’élèves se retrouve longtemps."
SAFETY = "Ce texte ressemble à un plan de mise en sûreté (PPMS)\u00a0: où les élèves s’abritent ne se dit pas à tous."


def pupils_named(text: str, school: School, today: datetime.date) -> list[str]:
    """First names of the pupils of the school that a text names, each once: a first name written as a name, with a
    capital, is enough, as a class knows who it is; one query."""
    said = _names_in(text)
    if not said:
        return []
    pupils = Enrolment.objects.current(today).filter(school=school).values_list("pupil__first_name", flat=True)
    return sorted({first for first in pupils if name_key(first) in said})


def why_held(text: str, school: School, today: datetime.date) -> str:
    """Why this text waits for somebody to confirm that anyone may read it, in a sentence; empty when nothing says so.
    One query at most."""
    if PPMS.search(text):
        return SAFETY
    named = pupils_named(text, school, today)
    return NAMES.format(len(named), ", ".join(named)) if len(named) > MOST_NAMED else ""


def why_held_by(text: str, schools: Iterable[School], today: datetime.date) -> str:
    """The same, of a text that several schools show; it repeats no name: its writer may know none of their pupils."""
    if PPMS.search(text):
        return SAFETY
    said = _names_in(text)
    if not said:
        return ""
    named: dict = {}
    pupils = Enrolment.objects.current(today).filter(school__in=schools).values_list("school", "pupil__first_name")
    for school, first in pupils.distinct():
        if (name := name_key(first)) in said:
            named.setdefault(school, set()).add(name)
    return UNNAMED if any(len(names) > MOST_NAMED for names in named.values()) else ""


def _names_in(text):
    return {name_key(word) for word in WORD.findall(text) if word[0].isupper()}
