"""The mots one received: a family's own, all of a child's."""

import datetime
from collections.abc import Iterable
from functools import lru_cache

from django.db.models import CharField, Q, QuerySet

from preau.ent.notes.models import Answer, Note, NoteTarget
from preau.ent.notes.queries.family import ForChild, children_reached, is_published
from preau.kit.prepared import Asked, Prepared, PreparedOf, one_of_asked
from preau.people.models import Person
from preau.schools.models import Enrolment, GroupMember
from preau.spaces.audiences import Profile
from preau.spaces.models import Publication, Reach
from preau.spaces.queries import audiences_read_whole, published_in, published_to, select_memberships


def received(memberships: Iterable, today: datetime.date, *, child_id=None) -> QuerySet[Note]:
    """What reached a guardian, for all their children or one, the newest first."""
    mine = select_memberships(memberships, profiles=(Profile.FAMILY,), child=child_id)
    if not mine:
        return Note.objects.none()
    return _reached({m.audience for m in mine}, published_to(mine, today, also_public=False))


def _reached(keys, condition):
    """The mots sent to one of these audiences, on publications of this condition."""
    near = Reach.objects.filter(audience__in=keys)
    return _newest(Note.objects.filter(is_published(condition), publication__in=near.values("publication")))


def received_about(person: Person, memberships: Iterable, today: datetime.date, child: Person, most: int) -> list[Note]:
    """The same of one child, each with what this guardian answered, `own_answers`; two queries, whose SQL is kept for
    who reads each audience whole."""
    whole = audiences_read_whole(select_memberships(memberships, profiles=(Profile.FAMILY,), child=child.pk), today)
    if whole is None:
        notes = received(memberships, today, child_id=child.pk)[:most]
    else:
        notes = _reached_whole(len(whole), most).rows(*whole)
    return with_answers(notes, child, by=person)


@lru_cache(maxsize=32)
def _reached_whole(count, most):
    keys = [Asked(rank, CharField) for rank in range(count)]
    return Prepared(_reached(keys, published_in(keys, also_public=False))[:most])


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


def sent_about(notes: QuerySet[Note], child) -> QuerySet[Note]:
    """Among mots that the reader follows, those to the families of a child, the newest first."""
    rooms = Enrolment.objects.filter(pupil=child, classroom__isnull=False).values("classroom")
    groups = GroupMember.objects.filter(pupil=child).values("group")
    schools = Enrolment.objects.filter(pupil=child).values("school")
    whole = Q(child=None) & (Q(classroom__in=rooms) | Q(group__in=groups) | Q(school__in=schools))
    targets = NoteTarget.objects.filter(Q(child=child) | whole)
    return _newest(notes.filter(pk__in=targets.values("note"), publication__state=Publication.State.PUBLISHED))


def with_answers(notes: Iterable[Note], child: Person, by: Person | None = None) -> list[Note]:
    """These mots, each with what was answered for this child, `own_answers`: by one guardian, or by all; one query."""
    notes, given = list(notes), {}
    if not notes:
        return notes
    ids = [note.pk for note in notes]
    ids += ids[-1:] * ((1 << (len(ids) - 1).bit_length()) - len(ids))  # few sizes: few SQL are kept
    answers = _BY_ONE.rows(by.pk, child.pk, *ids) if by else _BY_ALL.rows(child.pk, *ids)
    for answer in answers:
        given.setdefault(answer.note_id, []).append(answer)
    for note in notes:
        note.own_answers = given.get(note.pk, [])
        for answer in note.own_answers:
            answer.note = note
    return notes


def _newest(notes):
    return notes.select_related("publication__author").order_by("-publication__published_at", "id")


def _given(answers):
    return answers.exclude(answered_at=None).select_related("file").order_by("answered_at", "id")


def _by_one(guardian, child, *ids):
    return _given(Answer.objects.filter(guardian=guardian, child=child, note__in=ids))


def _by_all(child, *ids):
    return _given(Answer.objects.filter(child=child, note__in=ids)).select_related("guardian", "file")


_BY_ONE, _BY_ALL = PreparedOf(_by_one), PreparedOf(_by_all)
