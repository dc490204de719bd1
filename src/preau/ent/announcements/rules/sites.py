"""What the team of a périscolaire site reads of announcements, and whose families its manager follows."""

import datetime

from django.db.models import Q, QuerySet

from preau.ent.announcements import queries
from preau.ent.announcements.models import Announcement
from preau.notify.models import Level
from preau.people.models import SITE_ROLES, TEACHER_ROLES, Person, Role
from preau.people.queries.grounds import Grounds
from preau.schools.models import Enrolment
from preau.spaces.models import Publication

MANAGES = Grounds("afterschool", afterschool=(Role.SITE_MANAGER,))
SERVES_SITE = Grounds("afterschool", afterschool=SITE_ROLES)
IN_SCHOOL = Grounds("school", school=(*TEACHER_ROLES, Role.SCHOOL_HEAD))


def of_site(person, today):
    """For who manages a périscolaire site, those for the families of one of its services: they follow these."""
    sites = MANAGES.places(person, today)
    return queries.is_for_sites(sites) if sites else Q(pk__in=())


def read_in_site(person, today):
    """For the whole team of a site, the same, and what the city says to the families of the schools around: they read
    it, the school follows it."""
    sites = SERVES_SITE.places(person, today)
    return queries.is_for_sites(sites) | queries.is_around_sites(sites, today) if sites else Q(pk__in=())


def urgent_around_site(person: Person, today: datetime.date) -> QuerySet[Announcement]:
    """What the city says in emergency to the families of the site where one serves, and around it, for a home."""
    said = {"level": Level.URGENT, "publication__state": Publication.State.PUBLISHED}
    return Announcement.objects.filter(read_in_site(person, today), **said)


def enrolments_followed_in_site(
    person: Person, announcement: Announcement, today: datetime.date
) -> QuerySet[Enrolment]:
    """For who manages a périscolaire site: the pupils put down for the services of that site that it is for."""
    children = queries.put_down(announcement, today).filter(MANAGES.where(person, today, "activity__afterschool"))
    return Enrolment.objects.current(today).filter(pupil__in=children.values("child"))
