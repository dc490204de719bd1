"""A pupil arrives, changes class, leaves: dated rows, never overwritten."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from preau.journal import actions as journal
from preau.kit.answers import Conflict
from preau.kit.dates import school_year_label
from preau.kit.rows import lock
from preau.people.models import Person
from preau.places.models import Classroom, School
from preau.schools.actions.guardians import GuardianEntry, add_guardian
from preau.schools.models import UNDO, Enrolment, GroupMember
from preau.schools.queries.enrolled import services_of_leavers

BEFORE_ARRIVAL = "Ce jour est avant l’arrivée de l’élève."
LEFT = "L’élève est déjà parti de cette classe. Rien n’a changé."
ENROLLED = "{} est déjà dans l’école. Rien n’a changé."
ENROLLED_SINCE = "{} a déjà été réinscrit depuis. Rien n’a changé."
TAKEN_BACK = "Ce départ est déjà annulé\u00a0: rien n’a changé."
LONG_AGO = "Ce départ date de plus de 30 jours\u00a0: inscrivez {} de nouveau, l’école le reconnaîtra."


@transaction.atomic
def enrol_pupil(
    *,
    school: School,
    classroom: Classroom | None,
    level: str,
    first_name: str,
    last_name: str,
    usage_name: str = "",
    birth_date: datetime.date | None,
    starts_on: datetime.date,
    guardians: tuple[GuardianEntry, ...] = (),
    same_as: Person | None = None,
    person: Person,
    now: datetime.datetime,
) -> Enrolment:
    """A pupil arrives. `same_as`: a pupil the school had before, whose path goes on. Raises Conflict when
    already in."""
    lock(school)
    pupil = same_as or Person.objects.create(
        first_name=first_name, last_name=last_name, usage_name=usage_name, birth_date=birth_date
    )
    if Enrolment.objects.filter(pupil=pupil, school=school, ends_on=None).exists():
        raise Conflict(ENROLLED.format(pupil.full_name))
    enrolment = Enrolment.objects.create(
        pupil=pupil, school=school, classroom=classroom, level=level, starts_on=starts_on
    )
    _record(person, "enrol_pupil", enrolment, now)
    # Before the child's first day too: a sheet is printed then, and the class is read from that day all the same.
    since = min(starts_on, localdate(now))
    for entry in guardians:
        add_guardian(child=pupil, school=school, entry=entry, starts_on=since, person=person, now=now)
    return enrolment


@transaction.atomic
def change_class(
    *,
    enrolment: Enrolment,
    classroom: Classroom,
    level: str,
    on: datetime.date,
    person: Person,
    now: datetime.datetime,
) -> Enrolment:
    """From `on`, the pupil is in another class. What was published before stays read by those who were there. Raises
    Conflict for a day before the arrival, or once the pupil has left."""
    enrolment = lock(enrolment)
    if enrolment.ends_on is not None:
        raise Conflict(LEFT)
    if on < enrolment.starts_on:
        raise Conflict(BEFORE_ARRIVAL, "on")
    if on == enrolment.starts_on:
        enrolment.classroom, enrolment.level = classroom, level
        enrolment.save(update_fields=["classroom", "level"])
        _record(person, "change_class", enrolment, now)
        return enrolment
    enrolment.ends_on = on - datetime.timedelta(days=1)
    enrolment.save(update_fields=["ends_on"])
    moved = Enrolment.objects.create(
        pupil=enrolment.pupil, school=enrolment.school, classroom=classroom, level=level, starts_on=on
    )
    _record(person, "change_class", moved, now)
    return moved


@transaction.atomic
def end_enrolment(*, enrolment: Enrolment, on: datetime.date, person: Person, now: datetime.datetime) -> Enrolment:
    """The pupil leaves; `on` is the last day. Groups of the school end too, and services of the city when nothing
    follows. Raises Conflict for a day before the arrival."""
    enrolment = lock(enrolment)
    if on < enrolment.starts_on:
        raise Conflict(BEFORE_ARRIVAL, "on")
    enrolment.ends_on = on
    enrolment.save(update_fields=["ends_on"])
    for rows in (_memberships(enrolment), services_of_leavers([enrolment])):
        for row in rows.filter(Q(ends_on=None) | Q(ends_on__gt=on)):
            row.ends_on = max(on, row.starts_on)
            row.save(update_fields=["ends_on"])
    _record(person, "end_enrolment", enrolment, now)
    return enrolment


@transaction.atomic
def take_back_leaving(*, enrolment: Enrolment, person: Person, now: datetime.datetime) -> Enrolment:
    """« Annuler » a leaving: the same enrolment goes on, the groups and the services that ended with it.

    Raises Conflict when the pupil was enrolled anywhere since, or left more than 30 days ago.
    """
    enrolment = lock(enrolment)
    since = Enrolment.objects.filter(pupil=enrolment.pupil, ends_on=None).exclude(pk=enrolment.pk)
    if since.exists():
        raise Conflict(ENROLLED_SINCE.format(enrolment.pupil.full_name))
    if enrolment.ends_on is None:
        raise Conflict(TAKEN_BACK)
    if enrolment.ends_on < localdate(now) - UNDO:
        raise Conflict(LONG_AGO.format(enrolment.pupil.full_name))
    for rows in (_memberships(enrolment), services_of_leavers([enrolment])):
        rows.filter(ends_on=enrolment.ends_on).update(ends_on=None)
    enrolment.ends_on = None
    enrolment.save(update_fields=["ends_on"])
    _record(person, "take_back_leaving", enrolment, now)
    return enrolment


@transaction.atomic
def open_classroom(
    *, school: School, name: str, levels: list[str], today: datetime.date, person: Person, now: datetime.datetime
) -> Classroom:
    """A class of this school year. The base refuses two classes of one name."""
    classroom = Classroom.objects.create(school=school, school_year=school_year_label(today), name=name, levels=levels)
    journal.record(person_id=person.id, verb="open_classroom", subject=classroom, place_id=school.pk, now=now)
    return classroom


def _memberships(enrolment):
    return GroupMember.objects.filter(pupil=enrolment.pupil, group__school=enrolment.school)


def _record(person, verb, enrolment, now):
    journal.record(person_id=person.id, verb=verb, subject=enrolment, place_id=enrolment.school_id, now=now)
