"""Groups and dispositifs: the child keeps its reference class."""

import datetime

from django.db import transaction

from preau.journal import actions as journal
from preau.kit.dates import school_year_label
from preau.people.models import Person
from preau.places.models import Group, School
from preau.schools.models import GroupMember


@transaction.atomic
def open_group(
    *, school: School, name: str, kind: str, today: datetime.date, person: Person, now: datetime.datetime
) -> Group:
    """A group of this school year. The base refuses two groups of one name."""
    group = Group.objects.create(school=school, school_year=school_year_label(today), name=name, kind=kind)
    journal.record(person_id=person.id, verb="open_group", subject=group, place_id=school.pk, now=now)
    return group


@transaction.atomic
def add_member(
    *, group: Group, pupil: Person, starts_on: datetime.date, person: Person, now: datetime.datetime
) -> GroupMember:
    """A pupil joins; already in, nothing changes."""
    member, is_new = GroupMember.objects.get_or_create(
        group=group, pupil=pupil, ends_on=None, defaults={"starts_on": starts_on}
    )
    if is_new:
        journal.record(person_id=person.id, verb="add_member", subject=member, place_id=group.school_id, now=now)
    return member


@transaction.atomic
def end_member(*, member: GroupMember, on: datetime.date, person: Person, now: datetime.datetime) -> GroupMember:
    """`on` is the last day."""
    member.ends_on = max(on, member.starts_on)
    member.save(update_fields=["ends_on"])
    journal.record(person_id=person.id, verb="end_member", subject=member, now=now)
    return member
