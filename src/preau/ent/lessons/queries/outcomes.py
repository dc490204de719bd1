"""What became of a page that an adult has read over, in the same words wherever it is said."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from preau.ent.lessons.models import MOST_VOICES, Goal, Work
from preau.ent.portfolio.models import Page
from preau.ent.posts.models import Post
from preau.spaces.models import Publication

State = Publication.State


@dataclass(frozen=True)
class Outcome:
    """`words`, and `mark`: which chip of the sheet says it; `is_gone`: no post nor page of a notebook holds it;
    `posted_by`: the id of who wrote the post that does."""

    words: str
    mark: str = "done"
    is_shown: bool = False
    is_gone: bool = False
    posted_by: uuid.UUID | None = None


READ = Outcome("Relue", is_gone=True)
SHOWN, SHOWN_TO_ONE = (Outcome(f"Montrée {whom}", is_shown=True) for whom in ("aux familles", "à sa famille"))
SHOWN_TO_SOME = Outcome("Montrée à une partie des familles", is_shown=True)
WITHDRAWN = Outcome("Montrée, puis retirée", "stop")
OF_POST = {
    State.PUBLISHED: SHOWN,
    State.WITHDRAWN: WITHDRAWN,
    State.DRAFT: Outcome("En brouillon", "wait"),
    State.WAITING: Outcome("En attente de la direction", "wait"),
}


def sending_of(work: Work, pupil_id: uuid.UUID, number: int) -> uuid.UUID:
    """The `once` of the pages that a work becomes in the notebook of one of its pupils: as many as its voices."""
    return uuid.uuid5(work.pk, f"{pupil_id} {number}")


def outcomes_of(signed: Mapping[Work, Iterable[uuid.UUID]]) -> dict[uuid.UUID, Outcome]:
    """{work: what became of it}, of those that were read over, each given with the ids of its pupils: one query, none
    when nothing was. A page of the class is a post of the same id; of notebooks, pages of those sendings: of a page of
    several classes, one may hold it while another waits for its teacher."""
    kept = {work: list(pupils) for work, pupils in signed.items() if work.state == Work.State.KEPT or _may_wait(work)}
    if not kept:
        return {}
    sendings = {
        work: [{sending_of(work, pupil, number) for number in range(MOST_VOICES)} for pupil in pupils]
        for work, pupils in kept.items()
    }
    every = {once for of_work in sendings.values() for of_pupil in of_work for once in of_pupil}
    posts, pages = Post.objects.filter(pk__in=[work.pk for work in kept]), Page.objects.filter(once__in=every)
    rows = posts.values_list("pk", "publication__state", "publication__author")
    rows = rows.union(pages.values_list("once", "state", "author"), all=True)
    found = {written: (state, author) for written, state, author in rows}
    outcomes = {work: _outcome(work, found, sendings[work]) for work in kept}
    return {work.pk: each for work, each in outcomes.items() if work.state == Work.State.KEPT or not each.is_gone}


def _may_wait(work):
    return work.state == Work.State.FINISHED and work.group_id is not None and work.goal != Goal.CLASS


def _outcome(work, found, sendings):
    if work.pk in found:
        state, author = found[work.pk]
        return replace(OF_POST[state], posted_by=author)
    states = [{found[once][0] for once in of_pupil if once in found} for of_pupil in sendings]
    shown = sum(Page.State.APPROVED in each for each in states)
    if shown:
        everyone = SHOWN if len(states) > 1 else SHOWN_TO_ONE
        return everyone if shown == len(states) else SHOWN_TO_SOME
    return WITHDRAWN if any(Page.State.WITHDRAWN in each for each in states) else READ
