"""Who steers the plan of the commune that does not exist, and what their acts share."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.timezone import localdate

from preau.demo.commune.calendar import at
from preau.demo.rows.school import names_of_head
from preau.kit.dates import school_year_label
from preau.people import actions as people
from preau.people.models import Person, Role
from preau.places import actions as places
from preau.places.models import City, School
from preau.plan.ambitions.models import Ambition
from preau.plan.applications.models import Authority, FormRevision
from preau.plan.equipment.models import StandardKit
from preau.plan.governance.models import Committee
from preau.plan.priorities.models import Programme
from preau.plan.studies.models import Cohort, Comparison

YEARS = 6
UNDER_WAY = datetime.timedelta(days=300)  # since the call whose schools are being equipped
MORNING = datetime.timedelta(hours=11)  # everything told of a day is done by then (calendar.OPENING)


@dataclass
class Scene:
    """The city, its schools, and each authority's person."""

    now: datetime.datetime
    city: City
    schools: dict[str, School]
    classes: dict[str, int]
    pens: dict[str, Person]  # « education », « it », « dsden »…
    operator: Person
    engage: Callable  # (actor, place, since) → the person, with a mandate and a way in
    heads: dict[str, Person] = field(default_factory=dict)  # by name of school
    kits: dict[str, StandardKit] = field(default_factory=dict)  # first version, by kind of school
    ambitions: list[Ambition] = field(default_factory=list)
    revision: FormRevision | None = None
    copil: Committee | None = None
    cotech: Committee | None = None
    past_cohort: Cohort | None = None
    cohort: Cohort | None = None
    portal: Comparison | None = None
    tablet: Comparison | None = None
    next_programme: Programme | None = None

    @property
    def today(self) -> datetime.date:
        return told_until(self.now)

    @property
    def first_year(self) -> int:
        """The calendar year in which the first schools were received."""
        return first_year_at(self.now)

    @property
    def eve(self) -> datetime.date:
        """The September before: everyone of the plan is there."""
        return eve_at(self.now)

    def pen(self, authority) -> Person:
        """Who writes for an authority that gives opinions."""
        names = {Authority.IEN: "ien", Authority.DSDEN: "dsden", Authority.DAN: "dan", Authority.CITY_IT: "it"}
        return self.pens[names.get(authority, "education")]


def told_until(now) -> datetime.date:
    """The last day whose morning is over: a demo made at night tells what was done the day before."""
    return localdate(now - MORNING)


def first_year_at(now) -> int:
    """Six calls of autumn, each of its own school year, then the one under way: one programme a year is settled."""
    under_way = school_year_label(told_until(now) - UNDER_WAY)
    return int(under_way[:4]) - YEARS + 1


def eve_at(now) -> datetime.date:
    """Before the first call: mandates of the plan's people begin then."""
    return datetime.date(first_year_at(now) - 1, 9, 1)


def settle_schools(scene, *, operator, district, named_heads):
    """Each school gets its circonscription and its head; `named_heads` are those one signs in as."""
    for name, school in scene.schools.items():
        school.district = district
        places.attach_to_district(person=operator, school=school, district=district, now=at(scene.eve))
        scene.heads[name] = named_heads.get(name) or _engage_head(school, scene.eve, operator)


def _engage_head(school, starts_on, operator):
    civility, last_name, first_name = names_of_head(school.slug)
    head = people.create_person(
        civility=civility, first_name=first_name, last_name=last_name, person=operator, now=at(starts_on)
    )
    people.give_mandate(
        holder=head, role=Role.SCHOOL_HEAD, place=school, starts_on=starts_on, person=operator, now=at(starts_on)
    )
    return head
