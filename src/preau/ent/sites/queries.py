"""Named reads for the public pages."""

import datetime
import uuid
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import QuerySet

from preau.ent.sites.models import CitySite, SchoolSite, UrgentBanner
from preau.kit.names import name_key
from preau.places.models import City, School
from preau.spaces.queries import Position


def site_of(school: School) -> SchoolSite | None:
    """What the head gave, or None."""
    return SchoolSite.objects.filter(school=school).first()


def city_site_of(city: City | None) -> CitySite:
    """What the city gave, or an empty row, not saved, that reads « non publié » everywhere."""
    return (city and CitySite.objects.filter(city=city).first()) or CitySite(city=city)


def banner_of(school: School, now: datetime.datetime) -> UrgentBanner | None:
    """The urgent message shown now."""
    banners = UrgentBanner.objects.filter(school=school, removed_at=None, starts_at__lte=now, ends_at__gt=now)
    return banners.order_by("-starts_at", "-id").first()


def schools_found(schools: QuerySet[School], words: str) -> list[School]:
    """Those whose name holds every word, accents and case aside."""
    for word in name_key(words).split():
        schools = schools.filter(sort_key__contains=word)
    return list(schools)


def grouped(schools) -> list[tuple[str, list[School]]]:
    """By kind, nursery first; by city before that when there are several. Schools come ordered by city and name."""
    order = list(School.Kind)
    schools = sorted(schools, key=lambda school: (school.city.name, order.index(school.kind)))
    several = len({school.city_id for school in schools}) > 1
    groups = []
    for (city, kind), inside in groupby(schools, key=lambda school: (school.city.name, school.kind)):
        name = {"nursery": "Maternelles", "elementary": "Élémentaires", "primary": "Primaires"}[kind]
        groups.append((f"{city}\u00a0: {name.lower()}" if several else name, list(inside)))
    return groups


@dataclass(frozen=True)
class LifeItem:
    """One public post as anyone reads it: no name of a person."""

    id: uuid.UUID
    at: datetime.datetime
    where: str
    title: str
    text: str
    rest: str = ""
    pictures: tuple = ()


@dataclass(frozen=True)
class Life:
    """A page of public posts; `after` is where the next one starts."""

    items: list[LifeItem] = field(default_factory=list)
    after: Position | None = None


def life_of(school: School, *, before: Position | None = None, limit: int = 20) -> Life:
    """What the school published for everyone, newest first."""
    return Life()


def life_item(school: School, publication_id) -> LifeItem | None:
    """One public post of this school."""
    return None
