"""What Préau keeps, read from the declarations of every table; who has no reason left to be known."""

import datetime
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Count, Exists, OuterRef, Q

from preau.kit.dates import months_before
from preau.kit.privacy import Erase
from preau.people.models import Mandate, Person
from preau.places.models import School
from preau.places.queries import not_closed_on
from preau.privacy.declarations import Declared, declared
from preau.schools.models import Enrolment, FamiliesOpening, Guardianship

LIBRARY_ROOM = "people"
GROUND = ("kit", "journal")  # what serves all rooms is said last


@dataclass(frozen=True)
class Chapter:
    """A part of the page « Ce que nous gardons »."""

    title: str
    entries: list[Declared]


def kept_chapters() -> list[Chapter]:
    """Every table that holds something of a person, by part of the product: rooms whose `apps.py` gives one title."""
    chapters = {}
    for entry in declared():
        if entry.privacy.erase is Erase.NOTHING:
            continue
        room = apps.get_app_config(entry.model._meta.app_label)
        if not room.name.startswith("preau."):
            room = apps.get_app_config(LIBRARY_ROOM)
        chapters.setdefault((room.label in GROUND, room.verbose_name), []).append(entry)
    return [Chapter(title, entries) for (_, title), entries in sorted(chapters.items(), key=lambda one: one[0][0])]


def openings_by_city(cities, today: datetime.date) -> list:
    """[(city, schools open to families, schools in all)]; closed schools aside; one query."""
    alive = Q(schools__in=School.objects.filter(not_closed_on(today)))
    opened = Count("schools", distinct=True, filter=alive & Q(schools__openings__isnull=False))
    rows = cities.annotate(opened=opened, schools_count=Count("schools", distinct=True, filter=alive))
    return [(city, city.opened, city.schools_count) for city in rows.order_by("name", "id")]


def schools_opened(city, today: datetime.date) -> tuple[list, list]:
    """([(school, its last opening)], [schools whose papers are not signed]) of a city; two queries."""
    schools = School.objects.filter(not_closed_on(today), city=city)
    lines = FamiliesOpening.objects.filter(school__in=schools).select_related("recorded_by")
    last = {line.school_id: line for line in lines.order_by("recorded_at", "id")}
    schools = list(schools.order_by("sort_key", "id"))
    opened = [(school, last[school.pk]) for school in schools if school.pk in last]
    return opened, [school for school in schools if school.pk not in last]


def leavers(today: datetime.date):
    """Persons whose last reason to be known ended three months ago or more: nobody's pupil, guardian or staff.

    A guardian whose link ended is known as long as the child is at school: what a judge or the head decided of the two
    of them lives on that link, and the next file of the school would name them again.
    """
    day = months_before(today, 3)
    return _without_mandate(day).filter(~Exists(_links_to_pupils(day)), created_at__date__lte=day)


def ended_guardians(today: datetime.date):
    """Persons known only by links that ended three months ago or more: nothing is left for an account to open."""
    day = months_before(today, 3)
    links = _links_to_pupils(day)
    return _without_mandate(day).filter(Exists(links), ~Exists(links.filter(_lasting(day))))


def ended_guardianships(today: datetime.date):
    """Links that ended three months ago or more, to children who left school three months ago or more."""
    day = months_before(today, 3)
    return Guardianship.objects.filter(~Exists(_enrolments(day, "child")), ends_on__lte=day)


def schools_of_decisions(subject: Person, today: datetime.date) -> list[str]:
    """Schools of the children for whom a judge restricts somebody, the subject being that guardian or that child, as
    long as their links are kept: once the row is gone, the next ONDE file would bring both back without it."""
    there = Enrolment.objects.filter(_lasting(months_before(today, 3)))
    decided = Guardianship.objects.decided().filter(Q(guardian=subject) | Q(child=subject))
    found = there.filter(pupil__in=decided.order_by().values("child")).select_related("school")
    return sorted({enrolment.school.full_name for enrolment in found})


def _lasting(day):
    return Q(ends_on=None) | Q(ends_on__gt=day)


def _enrolments(day, pupil):
    return Enrolment.objects.filter(_lasting(day), pupil=OuterRef(pupil))


def _links_to_pupils(day):
    return Guardianship.objects.filter(Exists(_enrolments(day, "child")), guardian=OuterRef("pk"))


def _without_mandate(day):
    """Who is no pupil either."""
    holds = Mandate.objects.filter(_lasting(day), person=OuterRef("pk"))
    return Person.objects.filter(~Exists(_enrolments(day, "pk")), ~Exists(holds))
