"""The « socle numérique » of the 2021 call set against what is noted, class by class (standards.md §13).

A mark of the State for cycles 2 and 3, apart from the city's own kit: it is read, and settles nothing.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Exists, F, OuterRef, Q, UUIDField, When

from preau.places.models import Room, School
from preau.plan.inventory.models import PRESENT, Asset, Kind
from preau.plan.premises.models import Cabling

SCHOOL_KINDS = (School.Kind.ELEMENTARY, School.Kind.PRIMARY)  # cycles 2 and 3 alone
IN_CLASS = {
    "Vidéoprojecteur": (Kind.PROJECTOR,), "Ordinateur portable": (Kind.LAPTOP,), "Internet": None,
}  # fmt: skip
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
    cabled = Cabling.objects.filter(room=OuterRef("pk"), done_on__lte=today)
    found = Room.objects.filter(Q(closed_on=None) | Q(closed_on__gt=today), building__school__in=ids)
    found = found.filter(kind=Room.Kind.CLASSROOM).annotate(is_cabled=Exists(cabled)).select_related("building")
    for room in found.order_by("building__sort_key", "floor", "sort_key", "id"):
        rooms[room.building.school_id].append(room)
    # What lies in a cart is of no room, wherever the cart stands.
    place = Case(When(cart=None, then=F("room_id")), default=None, output_field=UUIDField())
    things = Asset.objects.filter(school__in=ids, state__in=PRESENT).order_by().annotate(place=place)
    counted = things.values_list("school", "place", "kind").annotate(number=Count("id"))
    for school, room, kind, number in counted:
        stock[school][room, kind] += number
    return [_base(school, rooms[school.pk], stock[school.pk]) for school in schools]


def _base(school, rooms, stock):
    classes = tuple(ClassBase(room, _has(room, stock)) for room in rooms)
    return SchoolBase(school, classes, tuple((label, _shared(label, rooms, stock)) for label in TO_SHARE))


def _has(room, stock) -> tuple[bool, ...]:
    return tuple(
        room.is_cabled if kinds is None else any(stock[room.pk, kind] for kind in kinds) for kinds in IN_CLASS.values()
    )


def _shared(label, rooms, stock) -> int:
    """A laptop of a classroom is its teacher's: it counts in no pack."""
    own = {room.pk for room in rooms} if TO_SHARE[label] == PACK else ()
    return sum(number for (room, kind), number in stock.items() if kind in TO_SHARE[label] and room not in own)
