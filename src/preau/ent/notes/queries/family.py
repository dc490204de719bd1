"""What a guardian finds of the cahier de liaison: their own answers, and never another guardian's."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

from django.db.models import CharField, DateField, DateTimeField, Exists, F, FilteredRelation, Q, UUIDField, Value

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
    children = dict.fromkeys(m.child_id for m in mine if m.child_id)
    of_child = {child: [m for m in mine if m.child_id == child] for child in children}
    if not of_child:
        return []
    since = now - WAITS_FOR
    if any(m.stop_id for m in mine):
        rows = _unanswered(of_child.items(), person.pk, today, since)
    else:  # what nearly everyone reads
        keys = [list(dict.fromkeys(m.audience for m in own)) for own in of_child.values()]
        shape = tuple(map(len, keys))
        rows = _prepared(shape).rows(*(one for own in keys for one in own), *of_child, person.pk, since, today)
    found = {(row.pk, row.child): ForChild(row, row.child) for row in rows}
    return sorted(found.values(), key=lambda one: (one.note.publication.published_at, one.note.pk))


def _unanswered(of_child, guardian, today, since):
    """Of (child, their guardian’s memberships): what is not answered for this child, once for each audience."""
    first, *others = (_of_child(child, own, guardian, today, since) for child, own in of_child)
    return first.union(*others, all=True) if others else first


def _of_child(child, memberships, guardian, today, since):
    keys = {m.audience for m in memberships}
    near = Note.objects.filter(publication__reaches__audience__in=keys, publication__reaches__at__gte=since)
    # A stop takes some of it away: asked again as any publication is. Else all that reaches someone today is theirs.
    stopped = any(m.stop_id for m in memberships)
    readable = (
        is_published(published_to(memberships, today, also_public=False))
        if stopped
        else Q(publication__state=PUBLISHED)
    )
    own = FilteredRelation("answers", condition=Q(answers__guardian=guardian, answers__child=child))
    waits = Q(own__version=None) | Q(own__version__lt=F("asked_from"))
    rows = near.filter(readable, _goes_on(today)).alias(own=own).filter(waits)
    return rows.annotate(child=_is(child)).select_related("publication__author").only(*SHOWN_AT_HOME)


def _is(child):
    return child if isinstance(child, Asked) else Value(child, output_field=UUIDField())


@lru_cache(maxsize=32)
def _prepared(shape):
    """The same for children with this many audiences each, none stopped: asked with the keys of each, the children's
    ids, the guardian's, since when, and the day."""
    day, first, ranks = datetime.date.max, sum(shape), count()
    of_child = [
        (Asked(first + place), [_asked_membership(next(ranks), day) for _ in range(keys)])
        for place, keys in enumerate(shape)
    ]
    last = first + len(shape)
    today, since = Asked(last + 2, DateField), Asked(last + 1, DateTimeField)
    return Prepared(_unanswered(of_child, Asked(last), today, since))


def _asked_membership(rank, day):
    return audiences.Membership(Asked(rank, CharField), audiences.Profile.FAMILY, None, day, None, "", None)


def is_over(note: Note, today: datetime.date) -> bool:
    """Its date has passed: nothing is asked any more."""
    last = note.happens_on or (note.answer_before if note.nature == Nature.SEE else None)
    return last is not None and last < today


def _goes_on(today):
    """The contrary of `is_over`, of rows of mots."""
    is_bound = Q(happens_on=None, nature=Nature.SEE, answer_before__isnull=False)
    return Q(happens_on__gte=today) | Q(happens_on=None) & (~is_bound | Q(answer_before__gte=today))


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
