"""The « socle numérique » of the 2021 call set against what is noted, class by class (standards.md §13).

A mark of the State for cycles 2 and 3, apart from the city's own kit: it is read, and settles nothing.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from preau.places.models import Room, School
from preau.plan.inventory.models import PRESENT, Asset, Kind
from preau.plan.premises.models import Cabling

SCHOOL_KINDS = (School.Kind.ELEMENTARY, School.Kind.PRIMARY)  # cycles 2 and 3 alone
# What is known of a classroom (`_with_things`) under each line of the socle.
IN_CLASS = {"Vidéoprojecteur": "has_projector", "Ordinateur portable": "has_laptop", "Internet": "is_cabled"}
PACK = (Kind.LAPTOP, Kind.TABLET)
TO_SHARE = {
    "Prise d’images": (Kind.CAMERA, Kind.TABLET), "Micro": (Kind.MICROPHONE,), "Enceintes": (Kind.SOUND,),
    "Lot de tablettes ou de portables": PACK, "Imprimante de la direction": (Kind.PRINTER,),
    "Visualiseur, facultatif": (Kind.VISUALISER,),
}  # fmt: skip
OPTIONAL = "Visualiseur, facultatif"


@dataclass(frozen=True)
class ClassBase:
    """A classroom and which lines of the socle it has, in the order of IN_CLASS."""

    room: Room
    has: tuple[bool, ...]

    @property
    def lines(self):
        """(label, whether it is there)"""
        return list(zip(IN_CLASS, self.has, strict=True))


@dataclass(frozen=True)
class SchoolBase:
    """A school: its classrooms in use, and (label, how many) of what classes share."""

    school: School
    classes: tuple[ClassBase, ...]
    shared: tuple[tuple[str, int], ...]

    @property
    def complete_count(self) -> int:
        return sum(all(each.has) for each in self.classes)

    @property
    def lacking(self) -> list[tuple[str, int]]:
        """(label, in how many classrooms it lacks), zeros too."""
        return [(label, sum(not each.has[place] for each in self.classes)) for place, label in enumerate(IN_CLASS)]

    @property
    def lacking_to_share(self) -> list[str]:
        """What no class of the school could borrow from another; the optional aside."""
        return [label for label, count in self.shared if not count and label != OPTIONAL]


def bases_of(schools, today: date) -> list[SchoolBase]:
    """Of each of these schools (instances), in their order; two reads whatever their number."""
    ids = [school.pk for school in schools]
    rooms, stock = defaultdict(list), defaultdict(Counter)
    found = Room.objects.filter(Q(closed_on=None) | Q(closed_on__gt=today), building__school__in=ids)
    found = _with_things(found.filter(kind=Room.Kind.CLASSROOM), today).select_related("building")
    found = found.only("name", "building__name", "building__school_id")
    for room in found.order_by("building__sort_key", "floor", "sort_key", "id"):
        rooms[room.building.school_id].append(room)
    things = Asset.objects.filter(school__in=ids, state__in=PRESENT).order_by().values_list("school", "kind")
    for school, kind, number in things.annotate(number=Count("id")):
        stock[school][kind] = number
    return [_base(school, rooms[school.pk], stock[school.pk]) for school in schools]


def _with_things(rooms, today):
    """What lies in a cart is of no room, wherever the cart stands."""
    cabled = Cabling.objects.filter(room=OuterRef("pk"), done_on__lte=today)
    there = Asset.objects.filter(room=OuterRef("pk"), cart=None, state__in=PRESENT).order_by()
    pack = there.filter(kind__in=PACK).values("room").annotate(number=Count("id")).values("number")
    return rooms.annotate(
        has_projector=Exists(there.filter(kind=Kind.PROJECTOR)), has_laptop=Exists(there.filter(kind=Kind.LAPTOP)),
        is_cabled=Exists(cabled), pack_count=Coalesce(Subquery(pack), 0),
    )  # fmt: skip


def _base(school, rooms, stock):
    classes = tuple(ClassBase(room, tuple(getattr(room, name) for name in IN_CLASS.values())) for room in rooms)
    return SchoolBase(school, classes, tuple((label, _shared(label, rooms, stock)) for label in TO_SHARE))


def _shared(label, rooms, stock) -> int:
    """A laptop of a classroom is its teacher's: it counts in no pack."""
    own = sum(room.pack_count for room in rooms) if TO_SHARE[label] == PACK else 0
    return sum(stock[kind] for kind in TO_SHARE[label]) - own
