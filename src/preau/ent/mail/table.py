"""Who may write to whom: the one table that people read, that rules ask and that tests try (ent.md §3.4, trust.md R4).

What is not in the table is refused: two families, two pupils, a family and the city. Everybody in a conversation may
write to everybody else in it, so that two parents of a child are never in the same one.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_noop as _

from preau.people.models import CLASS_ROLES, SITE_WRITERS, TEACHER_ROLES, Role


class Part(models.TextChoices):
    """In what capacity somebody writes."""

    PUPIL = "pupil", _("élève d’une classe")
    GUARDIAN = "guardian", _("parent")
    TEACHER = "teacher", _("enseignante ou enseignant")
    HEAD = "head", _("directrice ou directeur")
    STAFF = "staff", _("AESH, ATSEM")
    SITE = "site", _("responsable de site, animatrice ou animateur périscolaire")
    CITY = "city", _("agent de la Ville")
    ADVISER = "adviser", _("conseillère ou conseiller pédagogique, ERUN")
    IEN = "ien", _("IEN")
    DSDEN = "dsden", _("DSDEN")


class Within(models.TextChoices):
    """What two persons must share on the day one writes."""

    CLASS = "class", _("de la même classe")
    SCHOOL = "school", _("pour la même école")
    SITE = "site", _("de l’accueil périscolaire de l’enfant")


@dataclass(frozen=True)
class Line:
    """`one` begins a conversation with `other`; `other` too, unless it may only answer."""

    one: Part
    other: Part
    within: Within
    only_answers: bool = False


P, W = Part, Within
LINES = (
    Line(P.GUARDIAN, P.TEACHER, W.CLASS),
    Line(P.GUARDIAN, P.HEAD, W.SCHOOL),
    Line(P.GUARDIAN, P.SITE, W.SITE, only_answers=True),
    Line(P.PUPIL, P.TEACHER, W.CLASS),
    Line(P.TEACHER, P.TEACHER, W.SCHOOL),
    Line(P.TEACHER, P.HEAD, W.SCHOOL),
    Line(P.TEACHER, P.STAFF, W.SCHOOL),
    Line(P.TEACHER, P.SITE, W.SCHOOL),
    Line(P.SITE, P.HEAD, W.SCHOOL),
    Line(P.STAFF, P.STAFF, W.SCHOOL),
    Line(P.STAFF, P.HEAD, W.SCHOOL),
    Line(P.HEAD, P.HEAD, W.SCHOOL),
    Line(P.HEAD, P.CITY, W.SCHOOL),
    Line(P.CITY, P.TEACHER, W.SCHOOL, only_answers=True),
    Line(P.HEAD, P.IEN, W.SCHOOL),
    Line(P.IEN, P.TEACHER, W.SCHOOL, only_answers=True),
    Line(P.HEAD, P.ADVISER, W.SCHOOL),
    Line(P.TEACHER, P.ADVISER, W.SCHOOL),
    Line(P.DSDEN, P.HEAD, W.SCHOOL, only_answers=True),
)  # fmt: skip


@dataclass(frozen=True)
class Cap:
    """How many persons one begins to write to at once, and writes to in a day; how many messages in an hour. What goes
    faster than anybody writes is a stolen account."""

    persons_at_once: int
    persons_a_day: int
    messages_an_hour: int


CAPS = {
    P.PUPIL: Cap(1, 5, 10), P.GUARDIAN: Cap(3, 15, 20), P.TEACHER: Cap(8, 60, 40), P.HEAD: Cap(12, 120, 60),
    P.STAFF: Cap(8, 30, 20), P.SITE: Cap(4, 60, 40), P.CITY: Cap(4, 60, 40), P.ADVISER: Cap(8, 60, 40),
    P.IEN: Cap(8, 120, 60), P.DSDEN: Cap(4, 60, 40),
}  # fmt: skip
assert set(CAPS) == set(Part)

# By which roles an adult is of a part; pupils and guardians hold none.
PART_OF = {
    Role.SCHOOL_HEAD: P.HEAD, Role.IEN: P.IEN, Role.PEDAGOGICAL_ADVISER: P.ADVISER, Role.ERUN: P.ADVISER,
    Role.IA_DASEN: P.DSDEN, Role.IA_DASEN_DEPUTY: P.DSDEN, Role.DSDEN: P.DSDEN,
    Role.CITY_EDUCATION: P.CITY, Role.CITY_IT: P.CITY, Role.CITY_FINANCE: P.CITY,
    **dict.fromkeys(SITE_WRITERS, P.SITE),
    **{role: P.TEACHER if role in TEACHER_ROLES else P.STAFF for role in CLASS_ROLES},
}  # fmt: skip
OF_SCHOOL = (P.TEACHER, P.HEAD, P.STAFF)
OF_FAMILIES = (P.PUPIL, P.GUARDIAN)


def line_of(one: str, other: str) -> tuple[Line | None, bool]:
    """(the line of the table by which `one` may write to `other`, whether `one` may begin)."""
    for line in LINES:
        if (line.one, line.other) == (one, other):
            return line, True
        if (line.other, line.one) == (one, other):
            return line, not line.only_answers
    return None, False


@dataclass(frozen=True)
class Row:
    """A line of the page « Qui peut écrire à qui »."""

    part: Part
    begins: list[tuple[Part, Within]]
    answers: list[tuple[Part, Within]]
    cap: Cap


def rows() -> list[Row]:
    """The table by profile, as people read it."""
    found = []
    for part in Part:
        begins, answers = [], []
        for other in Part:
            line, may_begin = line_of(part, other)
            if line:
                (begins if may_begin else answers).append((other, line.within))
        found.append(Row(part, begins, answers, CAPS[part]))
    return found
