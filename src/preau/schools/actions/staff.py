"""The first account of somebody of the team, and a class given for a time."""

import datetime

from django.db import transaction

from preau.kit.answers import Conflict, allow
from preau.kit.rows import lock
from preau.people import actions as people
from preau.people.models import Mandate, Person, Role
from preau.places.models import Classroom, School
from preau.schools.models import Function
from preau.schools.rules.classes import can_open_classes

# The role each function gives.
HELD = {Function.TEACHER: Role.TEACHER, Function.AESH: Role.AESH, Function.ATSEM: Role.ATSEM}
ENDED = "Cette fonction a pris fin\u00a0: aucune classe ne s’y ouvre plus."


@transaction.atomic
def welcome_staff(
    *,
    place: School | Classroom,
    function: Function,
    civility: str,
    first_name: str,
    last_name: str,
    starts_on: datetime.date,
    same_as: Person | None = None,
    gives_sheet=True,
    person: Person,
    now: datetime.datetime,
) -> tuple[Mandate, str]:
    """Someone new, or `same_as`, in a class or in the whole school; as `people.name_holder`."""
    return people.name_holder(
        place=place,
        role=HELD[function],
        civility=civility,
        first_name=first_name,
        last_name=last_name,
        starts_on=starts_on,
        same_as=same_as,
        gives_sheet=gives_sheet,
        person=person,
        now=now,
    )


@transaction.atomic
def open_classes(
    *, mandate: Mandate, classrooms: list[Classroom], today: datetime.date, person: Person, now: datetime.datetime
) -> list[Mandate]:
    """Who serves in the school serves in these classes too, under the same title and as long; pressed twice, once.
    Raises Refused, or Conflict when their function has ended meanwhile."""
    mandate = lock(mandate, "school", "classroom__school")
    allow(can_open_classes, person, mandate, now=now)
    if mandate.ends_on and mandate.ends_on < today:
        raise Conflict(ENDED)
    lasting = Mandate.objects.lasting(today).filter(person=mandate.person, role=mandate.role)
    open_already = set(lasting.filter(classroom__isnull=False).values_list("classroom", flat=True))
    return [
        people.give_mandate(
            holder=mandate.person,
            role=Role(mandate.role),
            place=room,
            title=mandate.title,
            starts_on=max(today, mandate.starts_on),
            ends_on=mandate.ends_on,
            person=person,
            now=now,
        )
        for room in classrooms
        if room.pk not in open_already
    ]


@transaction.atomic
def give_class(
    *,
    classroom: Classroom,
    holder: Person,
    today: datetime.date,
    until: datetime.date | None = None,
    person: Person,
    now: datetime.datetime,
) -> Mandate:
    """« Donner ma classe »: ends by itself the evening of `until`, else tonight. Given again, it is the same class: its
    last day alone may change."""
    lock(classroom)
    until = until or today
    given = Mandate.objects.current(today).filter(classroom=classroom, role=Role.SUPPLY_TEACHER, person=holder).first()
    if given and given.ends_on != until:
        return people.end_mandate(mandate=given, ends_on=until, person=person, now=now)
    return given or people.give_mandate(
        holder=holder,
        role=Role.SUPPLY_TEACHER,
        place=classroom,
        starts_on=today,
        ends_on=until,
        person=person,
        now=now,
    )


@transaction.atomic
def lend_class(
    *,
    classroom: Classroom,
    civility: str,
    first_name: str,
    last_name: str,
    same_as: Person | None = None,
    gives_sheet=True,
    today: datetime.date,
    until: datetime.date,
    person: Person,
    now: datetime.datetime,
) -> tuple[Mandate, str]:
    """The class until that evening to someone new, or to `same_as`, and the secret of their sheet; empty as in
    `people.name_holder`."""
    holder = same_as or people.create_person(
        civility=civility, first_name=first_name, last_name=last_name, person=person, now=now
    )
    mandate = give_class(classroom=classroom, holder=holder, today=today, until=until, person=person, now=now)
    return mandate, people.issue_first_sheet(holder=holder, person=person, now=now) if gives_sheet else ""


@transaction.atomic
def take_back_class(*, mandate: Mandate, today: datetime.date, person: Person, now: datetime.datetime) -> None:
    """Ends it at once: yesterday is the last day held, so a day that began today is removed."""
    people.end_mandate(mandate=mandate, ends_on=today - datetime.timedelta(days=1), person=person, now=now)
