"""A site opens with its services; somebody is named there."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.afterschool import rules
from preau.journal.actions import record
from preau.kit.answers import Conflict, Refused, allow
from preau.kit.names import name_key
from preau.kit.rows import lock
from preau.people import actions as people
from preau.people.models import Mandate, Person, Role
from preau.places.models import AfterSchool, City, School
from preau.schools.models import Activity

TAKEN = "Un site de la Ville se nomme déjà ainsi\u00a0: choisissez un autre nom."


@transaction.atomic
def open_site(
    *,
    city: City,
    name: str,
    school: School | None,
    kinds,
    person: Person,
    now: datetime,
    site: AfterSchool | None = None,
) -> AfterSchool:
    """A site and the services it renders; of a `site` already open, its name, its school, and services added: one that
    has children stays. Raises Conflict for a name taken."""
    lock(city)
    allow(rules.can_keep_sites, person, city, now=now)
    others = AfterSchool.objects.filter(city=city).exclude(pk=site and site.pk)
    if name_key(name) in {name_key(other.name) for other in others}:
        raise Conflict(TAKEN, "name")
    site = site or AfterSchool(city=city)
    site.name, site.school = name, school
    site.save()
    for kind in kinds:
        Activity.objects.get_or_create(afterschool=site, kind=kind)
    site.activities.exclude(kind__in=kinds).filter(enrolments=None, changes=None).delete()
    record(person_id=person.pk, verb="open_site", subject=site, now=now, place_id=city.pk, fields=["name"])
    return site


@transaction.atomic
def name_agent(*, site: AfterSchool, role: Role, person: Person, now: datetime, **who) -> tuple[Mandate, str]:
    """Someone in the team of a site, told as `people.name_holder` takes it, with a first sheet when `person` may give
    one. Raises Refused."""
    allow(rules.can_name_team, person, site, now=now)
    today = localdate(now)
    if role not in rules.roles_named_by(person, site, today):
        raise Refused(rules.ONLY_CITY.reason)
    mandate, _ = people.name_holder(place=site, role=role, person=person, now=now, gives_sheet=False, **who)
    may = rules.can_give_agent_sheet(person, mandate, today)
    return mandate, people.issue_first_sheet(holder=mandate.person, person=person, now=now) if may else ""
