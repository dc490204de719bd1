"""« Qui recevra »: counted from the very rows that let people read."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from preau.ent.notes.models import Note
from preau.spaces import audiences
from preau.spaces.audiences import Profile, Readers

MANY_GUARDIANS = 60  # more than a class has


@dataclass(frozen=True)
class Recipients:
    """Whom a mot would reach: `alone` are the pupils that no guardian receives for."""

    children_count: int
    guardians: frozenset  # their ids
    on_paper_count: int  # children none of whose guardians has an account
    alone: tuple[str, ...] = ()

    @property
    def guardians_count(self) -> int:
        return len(self.guardians)

    @property
    def reached_count(self) -> int:
        """Pupils, not families: each has a mot of their own, twins too."""
        return self.children_count - len(self.alone)


def recipients_of(reached: Iterable[str], today: datetime.date) -> Recipients:
    """Recipients of these audience keys; one query."""
    members = audiences.members_of(with_pupils(reached), today)
    guardians = [m for m in members if m.profile == Profile.FAMILY]
    pupils = {m.person_id: m for m in members if m.profile == Profile.PUPIL}
    answered_for = {m.child_id for m in guardians}
    online = {m.child_id for m in guardians if m.has_account}
    alone = sorted(f"{m.first_name} {m.last_name}" for pk, m in pupils.items() if pk not in answered_for)
    ids = frozenset(m.person_id for m in guardians)
    return Recipients(len(pupils), ids, len(answered_for - online), tuple(alone))


def reached_by(note: Note) -> list[str]:
    """The audiences of its targets, each once."""
    return list(dict.fromkeys(target.audience for target in note.targets.all()))


def is_large(places: Iterable, reach: Recipients) -> bool:
    """Whether sending asks to be confirmed and may be cancelled for a minute (trust.md R24)."""
    return len(set(places)) > 1 or reach.guardians_count > MANY_GUARDIANS


def with_pupils(reached: Iterable[str]) -> list[str]:
    """Recipients with the pupils' names, for a page that lists them."""
    found = []
    for kind, _, place_id in map(audiences.split, reached):
        found += [audiences.key_of(kind, readers, place_id) for readers in (Readers.FAMILIES, Readers.PUPILS)]
    return found
