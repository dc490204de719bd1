"""The mots one received: a family's own, all of a child's."""

import datetime
from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet

from preau.ent.notes.models import Answer, Note, NoteTarget
from preau.ent.notes.queries.family import ForChild, children_reached, is_published
from preau.people.models import Person
from preau.schools.models import Enrolment, GroupMember
from preau.spaces.audiences import Profile
from preau.spaces.models import Publication, Reach
from preau.spaces.queries import published_to, select_memberships


def received(person: Person, memberships: Iterable, today: datetime.date, *, child_id=None) -> QuerySet[Note]:
    """What reached a guardian, for all their children or one, the newest first, with `own_answers`; two queries."""
    mine = select_memberships(memberships, profiles=(Profile.FAMILY,), child=child_id)
    if not mine:
        return Note.objects.none()
    # The public pages are in that condition, and no mot is: its reaches are families'.
    near = Reach.objects.filter(audience__in={m.audience for m in mine})
    notes = Note.objects.filter(is_published(published_to(mine, today)), publication__in=near.values("publication"))
    return _newest(notes, Answer.objects.filter(guardian=person, **({"child": child_id} if child_id else {})))


def for_each_child(notes: Iterable[Note], memberships: Iterable) -> list[tuple[Note, list[ForChild]]]:
    """Such a page of mots, each with the children it is about and their `own_answers`; one query."""
    mine = select_memberships(memberships, profiles=(Profile.FAMILY,))
    notes, reached = list(notes), {}
    publications = [note.publication_id for note in notes]
    pairs = Reach.objects.filter(publication__in=publications, audience__in={m.audience for m in mine})
    for publication, audience in pairs.values_list("publication", "audience"):
        reached.setdefault(publication, set()).add(audience)
    return [
        (
            note,
            [
                ForChild(note, child, given.get(child))
                for child in children_reached(mine, reached.get(note.publication_id, ()))
            ],
        )
        for note in notes
        for given in [{answer.child_id: answer for answer in note.own_answers}]
    ]


def sent_about(notes: QuerySet[Note], child: Person) -> QuerySet[Note]:
    """Among mots that the reader follows, those to the families of a child; each with every guardian's answer."""
    rooms = Enrolment.objects.filter(pupil=child, classroom__isnull=False).values("classroom")
    groups = GroupMember.objects.filter(pupil=child).values("group")
    whole = Q(child=None) & (Q(classroom__in=rooms) | Q(group__in=groups))
    targets = NoteTarget.objects.filter(Q(child=child) | whole)
    published = notes.filter(pk__in=targets.values("note"), publication__state=Publication.State.PUBLISHED)
    return _newest(published, Answer.objects.filter(child=child).select_related("guardian"))


def _newest(notes, answers):
    given = answers.exclude(answered_at=None).select_related("file").order_by("answered_at", "id")
    notes = notes.select_related("publication__author").order_by("-publication__published_at", "id")
    return notes.prefetch_related(Prefetch("answers", given, to_attr="own_answers"))
