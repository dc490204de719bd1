"""In what capacity persons stand in a school on a day, and what the table of who may write to whom makes of it."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from preau.ent.mail.table import OF_SCHOOL, PART_OF, Line, Part, Within, line_of
from preau.kit.prepared import PreparedOf
from preau.kit.rows import in_any
from preau.people.models import Mandate, Person, Role
from preau.places.models import Group, School
from preau.schools.models import ActivityEnrolment, Enrolment, GroupMember, Guardianship


@dataclass(frozen=True)
class Standing:
    """In what capacity somebody may write in a school. `rooms`: ids of their classes, groups and périscolaire sites,
    compared where the table asks for the same class or site; `child_id`: of which child, for a guardian."""

    part: Part
    rooms: frozenset = frozenset()
    child_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Link:
    """That one may write to another: by which line of the table, in what capacities, about which child."""

    line: Line
    part: Part
    other_part: Part
    child_id: uuid.UUID | None
    may_begin: bool


def links_between(mine: Iterable[Standing], theirs: Iterable[Standing]) -> list[Link]:
    """Every way in which one may write to the other; first those by which one may begin."""
    found = []
    for one in mine:
        for other in theirs:
            line, may_begin = line_of(one.part, other.part)
            if line is None or (line.within != Within.SCHOOL and not one.rooms & other.rooms):
                continue
            found.append(Link(line, one.part, other.part, one.child_id or other.child_id, may_begin))
    return sorted(dict.fromkeys(found), key=lambda link: not link.may_begin)


def standings_in(
    school: School,
    today: datetime.date,
    *,
    adults: Iterable | None = None,
    families: Iterable | None = None,
    classroom_id: uuid.UUID | None = None,
) -> dict[uuid.UUID, list[Standing]]:
    """{person: their standings}: by what they hold, of `adults`, and as pupils and guardians, of `families`, by their
    ids; of all there, or in that class, when None. Six queries at most."""
    found = defaultdict(list)
    groups, has_site = None, False
    for who, role, room, site in _mandates_in(school, today, adults):
        rooms, has_site = [each for each in (room, site) if each], has_site or bool(site)
        if role == Role.TEACHER and not room:  # the teacher of a dispositif serves the school, not a class
            rooms = groups = groups or list(Group.objects.filter(school=school).values_list("pk", flat=True))
        found[who].append(Standing(PART_OF[role], frozenset(rooms)))
    # Who lists a class teaches it or heads the school: its children's sites matter to nobody.
    beside = {"with_groups": bool(groups), "with_sites": has_site and not classroom_id}
    for who, standing in _families(school, today, families, classroom_id, **beside):
        found[who].append(standing)
    return {who: list(dict.fromkeys(each)) for who, each in found.items()}


def _mandates_in(school, today, adults):
    places = [school.pk, school.city_id, school.city.department_id, *filter(None, [school.district_id])]
    if adults is None:
        return _MANDATES.rows(*places, key=(today,))
    return _mandates(*places, today).filter(person__in=list(adults))


def _mandates(school, city, department, *others):
    """Those that reach this school: those of its city, of its circonscription, of its children's sites too."""
    *district, today = others
    put_down = ActivityEnrolment.objects.current(today).filter(child__enrolments__in=_enrolled(school, today))
    held = Mandate.objects.current(today).filter(role__in=PART_OF)
    ways = [
        Q(afterschool__in=put_down.values("activity__afterschool")),
        Q(afterschool__school=school),
        Q(school=school),
        Q(classroom__school=school),
        Q(city=city),
        Q(department=department),
        *(Q(district=each) for each in district),
    ]
    found = held.filter(in_any("pk", *(held.filter(way).values("pk") for way in ways)))
    return found.values_list("person", "role", "classroom", "afterschool")


def _enrolled(school, today):
    return Enrolment.objects.current(today).filter(school=school)


def _families(school, today, people, classroom_id, *, with_groups, with_sites):
    """(person, standing) of pupils and of who answers for them, restricted by no judge."""
    people = None if people is None else list(people)
    ids = [school.pk, *([classroom_id] if classroom_id else []), *(people or [])]
    key = bool(classroom_id), people is not None, today
    rooms = defaultdict(set)
    for pupil, room in _FAMILIES.rows(*ids, key=(_of_rooms, *key)):
        rooms[pupil] |= {room} - {None}
    # Of their groups and périscolaire sites where somebody serves these.
    beside = [each for each, is_asked in ((_of_groups, with_groups), (_of_sites, with_sites)) if rooms and is_asked]
    for each in beside:
        for pupil, place in _FAMILIES.rows(*ids, key=(each, *key)):
            rooms[pupil].add(place)
    theirs = {pupil: frozenset(places) for pupil, places in rooms.items()}
    found = [(pupil, Standing(Part.PUPIL, here)) for pupil, here in theirs.items() if people is None or pupil in people]
    pairs = _FAMILIES.rows(*ids, key=(_guardians, *key)) if theirs else ()
    return found + [(guardian, Standing(Part.GUARDIAN, theirs[child], child)) for guardian, child in pairs]


def _of_families(school, *others):
    """`read` of the pupils of a school, of one class, or those among these people and whom they answer for."""
    *ids, read, in_class, is_among, today = others
    enrolled, links = _enrolled(school, today), Guardianship.objects.reached(today)
    if in_class:
        enrolled = enrolled.filter(classroom=ids.pop(0))
    if is_among:
        links = links.filter(guardian__in=ids)
        enrolled = enrolled.filter(Q(pupil__in=ids) | Q(pupil__in=links.values("child")))
    return read(school, today, enrolled, links)


def _of_rooms(school, today, enrolled, links):
    return enrolled.values_list("pupil", "classroom")


def _of_groups(school, today, enrolled, links):
    members = GroupMember.objects.current(today).filter(pupil__in=enrolled.values("pupil"), group__school=school)
    return members.values_list("pupil", "group")


def _of_sites(school, today, enrolled, links):
    put_down = ActivityEnrolment.objects.current(today).filter(child__in=enrolled.values("pupil"))
    return put_down.values_list("child", "activity__afterschool").distinct()


def _guardians(school, today, enrolled, links):
    return links.filter(child__in=enrolled.values("pupil")).values_list("guardian", "child")


def _named(*ids):
    return Person.objects.filter(pk__in=ids).select_related("account")


_MANDATES, _FAMILIES, _NAMED = (
    PreparedOf(_mandates),
    PreparedOf(_of_families, maxsize=64),
    PreparedOf(_named, maxsize=64),
)


@dataclass(frozen=True)
class Correspondent:
    """Somebody whom one may begin to write to, and in what capacities they stand there."""

    person: Person
    link: Link
    child: Person | None  # whom it is about
    standings: tuple[Standing, ...]

    @property
    def part_text(self) -> str:
        return self.link.other_part.label


def correspondents(
    person: Person, school: School, today: datetime.date, *, classroom_id=None, other=None
) -> list[Correspondent]:
    """Whom the person may begin to write to there, with an open account, by profile, by child, by name: the adults,
    and the families of one class, or `other` (an id) alone. Seven queries at most."""
    families = None if classroom_id else [person.pk, *([other] if other else [])]
    standings = standings_in(school, today, families=families, classroom_id=classroom_id)
    mine = standings.pop(person.pk, [])
    links = {who: _one_for_each_child(links_between(mine, theirs)) for who, theirs in standings.items()}
    children = {link.child_id for each in links.values() for link in each if link.child_id}
    asked = {who for who, each in links.items() if each} | children
    names = {each.pk: each for each in _NAMED.rows(*asked)}
    found = [
        Correspondent(names[who], link, names.get(link.child_id), tuple(standings[who]))
        for who, each in links.items()
        for link in each
        if _has_account(names[who])
    ]
    return sorted(found, key=_in_order)


def _has_account(person):
    return hasattr(person, "account") and person.account.is_active


def _in_order(each):
    order = list(Part).index(each.link.other_part)
    return order, each.child.sort_key if each.child else "", each.person.sort_key, each.person.pk


def _one_for_each_child(links):
    begun = {}
    for link in links:
        if link.may_begin:
            begun.setdefault(link.child_id, link)
    return list(begun.values())


def beside(first: Correspondent, found: Iterable[Correspondent]) -> list[Correspondent]:
    """Of these, the adults of the school who may take part in a conversation with the first."""
    about = first.link.child_id
    return [
        each
        for each in found
        if each.person.pk != first.person.pk
        and each.link.other_part in OF_SCHOOL
        and each.link.child_id in (None, about)
        and any(link.child_id in (None, about) for link in links_between(each.standings, first.standings))
    ]
