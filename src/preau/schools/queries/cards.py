"""The pupils of a class with what they enter by."""

import datetime
from collections import Counter
from dataclasses import dataclass

from preau.people.models import Badge, Person, PupilSign
from preau.people.queries.cards import badges_of, codes_of, signs_of
from preau.places.models import NURSERY_LEVELS, Classroom
from preau.schools.queries.apart import with_initial
from preau.schools.queries.listed import class_list


@dataclass(frozen=True)
class CardLine:
    """A pupil of the class; `called` is what their card says: « Lina T. »."""

    pupil: Person
    called: str
    sign: PupilSign | None
    has_pictures: bool  # from CP; nursery pupils enter without
    pictures: tuple[str, ...]
    badges: dict  # {kind: Badge} of those that serve

    @property
    def class_badge(self) -> Badge | None:
        return self.badges.get(Badge.Kind.CLASS)

    @property
    def home_badge(self) -> Badge | None:
        return self.badges.get(Badge.Kind.HOME)

    @property
    def is_ready(self) -> bool:
        """Whether nothing is left to give before the class may enter."""
        return bool(self.sign and (self.pictures or not self.has_pictures))


def card_lines(classroom: Classroom, today: datetime.date) -> list[CardLine]:
    """The class as a register reads; four queries."""
    enrolments = class_list(classroom, today)
    pupils = [enrolment.pupil for enrolment in enrolments]
    signs, codes, badges, called = signs_of(pupils), codes_of(pupils), badges_of(pupils, today), _called(pupils)
    return [
        CardLine(
            pupil=each.pupil,
            called=called[each.pupil_id],
            sign=signs.get(each.pupil_id),
            has_pictures=each.level not in NURSERY_LEVELS,
            pictures=codes.get(each.pupil_id, ()),
            badges=badges.get(each.pupil_id, {}),
        )
        for each in enrolments
    ]


def _called(pupils):
    """« Lina T. », whole where two would read the same: a card found in the street tells little."""
    short = {pupil.pk: with_initial(pupil) for pupil in pupils}
    times = Counter(short.values())
    return {pupil.pk: short[pupil.pk] if times[short[pupil.pk]] == 1 else pupil.full_name for pupil in pupils}
