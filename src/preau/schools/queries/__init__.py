"""Named reads of a school's register. Each takes an already visible set or object."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Exists, FilteredRelation, OuterRef, Prefetch, Q, QuerySet, Subquery

from preau.kit.dates import school_year_label
from preau.kit.names import name_key
from preau.kit.prepared import Asked, Prepared
from preau.kit.rows import in_any
from preau.people.contacts import contact_ends, contact_key, contact_token
from preau.people.models import TEACHER_ROLES, Mandate, Person, Role
from preau.people.queries import is_named
from preau.people.queries.base import namesakes_among
from preau.places.models import Classroom, Group, School
from preau.schools.models import UNDO, Enrolment, GroupMember, Guardianship, Insurance
from preau.schools.queries.listed import class_list, pupils_to_join
from preau.schools.queries.own import is_own

__all__ = ["class_list", "pupils_to_join"]


@dataclass(frozen=True)
class ClassLine:
    """A class of the school and how many it holds."""

    classroom: Classroom
    pupils_count: int
    teachers: list[Mandate]


@dataclass(frozen=True)
class Register:
    """The school's page: its classes, those without a class, its groups, its adults."""

    classes: list[ClassLine]
    unplaced: list[Enrolment]
    groups: list[Group]

    @property
    def pupils_count(self) -> int:
        return sum(line.pupils_count for line in self.classes) + len(self.unplaced)


@dataclass(frozen=True)
class TeamLine:
    """Someone of the team, and all they hold in the school."""

    person: Person
    mandates: list[Mandate]

    @property
    def has_account(self) -> bool:
        return hasattr(self.person, "account")


def team_of(team: QuerySet[Mandate], school: School) -> list[TeamLine]:
    """The team of a school, by name; one query."""
    rows = team.in_school(school).select_related("person__account", "school__city", "classroom__school__city")
    held = {}
    for mandate in rows.order_by("person__sort_key", "person_id", "starts_on", "id"):
        held.setdefault(mandate.person, []).append(mandate)
    return [TeamLine(person, mandates) for person, mandates in held.items()]


def with_agents(schools: QuerySet[School], team: QuerySet[Mandate]) -> list[School]:
    """Open schools by name, each with `agents_count`: persons of this team who serve there; two queries."""
    persons = {}
    for person, school, of_class in team.values_list("person_id", "school_id", "classroom__school_id"):
        persons.setdefault(school or of_class, set()).add(person)
    found = list(schools.filter(closed_on=None).order_by("sort_key", "id"))
    for school in found:
        school.agents_count = len(persons.get(school.pk, ()))
    return found


def current_classrooms(school: School, today: datetime.date) -> QuerySet[Classroom]:
    """Classes of the school year of that day, youngest first."""
    return school.classrooms.filter(school_year=school_year_label(today)).order_by("order_key", "id")


def register_of(school: School, today: datetime.date) -> Register:
    """Classes with counts and teachers, pupils without a class, groups; four queries."""
    held = Q(enrolments__starts_on__lte=today) & (Q(enrolments__ends_on=None) | Q(enrolments__ends_on__gte=today))
    teachers = (
        Mandate.objects.current(today)
        .filter(role__in=TEACHER_ROLES)
        .select_related("person")
        .order_by("starts_on", "id")
    )
    rooms = current_classrooms(school, today).annotate(held_count=Count("enrolments", filter=held))
    rooms = rooms.prefetch_related(Prefetch("mandates", queryset=teachers, to_attr="teaching"))
    unplaced = Enrolment.objects.current(today).filter(school=school, classroom=None).select_related("pupil")
    return Register(
        [ClassLine(room, room.held_count, room.teaching) for room in rooms],
        list(unplaced.order_by("pupil__sort_key", "id")),
        list(
            school.groups.filter(school_year=school_year_label(today))
            .annotate(members_count=Count("members", filter=Q(members__ends_on=None)))
            .order_by("sort_key", "id")
        ),
    )


def enrolments_of(pupil: Person, school_ids=None) -> list[Enrolment]:
    """The pupil's path, newest first; in some schools only when given."""
    rows = pupil.enrolments.select_related("classroom", "school").order_by("-starts_on", "-id")
    return list(rows if school_ids is None else rows.filter(school__in=school_ids))


def with_path(pupils: QuerySet[Person], person: Person) -> QuerySet[Person]:
    """Pupils with their enrolments read ahead, newest first, and whether `person` answers or answered for each; rules
    and page then share one read."""
    rows = Enrolment.objects.select_related("classroom", "school").order_by("-starts_on", "-id")
    pupils = pupils.select_related("record", "account").annotate(is_own_child=is_own(person, "pk"))
    return pupils.prefetch_related(Prefetch("enrolments", queryset=rows))


def children_of_guardian(guardian: Person, today: datetime.date) -> tuple[Person, ...]:
    """The children whose news this person receives, the eldest first: the order of their name tags; one query."""
    return tuple(link.child for link in links_of_guardian(guardian, today))


def links_of_guardian(guardian: Person, today: datetime.date) -> list[Guardianship]:
    """The same, with what ties them; one query, once for who asks for a page (people/middleware.py)."""
    known = getattr(guardian, "read_once", None)
    if known is None:
        return _links_read(guardian, today)
    if ("links", today) not in known:
        known["links", today] = _links_read(guardian, today)
    return known["links", today]


def _links_read(guardian, today):
    """Each child's enrolment of the day, with its class, its school and city, is left on the child as `enrolled`."""
    links = {}
    for row in _links_of_guardian(today).rows(guardian.pk):  # one row more for a child in two schools
        link = links.setdefault(row.pk, row)
        link.child.enrolled = getattr(row, "here", None)  # a child enrolled nowhere that day has no such row
    return list(links.values())


@lru_cache(maxsize=2)
def _links_of_guardian(today):
    days = Q(child__enrolments__ends_on=None) | Q(child__enrolments__ends_on__gte=today)
    here = FilteredRelation("child__enrolments", condition=Q(days, child__enrolments__starts_on__lte=today))
    links = Guardianship.objects.reached(today).filter(guardian=Asked()).annotate(here=here)
    links = links.select_related("child", "here__classroom", "here__school__city")
    return Prepared(links.order_by("child__birth_date", "child__sort_key", "-here__starts_on", "-here__id"))


def guardianships_of(child: Person, today: datetime.date) -> list[Guardianship]:
    """Who answers for the child, first to call first, with their contacts."""
    decided = Guardianship.objects.filter(guardian=OuterRef("guardian"), child=OuterRef("child"))
    decided = decided.filter(restricted_on__isnull=False).order_by("restricted_on")
    rows = Guardianship.objects.current(today).filter(child=child).select_related("guardian__account")
    rows = rows.annotate(  # on whichever row of the pair the decision was written
        decided_on=Subquery(decided.values("restricted_on")[:1]),
        decision=Subquery(decided.values("restriction_reference")[:1]),
    )
    return list(rows.prefetch_related("guardian__contacts").order_by("-is_priority", "guardian__sort_key", "id"))


def groups_of(pupil: Person, today: datetime.date) -> list[GroupMember]:
    """Groups and dispositifs the pupil follows."""
    return list(GroupMember.objects.current(today).filter(pupil=pupil).select_related("group").order_by("id"))


def other_children(link: Guardianship, pupils: QuerySet[Person], today: datetime.date) -> list[Person]:
    """The other ones among these that the guardian of a link answers for, no decision restricting them there."""
    links = Guardianship.objects.reached(today).filter(guardian=link.guardian_id, child__in=pupils)
    links = links.exclude(child=link.child_id).select_related("child")
    return [each.child for each in links.order_by("child__sort_key", "id")]


def members_of(group: Group, today: datetime.date) -> list[GroupMember]:
    """The pupils of a group, with the class each one keeps."""
    rows = GroupMember.objects.current(today).filter(group=group).select_related("pupil")
    own = Enrolment.objects.current(today).select_related("classroom")
    return list(
        rows.prefetch_related(Prefetch("pupil__enrolments", queryset=own, to_attr="own_classes")).order_by(
            "pupil__sort_key", "id"
        )
    )


def likely_same_pupils(school: School, *, last_name, first_name, birth_date) -> list[Person]:
    """Pupils this school has or had who may be the one being written: same name, or same first name and birth date."""
    known = Person.objects.filter(pk__in=Enrolment.objects.filter(school=school).values("pupil"))
    first = name_key(first_name)
    near = known.filter(Q(birth_date=birth_date) | Q(sort_key__endswith=f" {first}"))
    wanted = {name_key(last_name)}
    return [
        person
        for person in near.order_by("sort_key", "id")[:40]
        if name_key(person.first_name) == first
        and (person.birth_date == birth_date or wanted & {name_key(person.last_name), name_key(person.usage_name)})
    ]


def same_guardian(school: School, *, last_name, first_name, contacts) -> Person | None:
    """The guardian of this school who has this name and one of these contacts: within a school two persons are one only
    if name and one contact agree. None when nobody or several do."""
    children = Enrolment.objects.filter(school=school).values("pupil")
    found = _reached_by(_guardians_named(children, last_name, first_name), contacts)
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True)
class KnownGuardian:
    """A guardian of the school and what tells them from another of the same name."""

    person: Person
    children: tuple[str, ...]
    reached: tuple[str, ...]  # the ends of their contacts


def likely_same_guardians(
    school: School, today: datetime.date, *, last_name, first_name, contacts
) -> list[KnownGuardian]:
    """Guardians of that name of children here, or who left within 30 days, when no contact says which it is."""
    if same_guardian(school, last_name=last_name, first_name=first_name, contacts=contacts):
        return []
    seen = Q(ends_on=None) | Q(ends_on__gte=today - UNDO)
    children = Enrolment.objects.filter(seen, school=school).values("pupil")
    named = _guardians_named(children, last_name, first_name)
    links = Guardianship.objects.filter(guardian__in=named, child__in=children).select_related("child")
    names = {}
    for link in links.order_by("child__sort_key", "id"):
        names.setdefault(link.guardian_id, {})[link.child_id] = link.child.full_name
    return [
        KnownGuardian(
            one, tuple(names[one.pk].values()), tuple(sorted(contact_ends(c.kind, c.value) for c in one.contacts.all()))
        )
        for one in named
    ]


def _reached_by(persons, contacts):
    tokens = {contact_token(kind, contact_key(kind, value)) for kind, value in contacts}
    return [one for one in persons if tokens & {contact_token(c.kind, c.match_key) for c in one.contacts.all()}]


def _guardians_named(children, last_name, first_name):
    links = Guardianship.objects.filter(child__in=children).values("guardian")
    near = Person.objects.filter(pk__in=links, sort_key__endswith=f" {name_key(first_name)}")
    named = near.prefetch_related("contacts").order_by("id")
    return [one for one in named if is_named(one, first_name=first_name, last_name=last_name)]


def likely_same_staff(
    mandates: QuerySet[Mandate], families_of: School | None, today: datetime.date, *, first_name, last_name
) -> list[Person]:
    """Who of that name served as these mandates say (`held`), or answers for pupils of this school (`children`)."""
    named = {"first_name": first_name, "last_name": last_name}
    found = {one.pk: one for one in namesakes_among(mandates, **named)}
    parents = likely_same_guardians(families_of, today, contacts=(), **named) if families_of else ()
    for parent in parents:
        found.setdefault(parent.person.pk, parent.person).children = parent.children
    return list(found.values())


def supply_teachers_known(classroom: Classroom) -> list[Person]:
    """Who was supply teacher in this city's schools, most recent first: one tap to choose."""
    city = classroom.school.city_id
    supply = Mandate.objects.filter(role=Role.SUPPLY_TEACHER)
    here = (supply.filter((path, city)).values("pk") for path in ("classroom__school__city", "school__city"))
    mandates = supply.filter(in_any("pk", *here)).select_related("person").order_by("-starts_on", "-id")[:60]
    known = {mandate.person_id: mandate.person for mandate in mandates}
    return list(known.values())[:12]


def supply_days(classroom: Classroom, today: datetime.date) -> list[Mandate]:
    """Who has the class today besides its teacher, until the evening of its `ends_on`."""
    current = Mandate.objects.current(today).filter(classroom=classroom, role=Role.SUPPLY_TEACHER)
    return list(current.select_related("person").order_by("id"))


def teachers_of(school, today: datetime.date) -> QuerySet:
    """Who heads the school or teaches there that day, supply teachers aside."""
    held = Mandate.objects.current(today).in_school(school)
    return Person.objects.filter(pk__in=held.filter(role__in=(Role.SCHOOL_HEAD, Role.TEACHER)).values("person"))


def insured(pupil_ids: Iterable, today: datetime.date) -> set:
    """Ids of those whose insurance certificate was handed in this school year; one query."""
    return set(_insured(today).filter(pupil__in=list(pupil_ids)).values_list("pupil", flat=True))


def is_insured(today: datetime.date) -> Exists:
    """The same, of each row that has a `pupil`."""
    return Exists(_insured(today).filter(pupil=OuterRef("pupil")))


def _insured(today):
    return Insurance.objects.filter(school_year=school_year_label(today))
