"""What was told to the pupils of a class or a group, of which a session may be about one."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, DateField, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Substr, TruncDate

from preau.ent.posts.models import Post
from preau.kit.dates import weekday_text
from preau.kit.rooms.told import Line, lines, parted
from preau.kit.rows import in_any
from preau.places.models import Group, School
from preau.spaces.models import Publication

GROUP, WORD = "lessons_group", "lessons_word"
MOST, SIGNS = 8, 60  # in a list; of each


@dataclass(frozen=True)
class Word:
    """A post, as one is chosen in a list."""

    pk: uuid.UUID
    place_id: uuid.UUID
    day: datetime.date
    text: str

    def __str__(self):
        text = " ".join(self.text.split())
        text = f"{text[:SIGNS].rsplit(' ', 1)[0]}…" if len(text) > SIGNS else text
        day = weekday_text(self.day).capitalize()
        return f"{day}\u00a0: {text}" if text else day


def told_in(words: QuerySet[Post], place) -> QuerySet[Post]:
    """Of these, those of this class or group."""
    return words.filter(publication__group=place) if isinstance(place, Group) else words.filter(_of_class(place))


def last_of(words: QuerySet[Post]) -> Post | None:
    """The one that comes first on a wall."""
    return words.order_by("-publication__published_at", "-id").first()


def words_to_choose(words: QuerySet[Post]) -> list[Word]:
    """The last first; one query."""
    return _words(Line(*row) for row in _lines(words))


def groups_and_words(groups: QuerySet[Group], words: QuerySet[Post], classroom=None) -> QuerySet:
    """Lines (kit/rooms/told.py) of these groups, and of the last words told there or to the class of this id."""
    there = [Publication.objects.filter(group__in=groups), Publication.objects.filter(classroom=classroom)]
    place = in_any("publication", *(each.values("pk") for each in there[: 2 if classroom else 1]))
    never = Value(datetime.date.min, DateField())
    order = Cast("sort_key", CharField())
    asked = lines(groups, GROUP, name="name", detail="kind", more=order, day=never)
    return asked.union(_lines(words.filter(place)), all=True)


def read_groups_and_words(rows: Iterable[tuple], school: School) -> tuple[list[Group], list[Word]]:
    """Of such lines: the groups, all of this school, by name; the words, the last first."""
    found, others = parted(rows, GROUP)
    found.sort(key=lambda line: (line.more, line.target))
    return [_group(line, school) for line in found], _words(parted(others, WORD)[0])


def _of_class(classroom):
    return Q(publication__classroom=classroom)


def _lines(words):
    last = words.order_by("-publication__published_at", "-id")[:MOST]
    place = Cast(Coalesce("publication__classroom", "publication__group"), CharField())
    at = Cast("publication__published_at", CharField())
    said = {"name": Substr("text", 1, 2 * SIGNS), "detail": at, "more": place}
    return lines(
        Post.objects.filter(pk__in=last.values("pk")), WORD, day=TruncDate("publication__published_at"), **said
    )


def _words(found):
    rows = sorted(found, key=lambda line: (line.detail, line.target), reverse=True)
    return [Word(row.target, uuid.UUID(row.more), row.day, row.name) for row in rows]


def _group(line, school):
    read = {"id": line.target, "school_id": school.pk, "name": line.name, "kind": line.detail}
    group = Group.from_db(school._state.db, list(read), list(read.values()))
    group.school = school
    return group
