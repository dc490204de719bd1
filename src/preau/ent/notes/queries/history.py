"""The mots one received: a family's own, all of a child's."""

import datetime
from collections.abc import Iterable
from functools import lru_cache

from django.db.models import CharField, Prefetch, Q, QuerySet

from preau.ent.notes.models import Answer, Note, NoteTarget
from preau.ent.notes.queries.family import ForChild, children_reached, is_published
from preau.kit.prepared import Asked, Prepared, one_of_asked
from preau.people.models import Person
from preau.schools.models import Enrolment, GroupMember
from preau.spaces.audiences import Profile
from preau.spaces.models import Publication, Reach
from preau.spaces.queries import published_to, select_memberships


def received(memberships: Iterable, today: datetime.date, *, child_id=None) -> QuerySet[Note]:
    """What reached a guardian, for all their children or one, the newest first."""
    mine = select_memberships(memberships, profiles=(Profile.FAMILY,), child=child_id)
    if not mine:
        return Note.objects.none()
    near = Reach.objects.filter(audience__in={m.audience for m in mine})
    readable = is_published(published_to(mine, today, also_public=False))
    return _newest(Note.objects.filter(readable, publication__in=near.values("publication")))


def received_about(person: Person, memberships: Iterable, today: datetime.date, child: Person) -> QuerySet[Note]:
    """The same of one child, each with what this guardian answered, `own_answers`; two queries."""
    notes = received(memberships, today, child_id=child.pk)
    return _with_answers(notes, Answer.objects.filter(guardian=person, child=child))


def for_each_child(person: Person, notes: Iterable[Note], memberships: Iterable) -> list[tuple[Note, list[ForChild]]]:
    """Such a page of mots, each with the children it is about and what the guardian answered; two queries."""
    mine, notes = select_memberships(memberships, profiles=(Profile.FAMILY,)), list(notes)
    if not notes or not mine:
        return []
    keys, reached, given = list({m.audience: None for m in mine}), {}, {}
    answers, reaches = _answers_to(len(notes)), _reaches_of(len(notes), len(keys))
    for answer in answers.rows(*(note.pk for note in notes), person.pk):
        given[answer.note_id, answer.child_id] = answer
    for publication, audience in reaches.rows(*(note.publication_id for note in notes), *keys):
        reached.setdefault(publication, set()).add(audience)
    return [
        (
            note,
            [
                ForChild(note, child, given.get((note.pk, child)))
                for child in children_reached(mine, reached.get(note.publication_id, ()))
            ],
        )
        for note in notes
    ]


@lru_cache(maxsize=32)
def _answers_to(count):
    return Prepared(_given(Answer.objects.filter(one_of_asked("note", count), guardian=Asked(count))))


@lru_cache(maxsize=64)
def _reaches_of(count, keys_count):
    asked = [Asked(count + rank, CharField) for rank in range(keys_count)]
    pairs = Reach.objects.filter(one_of_asked("publication", count), audience__in=asked)
    return Prepared(pairs.values_list("publication", "audience"))


def sent_about(notes: QuerySet[Note], child: Person) -> QuerySet[Note]:
    """Among mots that the reader follows, those to the families of a child; each with every guardian's answer."""
    rooms = Enrolment.objects.filter(pupil=child, classroom__isnull=False).values("classroom")
    groups = GroupMember.objects.filter(pupil=child).values("group")
    whole = Q(child=None) & (Q(classroom__in=rooms) | Q(group__in=groups))
    targets = NoteTarget.objects.filter(Q(child=child) | whole)
    published = notes.filter(pk__in=targets.values("note"), publication__state=Publication.State.PUBLISHED)
    return _with_answers(_newest(published), Answer.objects.filter(child=child).select_related("guardian"))


def _newest(notes):
    return notes.select_related("publication__author").order_by("-publication__published_at", "id")


def _with_answers(notes, answers):
    return notes.prefetch_related(Prefetch("answers", _given(answers), to_attr="own_answers"))


def _given(answers):
    return answers.exclude(answered_at=None).select_related("file").order_by("answered_at", "id")
