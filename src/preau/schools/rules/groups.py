"""Who leads a group of pupils, a décloisonnement or a dispositif, and who helps there."""

import datetime

from django.db.models import Q, QuerySet

from preau.people.models import CLASS_ROLES, SCHOOL_ROLES, TEACHER_ROLES, Person
from preau.people.queries import places_held
from preau.people.queries.grounds import Grounds
from preau.places.models import Group
from preau.schools.models import Enrolment, GroupMember
from preau.schools.rules import schools_of_groups

TEACHES = Grounds("classroom", classroom=TEACHER_ROLES)
SERVES = Grounds("classroom", classroom=CLASS_ROLES)


def groups_led_by(person: Person, today: datetime.date) -> QuerySet[Group]:
    """Those of the school that the person serves as a teacher, or heads, dispositifs among them; and the groups across
    classes that a pupil of their class follows."""
    return Group.objects.filter(Q(school__in=schools_of_groups(person, today)) | across(person, today, TEACHES))


def groups_helped_by(person: Person, today: datetime.date) -> QuerySet[Group]:
    """The same for who helps there too: an AESH of the school, or of a class of such a group."""
    schools = places_held(person, *SCHOOL_ROLES, today=today)
    return Group.objects.filter(Q(school__in=schools) | across(person, today, SERVES))


def leads_group(person: Person, group: Group, today: datetime.date) -> bool:
    """Whether it is one of `groups_led_by`; the base is asked for who teaches a class alone."""
    if group.school_id in schools_of_groups(person, today):
        return True
    if group.is_dispositif or not TEACHES.places(person, today):
        return False
    return groups_led_by(person, today).filter(pk=group.pk).exists()


def across(person: Person, today: datetime.date, grounds: Grounds) -> Q:
    """Of a class, where one of these roles is held; no dispositif: belonging to one is nobody else's business."""
    here = Enrolment.objects.current(today).filter(grounds.where(person, today, "classroom"))
    members = GroupMember.objects.current(today).filter(pupil__in=here.values("pupil"))
    same = Q(school__in=here.values("school"))  # a pupil who changed schools brings no group along
    return Q(kind=Group.Kind.GROUP) & same & Q(pk__in=members.values("group"))
