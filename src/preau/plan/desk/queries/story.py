"""What happened to a school, from its project to its uses; what an ambition became (mission D1, D8). Each room tells
its own lines (`story.py`, kit/rooms/story.py); here they are read in one query and put in order."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import UUIDField

from preau.kit.rooms import story
from preau.kit.rooms.told import Line, gathered
from preau.people.prepared import PreparedFor
from preau.plan.desk.queries.uses import Uses, read_uses

BY = {"state": "Éducation nationale", "school": "École", "committee": "Comité", "city": "Ville"}


@dataclass(frozen=True)
class Event:
    """One thing that happened, who did it (a key of BY), and the page that proves it."""

    day: date
    title: str
    detail: str
    by: str
    url_name: str
    target: object  # the id that page takes
    day_is_known: bool = True  # False: only the year of `day` is

    @property
    def by_label(self) -> str:
        """Who did it, in words."""
        return BY[self.by]


@dataclass(frozen=True)
class Story:
    """A school from its project, the first day first, to what it does of it."""

    events: list[Event]
    uses: Uses
    lines: list[Line]  # as they were read, those of rooms above too


def story_of(school, person, today: date) -> Story:
    """The school's story as this person may read it. One query."""
    kinds, found = story.kinds("STORY"), _read(STORY.rows(person, today, school.pk))
    told = sorted((line for line in found if line.kind in kinds), key=lambda line: kinds[line.kind].moment(line))
    return Story([_event(kinds, line) for line in told], read_uses(found), found)


def told_of(ambition, person, today: date):
    """Raw lines of what points to an ambition, to page then to read with `read_told`. One query."""
    return _union("AMBITION_STORY", person, today, ambition)


def read_told(rows) -> list[Event]:
    """The lines of a page."""
    return [_event(story.kinds("AMBITION_STORY"), line) for line in _read(rows)]


def _union(name, person, today, of):
    return gathered(part for chapter in story.chapters(name) for part in chapter.lines(of, person, today))


STORY = PreparedFor(partial(_union, "STORY"), UUIDField)


def _read(rows):
    return [Line(kind, target, name, detail or "", more or "", day) for kind, target, name, detail, more, day in rows]


def _event(kinds, line):
    told = kinds[line.kind]
    by = told.done_by(line)
    return Event(line.day, told.title(line), told.detail(line), by, told.url_name, line.target, told.day_is_known)
