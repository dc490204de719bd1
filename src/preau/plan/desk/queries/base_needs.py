"""The « socle numérique » of the 2021 call set against what is noted, class by class (standards.md §13).

A mark of the State for cycles 2 and 3, apart from the city's own kit: it is read, and settles nothing.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from preau.kit.prepared import KEPT_WRITTEN, Prepared, one_of_asked
from preau.places.models import Room, School
from preau.plan.equipment.queries import UNTOLD
from preau.plan.inventory.models import PRESENT, Asset, Kind
from preau.plan.premises.models import Cabling, Lack

SCHOOL_KINDS = (School.Kind.ELEMENTARY, School.Kind.PRIMARY)  # cycles 2 and 3 alone
# What is known of a classroom (`_with_things`) under each line of the socle.
IN_CLASS = {"Vidéoprojecteur": "has_projector", "Ordinateur portable": "has_laptop", "Internet": "is_cabled"}
CABLED = list(IN_CLASS).index("Internet")
PACK = (Kind.LAPTOP, Kind.TABLET)
TO_SHARE = {
    "Prise d’images": (Kind.CAMERA, Kind.TABLET), "Micro": (Kind.MICROPHONE,), "Enceintes": (Kind.SOUND,),
    "Lot de tablettes ou de portables": PACK, "Imprimante de la direction": (Kind.PRINTER,),
    "Visualiseur, facultatif": (Kind.VISUALISER,),
}  # fmt: skip
OF_CLASSES = "what classrooms hold of PACK"
OPTIONAL = "Visualiseur, facultatif"


@dataclass(frozen=True)
class ClassBase:
    """A classroom by its name, and which lines of the socle it has, in the order of IN_CLASS."""

    room: str
    building: str
    has: tuple[bool, ...]
    is_seen_bare: bool = False  # somebody saw that no room of the school is cabled


@dataclass(frozen=True)
class SchoolBase:
    """A school: its classrooms in use, and (label, how many) of what classes share."""

    school: School
    classes: tuple[ClassBase, ...]
    shared: tuple[tuple[str, int], ...]
    is_listed: bool  # something of the school is in the inventory; else « none there » is not known

    @cached_property
    def known(self) -> tuple[bool, ...]:
        """Which lines of IN_CLASS the records tell: things by the inventory, a cable by any cabled classroom, or by who
        saw that there is none."""
        cabled = any(each.has[CABLED] or each.is_seen_bare for each in self.classes)
        return tuple(bool(self.classes) and (cabled if n == CABLED else self.is_listed) for n in range(len(IN_CLASS)))

    @property
    def complete_count(self) -> int | None:
        """None when some line is not known."""
        return sum(all(each.has) for each in self.classes) if all(self.known) else None

    @property
    def lacking(self) -> list[tuple[str, int | None]]:
        """(label, in how many classrooms it lacks), zeros too; None where nobody noted it."""
        return [
            (label, sum(not each.has[place] for each in self.classes) if self.known[place] else None)
            for place, label in enumerate(IN_CLASS)
        ]

    @property
    def lacking_to_share(self) -> list[str] | None:
        """What no class of the school could borrow from another; the optional aside. None where nothing is listed."""
        if not self.is_listed:
            return None
        return [label for label, count in self.shared if not count and label != OPTIONAL]

    def words_of(self, each: ClassBase) -> list[tuple[str, str]]:
        """(label, « oui », « non » or that nobody noted it) of a classroom."""
        said = zip(IN_CLASS, each.has, self.known, strict=True)
        return [(label, "oui" if has else "non" if known else UNTOLD) for label, has, known in said]

    @property
    def told(self) -> list[tuple[ClassBase, list]]:
        """Each classroom with its `words_of`."""
        return [(each, self.words_of(each)) for each in self.classes]


def bases_of(schools, today: date) -> list[SchoolBase]:
    """Of each of these schools (instances), in their order; two reads whatever their number."""
    ids = [school.pk for school in schools]
    if 0 < len(ids) <= KEPT_WRITTEN:
        classrooms, things = (ask.rows(*ids) for ask in _prepared(today, len(ids)))
    else:
        classrooms, things = _reads(lambda path: Q((f"{path}__in", ids)), today)
    classes, stock = defaultdict(list), defaultdict(Counter)
    for school, room, building, pack, is_seen_bare, *has in classrooms:
        classes[school].append(ClassBase(room, building, tuple(has), is_seen_bare))
        stock[school][OF_CLASSES] += pack
    for school, kind, number in things:
        stock[school][kind] = number
    return [_base(school, classes[school.pk], stock[school.pk]) for school in schools]


@lru_cache(maxsize=32)
def _prepared(today, count):
    """`_reads`, written once for a number of schools: their ids are asked."""
    return [Prepared(rows) for rows in _reads(lambda path: one_of_asked(path, count), today)]


def _reads(at, today):
    """Of schools whose condition is `at` a path: (school, room, building, things of a pack that are its own, whether
    no room of the school was seen cabled, then which lines of IN_CLASS it has) of each classroom; (school, kind, how
    many) of every thing."""
    rooms = Room.objects.filter(at("building__school"), Q(closed_on=None) | Q(closed_on__gt=today))
    rooms = _with_things(rooms.filter(kind=Room.Kind.CLASSROOM), today)
    rooms = rooms.order_by("building__sort_key", "floor", "sort_key", "id")
    things = Asset.objects.filter(at("school"), state__in=PRESENT).order_by()
    return (
        rooms.values_list(
            "building__school", "name", "building__name", "pack_count", "is_seen_bare", *IN_CLASS.values()
        ),
        things.values_list("school", "kind").annotate(number=Count("*")),  # on an index, without reading a thing
    )


def _with_things(rooms, today):
    """What lies in a cart is of no room, wherever the cart stands."""
    cabled = Cabling.objects.filter(room=OuterRef("pk"), done_on__lte=today)
    bare = Lack.objects.filter(school=OuterRef("building__school"), what=Lack.What.ROOMS, seen_on__lte=today)
    there = Asset.objects.filter(room=OuterRef("pk"), cart=None, state__in=PRESENT).order_by()
    pack = there.filter(kind__in=PACK).values("room").annotate(number=Count("id")).values("number")
    return rooms.annotate(
        has_projector=Exists(there.filter(kind=Kind.PROJECTOR)),
        has_laptop=Exists(there.filter(kind=Kind.LAPTOP)),
        is_cabled=Exists(cabled),
        is_seen_bare=Exists(bare),
        pack_count=Coalesce(Subquery(pack), 0),
    )


def _base(school, classes, stock):
    shared = tuple((label, _shared(label, stock)) for label in TO_SHARE)
    return SchoolBase(school, tuple(classes), shared, is_listed=any(kind != OF_CLASSES for kind in stock))


def _shared(label, stock) -> int:
    """A laptop of a classroom is its teacher's: it counts in no pack."""
    return sum(stock[kind] for kind in TO_SHARE[label]) - (stock[OF_CLASSES] if TO_SHARE[label] == PACK else 0)
