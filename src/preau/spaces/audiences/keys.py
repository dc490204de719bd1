"""The keys of audiences, and what it means to be in one."""

import datetime
import uuid
from collections.abc import Iterable
from typing import NamedTuple

from django.db import models

from preau.kit.names import formal_name
from preau.places.models import Placed, kind_of

CHILD, PUBLIC = "child", "public"  # one child's own; « public » is everyone, on the site of a school
ACTIVITY = "activity"  # the families of one service of a périscolaire site: the canteen, the evening
KINDS = (*Placed.PLACES, ACTIVITY, CHILD)  # those with members
CLASSROOM, GROUP, AFTERSCHOOL, SCHOOL = "classroom", "group", "afterschool", "school"
NETWORK, CITY, DISTRICT, DEPARTMENT = "network", "city", "district", "department"


class Readers(models.TextChoices):
    """The part of a place that an audience holds, or of the people around one child."""

    FAMILIES = "families", "les familles"
    PUPILS = "pupils", "les élèves"
    ADULTS = "adults", "les adultes"


class Profile(models.TextChoices):
    """The capacity in which a person belongs to an audience."""

    PUPIL = "pupil", "élève"
    FAMILY = "family", "responsable"
    STAFF = "staff", "adulte de l’école"
    HEAD = "head", "direction de l’école"
    CITY = "city", "agent de la Ville"
    STATE = "state", "agent de l’Éducation nationale"


READERS_OF = dict.fromkeys(Profile, Readers.ADULTS) | {
    Profile.PUPIL: Readers.PUPILS,
    Profile.FAMILY: Readers.FAMILIES,
}
PROFILES_OF = {one: tuple(profile for profile in Profile if READERS_OF[profile] == one) for one in Readers}


class Audience(NamedTuple):
    """A key taken apart; `readers` is empty for « public »."""

    kind: str
    readers: str
    place_id: uuid.UUID


def keys(place, readers: Iterable[str] = tuple(Readers)) -> list[str]:
    """`keys(classroom, [Readers.FAMILIES])` → [« classroom.families:0192… »]; of the whole place without `readers`."""
    return [key_of(kind_of(place), one, place.pk) for one in readers]


def child_key(child, readers: str = Readers.FAMILIES) -> str:
    """The guardians of one child, or the child alone; takes a person or their id."""
    return key_of(CHILD, readers, getattr(child, "pk", child))


def public_key(school) -> str:
    """Everyone, on the site of this school."""
    return f"{PUBLIC}:{school.pk.hex}"


def key_of(kind: str, readers: str, place_id: uuid.UUID) -> str:
    """Builds a key, « classroom.families:0192… », from its parts."""
    return f"{kind}.{readers}:{place_id.hex}"


def split(audience: str) -> Audience:
    """« classroom.families:0192… » → ("classroom", "families", UUID)."""
    name, _, text = audience.partition(":")
    kind, _, readers = name.partition(".")
    return Audience(kind, readers, uuid.UUID(text))


def is_for(audience: str, readers: str) -> bool:
    """Whether this key is the audience of that part of a place: « is_for(key, Readers.FAMILIES) »."""
    return split(audience).readers == readers


class Membership(NamedTuple):
    """A person in an audience from a day to a day; for which child, when they answer for one."""

    audience: str
    profile: str
    child_id: uuid.UUID | None
    since: datetime.date
    until: datetime.date | None
    kind: str
    place_id: uuid.UUID
    # The stop that keeps them from reading what is published there; a head goes on reading, to sort it out.
    stop_id: uuid.UUID | None = None

    def is_current(self, today: datetime.date) -> bool:
        """In the audience that day."""
        return self.since <= today and (self.until is None or today <= self.until)


class Member(NamedTuple):
    """One person in an audience today; `has_account` says whether a screen can reach them."""

    person_id: uuid.UUID
    profile: str
    child_id: uuid.UUID | None
    has_account: bool
    civility: str
    first_name: str
    last_name: str
    usage_name: str
    sort_key: str
    reading_language: str

    @property
    def readers(self) -> str:
        """The part of the place that reaches them."""
        return READERS_OF[self.profile]

    @property
    def formal_name(self) -> str:
        """« Mme Craie », as `Person` says it."""
        return formal_name(self.civility, self.first_name, self.usage_name, self.last_name)
