"""What a home is made of: the stream of a person with its posts, and each child's name tag."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from preau.ent.posts.queries import LifeItem, items_of
from preau.kit.prepared import Prepared, one_of_asked
from preau.people.models import Person
from preau.places.models import School
from preau.schools.models import Classroom, Enrolment
from preau.spaces import audiences
from preau.spaces.queries import Position, children_of, feed_positions, select_memberships

PAGE = 8
# As above the coat hooks: a colour, an object and a name, never a colour alone (design README).
OBJECTS = ("kite", "snail", "boat", "marble", "top", "leaf")
COLOURS = 6


@dataclass(frozen=True)
class ChildTag:
    """How a child is told from another, everywhere the same for one guardian."""

    name: str
    colour: int
    object: str
    child_id: uuid.UUID | None = None
    enrolment: Enrolment | None = None  # with its class and school


CITY_TAG = ChildTag("La Ville", 0, "city")


@dataclass
class Home:
    """A page of a person's stream; each item comes with the tags of the children it concerns."""

    items: list[tuple[LifeItem, list[ChildTag]]] = field(default_factory=list)
    after: Position | None = None
    tags: list[ChildTag] = field(default_factory=list)

    @property
    def places(self) -> list[tuple[School, list[tuple[Classroom | None, list[ChildTag]]]]]:
        """Each school once, and in it each class once: brothers and sisters share them."""
        found: dict = {}
        for tag in self.tags:
            if tag.enrolment:
                rooms = found.setdefault(tag.enrolment.school, {})
                rooms.setdefault(tag.enrolment.classroom, []).append(tag)
        return [(school, list(rooms.items())) for school, rooms in found.items()]


def stream(
    memberships: Iterable[audiences.Membership],
    today: datetime.date,
    *,
    profiles: Iterable[str] | None = None,
    only: Iterable[str] | None = None,
    before: Position | None = None,
    limit: int = PAGE,
) -> Home:
    """What reaches these memberships, with its posts; three queries."""
    chosen = select_memberships(memberships, profiles=profiles, only=only)
    feed = feed_positions(chosen, today, before=before, limit=limit)
    return Home([(item, []) for item in items_of(feed)], feed.after)


def family_stream(
    memberships: Iterable[audiences.Membership],
    children: Iterable[Person],
    today: datetime.date,
    *,
    child_id: uuid.UUID | None = None,
    before: Position | None = None,
) -> Home:
    """A guardian's stream, all children or one, the child's name on each item; four queries."""
    mine = select_memberships(memberships, profiles=(audiences.Profile.FAMILY,), child=child_id)
    tags = child_tags(children, children_of(memberships, today), today)
    feed = feed_positions(mine, today, before=before, limit=PAGE)
    items = [(item, _tags_of(item, tags)) for item in items_of(feed)]
    return Home(items, feed.after, list(tags.values()))


def child_tags(children: Iterable[Person], present: Iterable[uuid.UUID], today) -> dict[uuid.UUID, ChildTag]:
    """One tag a child, in the guardian's own order, with the class it is in; one query."""
    present = set(present)
    if not present:
        return {}
    enrolled = {enrolment.pupil_id: enrolment for enrolment in _enrolments_on(today, len(present)).rows(*present)}
    return {
        child.pk: ChildTag(
            child.first_name, number % COLOURS + 1, OBJECTS[number % len(OBJECTS)], child.pk, enrolled.get(child.pk)
        )
        for number, child in enumerate(child for child in children if child.pk in present)
    }


@lru_cache(maxsize=16)
def _enrolments_on(today, children_count):
    enrolments = Enrolment.objects.current(today).filter(one_of_asked("pupil", children_count))
    return Prepared(enrolments.select_related("classroom", "school").order_by("-starts_on", "-id"))


def _tags_of(item, tags):
    if item.publication.city_id:
        return [CITY_TAG]
    return [tag for child_id, tag in tags.items() if child_id in item.child_ids]


@dataclass(frozen=True)
class SpaceMembers:
    """Who a space holds: its adults by name, its pupils in number; its families too, None for who is not told."""

    adults: list[audiences.Member]
    pupils_count: int
    parents_count: int | None


def space_members(place, today: datetime.date, *, counts_parents: bool) -> SpaceMembers:
    """From the same rows as « Qui verra »; one query.

    Families are not told how many parents there are: one less in a class of a few tells of a judge's decision.
    """
    members = audiences.members_of(audiences.keys(place), today)
    profile = audiences.Profile
    return SpaceMembers(
        audiences.adults_of(members),
        len({m.person_id for m in members if m.profile == profile.PUPIL}),
        len({m.person_id for m in members if m.profile == profile.FAMILY}) if counts_parents else None,
    )
