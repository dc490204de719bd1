"""What a guardian finds of the cahier de liaison: their own answers, and never another guardian's."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import CharField, DateTimeField, Exists, F, FilteredRelation, Q

from preau.ent.notes.models import Answer, Nature, Note
from preau.kit.prepared import Asked, Prepared
from preau.kit.rows import is_among
from preau.people.models import Person
from preau.spaces import audiences
from preau.spaces.models import Publication, Reach
from preau.spaces.queries import published_to, select_memberships

PUBLISHED = Publication.State.PUBLISHED
WAITS_FOR = datetime.timedelta(days=60)
# What a family's home says of a mot that waits.
SHOWN_AT_HOME = (
    "title", "wording", "nature", "answer_before", "happens_on", "asked_from",
    "publication__published_at", "publication__question",
    *(f"publication__author__{name}" for name in ("civility", "first_name", "last_name", "usage_name")),
)  # fmt: skip
SHOWN = ("publication__author", "publication__classroom__school", "publication__group__school", "publication__school")


@dataclass(frozen=True)
class ForChild:
    """One mot for one child, and what the guardian who reads has answered."""

    note: Note
    child_id: uuid.UUID
    answer: Answer | None = None

    @property
    def counts(self) -> bool:
        """The answer is there, to the text as it stands."""
        return self.answer is not None and (self.answer.version or 0) >= self.note.asked_from


def waiting_for(
    person: Person, memberships: Iterable, today: datetime.date, now: datetime.datetime, child_id=None
) -> list[ForChild]:
    """What the guardian still has to read or answer, oldest first, one line for each child; one query."""
    mine = _as_family(memberships, today, child_id)
    if not mine:
        return []
    since = now - WAITS_FOR
    if any(m.stop_id for m in mine):
        rows = _with_answers(mine, person.pk, today, since)
    else:  # what nearly everyone reads
        keys = list(dict.fromkeys(m.audience for m in mine))
        rows = _prepared(len(keys)).rows(*keys, person.pk, since)
    notes, reached, answered = {}, {}, set()
    for row in rows:
        note = notes.setdefault(row.pk, row)
        reached.setdefault(row.pk, set()).add(row.audience)
        if row.answered_version and row.answered_version >= note.asked_from:
            answered.add((row.pk, row.answered_for))
    return [
        ForChild(note, child)
        for note in notes.values()
        if not is_over(note, today)
        for child in children_reached(mine, reached[note.pk])
        if (note.pk, child) not in answered
    ]


def _with_answers(memberships, guardian, today, since):
    """Each mot once for each audience it reaches and each answer of the guardian, the oldest first."""
    keys = {m.audience for m in memberships}
    near = Note.objects.filter(publication__reaches__audience__in=keys, publication__reaches__at__gte=since)
    # A stop takes some of it away: asked again as any publication is. Else all that reaches someone today is theirs.
    stopped = any(m.stop_id for m in memberships)
    readable = (
        is_published(published_to(memberships, today, also_public=False))
        if stopped
        else Q(publication__state=PUBLISHED)
    )
    rows = near.filter(readable).annotate(
        audience=F("publication__reaches__audience"),
        own=FilteredRelation("answers", condition=Q(answers__guardian=guardian)),
        answered_for=F("own__child"),
        answered_version=F("own__version"),
    )
    rows = rows.select_related("publication__author").only(*SHOWN_AT_HOME)
    return rows.order_by("publication__published_at", "id")


@lru_cache(maxsize=32)
def _prepared(count):
    """The same for this number of audiences, none stopped: asked with their keys, the guardian's id and since when."""
    day = datetime.date.max
    asked = [
        audiences.Membership(Asked(rank, CharField), audiences.Profile.FAMILY, None, day, None, "", None)
        for rank in range(count)
    ]
    return Prepared(_with_answers(asked, Asked(count), day, Asked(count + 1, DateTimeField)))


def is_over(note: Note, today: datetime.date) -> bool:
    """Its date has passed: nothing is asked any more."""
    last = note.happens_on or (note.answer_before if note.nature == Nature.SEE else None)
    return last is not None and last < today


def for_children(person: Person, note: Note, child_ids: Iterable[uuid.UUID]) -> list[ForChild]:
    """The mot, for each of these children; one query."""
    own = {
        answer.child_id: answer for answer in Answer.objects.filter(guardian=person, note=note).select_related("file")
    }
    return [ForChild(note, child_id, own.get(child_id)) for child_id in child_ids]


def children_concerned(note: Note, memberships: Iterable, today: datetime.date) -> list[uuid.UUID]:
    """Ids of the children for whom this mot reaches who holds these memberships today; one query, or none."""
    mine = _as_family(memberships, today)
    if not mine:
        return []
    keys = {m.audience for m in mine}
    reached = Reach.objects.filter(publication=note.publication_id, audience__in=keys)
    return children_reached(mine, set(reached.values_list("audience", flat=True)))


def _as_family(memberships, today, child_id=None):
    mine = select_memberships(memberships, profiles=(audiences.Profile.FAMILY,), child=child_id)
    return [m for m in mine if m.is_current(today)]


def is_published(condition: Q) -> Exists:
    """Of a mot, this condition on its publication: asked of each one found, where « in » reads them all."""
    return is_among("publication", Publication.objects.filter(condition))


def children_reached(memberships: Iterable, reached: Iterable[str]) -> list[uuid.UUID]:
    """Ids of the children through whom these memberships are in one of these audiences."""
    return list(dict.fromkeys(m.child_id for m in memberships if m.child_id and m.audience in reached))
