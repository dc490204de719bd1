"""On the wall of the class: what is to be done, or what pupils made; no name, message or count (users.md, rule 28)."""

import uuid
from dataclasses import dataclass

from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate

from preau.ent.lessons import queries, rules
from preau.ent.lessons.queries import works as read
from preau.kit.answers import require
from preau.kit.views import signed_in

MOST, SIDE_BY_SIDE = 6, 4  # pages offered; at once
TOGETHER = {2: "Deux", 3: "Trois", 4: "Quatre"}


@dataclass(frozen=True)
class Choice:
    """A page that may be shown, or several: what its command says, and what its link asks."""

    label: str
    asked: str
    is_here: bool


@signed_in()
def projection(request, lesson_id):
    """`?pages=` names up to four works of the session, side by side; else what is to be done."""
    person, today = request.person, localdate()
    lesson = get_object_or_404(queries.with_place(rules.lessons_visible_to(person, today)), pk=lesson_id)
    require(rules.can_lead_lesson(person, lesson, today))
    made = read.shown(rules.works_visible_to(person, today).filter(lesson=lesson))
    made = [one for one in made if any(part.ready_at or part.text for part in one.made)][:MOST]
    asked = {each for each in map(_uuid, request.GET.get("pages", "").split(",")) if each}
    pages = [one for one in made if one.work.pk in asked][:SIDE_BY_SIDE]
    groups = [Choice(str(rank), str(one.work.pk), pages == [one]) for rank, one in enumerate(made, 1)]
    context = {"lesson": lesson, "pages": pages, "groups": groups, "several": _several(made[:SIDE_BY_SIDE], pages)}
    return render(request, "lessons/projection.html", context)


def _several(made, pages):
    """The last of them, side by side."""
    asked = ",".join(str(one.work.pk) for one in made)
    return Choice(TOGETHER[len(made)], asked, pages == made) if len(made) > 1 else None


def _uuid(text):
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
