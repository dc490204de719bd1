"""Who a notice is for: (person, child) pairs, and the audiences that people entered of late."""

import uuid
from datetime import date, datetime

from django.db.models import Q

from preau.kit.ids import first_id_of
from preau.notify.models import Notice
from preau.people.models import Person
from preau.schools.models import ActivityEnrolment, Enrolment, GroupMember, Guardianship
from preau.spaces import audiences
from preau.spaces.audiences import Profile, Readers

ADULTS = (Profile.STAFF, Profile.HEAD, Profile.CITY, Profile.STATE)

Pair = tuple[uuid.UUID, uuid.UUID | None]


def audience_pairs(notice: Notice, day: date, *, person: Person | None = None) -> list[Pair]:
    """(person, child) of those expected on that day, sorted: the guardians where families are reached, else, or if the
    notice expects them too, the adults but the author. A pupil is never expected. `person` alone, if given. Two
    queries."""
    reached = list(notice.publication.reaches.values_list("audience", flat=True))
    wanted = {key: (Profile.FAMILY,) for key in reached if audiences.is_for(key, Readers.FAMILIES)}
    if not wanted or notice.expects_adults:
        wanted |= {key: ADULTS for key in reached if audiences.is_for(key, Readers.ADULTS)}
    if person is None:
        profiles = {profile for each in wanted.values() for profile in each}
        pairs = audiences.pairs_of(wanted, day, profiles)
    else:
        mine = audiences.memberships_of(person, day)
        pairs = {(person.pk, m.child_id) for m in mine if m.profile in wanted.get(m.audience, ()) and m.is_current(day)}
    author_id = notice.publication.author_id
    return sorted((pair for pair in pairs if pair != (author_id, None)), key=str)


def audiences_entered(since: datetime | None, today: date) -> set[str]:
    """The audiences of families where somebody arrived: by the links and enrolments written since that instant, or by
    those that begin today. Four queries."""
    new = Q(starts_on=today) if since is None else Q(pk__gte=first_id_of(since))
    children = Guardianship.objects.reached(today).filter(new).values("child")
    enrolled = Enrolment.objects.current(today).filter(new | Q(pupil__in=children))
    grouped = GroupMember.objects.current(today).filter(new | Q(pupil__in=children))
    found = {
        audiences.key_of(audiences.CHILD, Readers.FAMILIES, child) for child in children.values_list("child", flat=True)
    }
    for classroom, school, network, city in enrolled.values_list(
        "classroom", "school", "school__network", "school__city"
    ):
        places = (
            (audiences.CLASSROOM, classroom),
            (audiences.SCHOOL, school),
            (audiences.NETWORK, network),
            (audiences.CITY, city),
        )
        found |= {audiences.key_of(kind, Readers.FAMILIES, place) for kind, place in places if place}
    for group in grouped.values_list("group", flat=True):
        found.add(audiences.key_of(audiences.GROUP, Readers.FAMILIES, group))
    served = ActivityEnrolment.objects.current(today).filter(new | Q(child__in=children))
    for activity, site in served.values_list("activity", "activity__afterschool").distinct():
        places = ((audiences.ACTIVITY, activity), (audiences.AFTERSCHOOL, site))
        found |= {audiences.key_of(kind, Readers.FAMILIES, place) for kind, place in places}
    return found
