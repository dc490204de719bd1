"""One space, or one thing hung on a publication, read by who may: its SQL is written once for all who are in as many
places or audiences, as writing it takes longer than answering."""

import datetime
from collections.abc import Callable
from functools import lru_cache
from itertools import chain

from django.db.models import CharField, QuerySet

from preau.kit.prepared import Asked, Prepared, PreparedOf
from preau.kit.rows import is_among
from preau.people.models import Person, Role
from preau.people.queries import is_child
from preau.people.queries.grounds import Grounds
from preau.schools.queries import links_of_guardian
from preau.schools.queries.enrolled import enrolment_of
from preau.spaces import audiences
from preau.spaces.models import Publication
from preau.spaces.queries import audiences_read_whole, published_in
from preau.spaces.rules import headed_in, is_readable, places_in, spaces_visible_to, visible_by

# Whose place comes with their mandate.
HELD = {
    audiences.CLASSROOM: Grounds("classroom", classroom=tuple(Role)),
    audiences.SCHOOL: Grounds("school", school=tuple(Role)),
}


class ReadOne:
    """`build(readable, person, asked, *key)` gives rows of a thing that hangs on a publication: `readable`, whether the
    person may read it, `person` and `asked`, their id and one that tells which row, are values or parameters."""

    def __init__(self, build: Callable[..., QuerySet]):
        self.build, self._written = build, lru_cache(maxsize=128)(self._write)

    def rows(self, person: Person, asked, today: datetime.date, memberships, key=()) -> list:
        """What is found, one query; nothing when the person may not read it."""
        whole, headed = audiences_read_whole(memberships, today), headed_in(memberships, today)
        if whole is None:
            return list(self.build(is_readable(person, today, memberships=memberships), person.pk, asked, *key))
        return self._written(len(whole), len(headed), key).rows(*whole, *headed, person.pk, asked)

    def _write(self, audiences_count, headed_count, key):
        reached = [Asked(rank, CharField) for rank in range(audiences_count)]
        *headed, person, asked = (Asked(audiences_count + rank) for rank in range(headed_count + 2))
        visible = Publication.objects.filter(visible_by(published_in(reached), person, headed))
        return Prepared(self.build(is_among("publication", visible), person, asked, *key))


def space_entered(person: Person, kind: str, place_id, today: datetime.date, *joined: str, memberships=None) -> list:
    """The space of this id, when it is one of those visible to the person: their SQL is built once for all who enter as
    many. `joined` are read with it. One query; none for who holds a mandate there, nor for a pupil enrolled there and,
    on a page, their guardians."""
    memberships = audiences.memberships_of(person, today) if memberships is None else memberships
    if place_id in places_in(person, kind, today, memberships) and (
        held := _held(person, kind, place_id, today, joined)
    ):
        return [held]  # read already, with its school
    if kind not in ENTERED_BY_AUDIENCE:
        return list(_of_id(place_id, joined, spaces_visible_to(person, kind, today, memberships=memberships)))
    return _ENTERED.rows(place_id, *sorted(places_in(person, kind, today, memberships)), key=(kind, joined))


def _held(person, kind, place_id, today, joined):
    """The class, or the school, of a mandate of the day or of an enrolment; the school of a class held."""
    if kind not in HELD:
        return None
    mandates = HELD[kind].mandates(person, today)
    holding = chain(mandates, _enrolments(person, today, joined))
    if kind == audiences.SCHOOL:
        holding = chain((each.classroom for each in mandates if each.classroom_id), holding)
    return next((place for each in holding if (place := getattr(each, kind)) and place.pk == place_id), None)


def _enrolments(person, today, joined):
    """Those that the page of a pupil, or of a guardian, reads anyway: who is here, and as whose parent."""
    if is_child(person, today):
        yield from filter(None, [enrolment_of(person, today)])
    elif hasattr(person, "read_once") and {*joined} <= {"school"}:
        for enrolled in (link.child.enrolled for link in links_of_guardian(person, today)):
            if enrolled and enrolled.classroom and enrolled.classroom.school_id == enrolled.school_id:
                enrolled.classroom.school = enrolled.school
            yield from filter(None, [enrolled])


def _entered(place, *others):
    *places, kind, joined = others
    day = datetime.date.min
    memberships = [audiences.Membership("", "", None, day, None, kind, each) for each in places]
    return _of_id(place, joined, spaces_visible_to(None, kind, day, memberships=memberships))


def _of_id(place, joined, spaces):
    return (spaces.select_related(*joined) if joined else spaces).filter(pk=place)


ENTERED_BY_AUDIENCE = (audiences.CLASSROOM, audiences.GROUP, audiences.SCHOOL, audiences.AFTERSCHOOL)
_ENTERED = PreparedOf(_entered, maxsize=128)
