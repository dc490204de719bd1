"""What a school is made of, as it is on a day."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import F, Prefetch

from preau.kit.money import NBSP
from preau.places.models import Building, Room, School
from preau.plan.premises.models import Cabling, CouncilNotice, InclusionSite, InternetLink
from preau.plan.premises.queries.known import in_use, known


def uncabled_rooms_of(school, today: date):
    """Rooms in use without a cable, as a QuerySet, floor by floor."""
    rooms = Room.objects.filter(in_use(today), building__school=school, cablings=None)
    return rooms.select_related("building").order_by("building__sort_key", "floor", "sort_key", "id")


def is_school_cabled(school) -> bool:
    """Whatever its rooms."""
    return Cabling.objects.filter(school=school, scope=Cabling.Scope.SCHOOL).exists()


def are_rooms_told(school, today: date) -> bool:
    """Whether a room without a noted cable is known to have none: one has, or none was seen to have."""
    school = known(school, today)
    return bool(school.cabled_classrooms_count or school.no_rooms_cabled_on)


@dataclass(frozen=True)
class Floor:
    """The rooms of one floor of a building; each room has `.cabled_on`, a day or None."""

    label: str
    rooms: tuple


@dataclass(frozen=True)
class Premises:
    """What the page of one school lists."""

    buildings: tuple  # (Building, floors, rooms out of use)
    links: tuple  # newest first, ended ones too
    notices: tuple
    inclusion: tuple


def premises_of(school, today: date) -> Premises:
    """Five reads, whatever the size of the school."""
    rooms = Room.objects.order_by("floor", "sort_key", "id")
    rooms = rooms.annotate(cabling_id=F("cablings__id"), cabled_on=F("cablings__done_on"))
    buildings = Building.objects.filter(school=school).order_by("sort_key", "id")
    return Premises(
        buildings=tuple(_building(each, today) for each in buildings.prefetch_related(Prefetch("rooms", rooms))),
        links=tuple(InternetLink.objects.filter(school=school).order_by("-in_service_on", "-id")),
        notices=tuple(CouncilNotice.objects.filter(school=school).order_by("-held_on", "subject", "id")),
        inclusion=tuple(InclusionSite.objects.filter(school=school).order_by("-starts_on", "option", "id")),
    )


def _building(building, today):
    used, closed = [], []
    for room in building.rooms.all():
        (closed if room.closed_on and room.closed_on <= today else used).append(room)
    floors = tuple(Floor(label, tuple(rooms)) for label, rooms in groupby(used, key=lambda room: room.floor_label))
    return building, floors, tuple(closed)


def point_text(school) -> str:
    """« 46,58026 ; 0,34037 », latitude first; empty while nobody knows."""
    if school.latitude is None:
        return ""
    return f"{school.latitude}{NBSP}; {school.longitude}".replace(".", ",")


def points_of_others(school) -> list[tuple]:
    """(latitude, longitude) of the city's other schools on the map."""
    others = School.objects.filter(city=school.city_id, latitude__isnull=False).exclude(pk=school.pk)
    return list(others.values_list("latitude", "longitude"))


def has_powered_store(school, today: date) -> bool:
    """A secured store with power: no cart is accepted without (AC-18)."""
    return known(school, today).powered_stores_count > 0


def has_wifi_notice(school, today: date) -> bool:
    """The conseil d'école was told of the Wi-Fi by that day (loi 2015-136, art. 7-III)."""
    return known(school, today).told_on is not None


def options_of(school, today: date) -> frozenset[str]:
    """Which extras of a kit the school is due: as written here, or because its roll has a dispositif ULIS."""
    school = known(school, today)
    due = {InclusionSite.Option.ULIS: school.is_ulis, InclusionSite.Option.HEARING: school.is_hearing}
    return frozenset(option for option, is_due in due.items() if is_due)
