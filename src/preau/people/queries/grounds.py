"""Which roles see or write a row, and by which of its places: one table, which gives a set of rows and a yes or no.

    READS = Grounds("school", city=CITY_ROLES, district=(Role.IEN,))
    School.objects.filter(READS.where(person, today))              # the schools of her city, of his circonscription
    Asset.objects.filter(READS.where(person, today, "school"))     # the rows whose `school` is one of them
    READS.covers(person, school, today)                            # whether this school is one of them

A role counts in the place where it is held, and in no other.
"""

from datetime import date

from django.db.models import Q

from preau.people.models import Mandate, Person, Role
from preau.people.queries import current_mandates
from preau.places.models import School

# From a row of each kind, the path to the places it lies in.
PATHS = {
    "classroom": {"classroom": "id", "school": "school"},
    "afterschool": {"afterschool": "id", "city": "city"},
    "network": {"network": "id", "city": "city"},
    "school": {"school": "id", "district": "district", "city": "city", "department": "city__department"},
    "city": {"city": "id", "department": "department", "department_of_district": "department"},
}
# From a mandate, the paths to a place of this kind; the kind itself where the table is silent.
HELD = {"school": ("school", "classroom__school"), "department_of_district": ("district__department",)}
CROSSING = ("school", "district")  # a city lies in neither: it is reached by its schools, each city once


class Grounds:
    """`of` is the kind of the rows: « classroom », « afterschool », « school », « network » or « city ». The roles are
    given by the kind of place where they are held; those held in a class count in its school too, those held in a
    district in the whole of its département where the table says `department_of_district`. Nothing is read but the
    person's mandates."""

    def __init__(self, of: str, **roles: tuple[Role, ...]):
        self.of, self.roles = of, roles
        unknown = set(roles) - set(PATHS[of]) - set(CROSSING if of == "city" else ())
        if unknown:
            raise ValueError(f"a {of} lies in no {', '.join(unknown)}")

    def where(self, person: Person | None, today: date, at: str = "") -> Q:
        """The rows themselves, or those that have one at `at`; no row for who holds none of these roles."""
        conditions = [self._condition(kind, place, at) for kind, place in self._held(person, today)]
        return Q(*conditions, _connector=Q.OR) or Q(pk__in=())

    def covers(self, person: Person | None, row, today: date, at: str = "") -> bool:
        """Whether this row is one of those; not for a city reached by its schools."""
        return self.mandate(person, row, today, at) is not None

    def mandate(self, person: Person | None, row, today: date, at: str = "") -> Mandate | None:
        """The mandate by which this row is one of those: an act about it is signed under its title."""
        held = self._held(person, today).items()
        return next((m for (kind, place), m in held if _id_at(row, _joined(at, PATHS[self.of][kind])) == place), None)

    def mandates(self, person: Person | None, today: date) -> list[Mandate]:
        """Those by which one of these roles is held, one for each place."""
        return list(self._held(person, today).values())

    def held_at(self, row) -> Q:
        """The mandates by which somebody holds one of these roles where this row lies."""
        held = Q(pk__in=())
        for kind, roles in self.roles.items():
            place = _id_at(row, PATHS[self.of][kind])
            held |= Q(role__in=roles) & Q(*((path, place) for path in HELD.get(kind, (kind,))), _connector=Q.OR)
        return held

    def places(self, person: Person | None, today: date) -> set:
        """Ids of the places where one of these roles is held."""
        return {place for _, place in self._held(person, today)}

    def places_alone(self, person: Person | None, today: date) -> set:
        """Of these places, those where the person holds no other role."""
        named = {role for roles in self.roles.values() for role in roles}
        mandates = current_mandates(person, today) if person else ()
        return self.places(person, today) - {m.place_id for m in mandates if m.role not in named}

    def are_all_places(self, person: Person | None, today: date) -> bool:
        """Whether the person holds roles in these places alone."""
        return {m.place_id for m in current_mandates(person, today)} <= self.places(person, today)

    def paths(self, person: Person | None, today: date) -> list[tuple]:
        """The same as (path from the row, id found there)."""
        return [(PATHS[self.of][kind], place) for kind, place in self._held(person, today)]

    def _held(self, person, today):
        """{(kind of place, id) where one of the roles is held: the first mandate there}, in the order of the table."""
        held = {}
        for kind, roles in self.roles.items():
            for mandate in current_mandates(person, today) if person else ():
                if mandate.role in roles and (place := _place_id(mandate, kind)):
                    held.setdefault((kind, place), mandate)
        return held

    def _condition(self, kind, place, at):
        if self.of == "city" and kind in CROSSING:
            path = "id" if kind == "school" else kind
            return (f"{at or 'id'}__in", School.objects.filter((path, place)).values("city"))
        return (_joined(at, PATHS[self.of][kind]), place)


def _place_id(mandate: Mandate, kind: str):
    if kind == "school" and mandate.classroom_id:
        return mandate.classroom.school_id
    if kind == "department_of_district":
        return mandate.district and mandate.district.department_id
    return getattr(mandate, f"{kind}_id")


def _joined(at, path):
    if not at:
        return path
    return at if path == "id" else f"{at}__{path}"


def _id_at(row, path):
    *steps, last = path.split("__")
    for step in steps:
        row = getattr(row, step)
    return row.pk if last == "id" else getattr(row, f"{last}_id")
