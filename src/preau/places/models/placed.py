"""Rows that stand in a place: which kinds of place there are, and the keys each table takes from that list."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from preau.places.models.afterschool import AfterSchool
from preau.places.models.network import Network
from preau.places.models.where import City, Classroom, Department, District, Group, School

# The one list of kinds of place, smallest first: another kind is one more name here, then a migration of each table
# that stands in a place.
KINDS_OF_PLACE = (Classroom, Group, AfterSchool, School, Network, City, District, Department)


def kind_of(place) -> str:
    """« classroom », « school »…: the name of the place's key in every table."""
    return place._meta.model_name


def exactly_one(*keys: str) -> Q:
    """Condition of a CheckConstraint: one of these foreign keys is set, the others are empty."""
    ways = [{f"{key}__isnull": False} | {other: None for other in keys if other != key} for key in keys]
    return reduce(or_, (Q(**way) for way in ways))


class InAPlace(models.Model):
    """What a row in one place says of it; `PLACES` names its keys."""

    PLACES: tuple[str, ...]

    class Meta:
        abstract = True

    @property
    def place_kind(self) -> str:
        """« classroom », « school »…: the name of the key that is set; empty for a row in no place."""
        return next((name for name in self.PLACES if getattr(self, f"{name}_id")), "")

    @property
    def place(self):
        """The place whose key is set; None for a row in no place."""
        kind = self.place_kind
        return getattr(self, kind) if kind else None

    @property
    def place_id(self):
        """The id of that place, without reading it."""
        kind = self.place_kind
        return getattr(self, f"{kind}_id") if kind else None


class Placed(InAPlace):
    """A row in exactly one place of any kind: one nullable key for each of KINDS_OF_PLACE, and the constraint."""

    PLACES = tuple(model._meta.model_name for model in KINDS_OF_PLACE)

    class Meta:
        abstract = True

    @classmethod
    def in_one_place(cls, name: str, *more: str) -> models.CheckConstraint:
        """For the `constraints` of each table that inherits this; `more` are keys of its own beside those."""
        return models.CheckConstraint(condition=exactly_one(*cls.PLACES, *more), name=name)


for _kind in KINDS_OF_PLACE:
    _key = models.ForeignKey(
        _kind, models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name=_kind._meta.verbose_name
    )
    Placed.add_to_class(kind_of(_kind), _key)
