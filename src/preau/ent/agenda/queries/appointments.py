"""Slots of a round: those that are free, one's own, and for the team who has which."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from preau.ent.agenda.models import Appointment, Round, Slot
from preau.kit.prepared import PreparedOf
from preau.people.models import Person
from preau.schools.queries import class_list
from preau.schools.queries.own import is_own
from preau.spaces import audiences


def free_slots(round_: Round, now: datetime.datetime) -> QuerySet[Slot]:
    """To come, and nobody's; never whose the others are."""
    return Slot.objects.filter(round=round_, appointment=None, starts_at__gt=now).order_by("starts_at")


def rounds_at_once(round_: Round, person: Person) -> list[str]:
    """Titles of the other rounds that this person opened, where a slot falls at the time of one of this round."""
    here = Slot.objects.filter(round=round_, starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at"))
    others = Slot.objects.filter(Exists(here), round__event__publication__author=person)
    others = others.filter(round__event__cancelled_at=None).exclude(round=round_)
    return list(others.values_list("round__event__title", flat=True).distinct().order_by("round__event__title"))


def own_appointments(round_: Round, person: Person) -> dict:
    """{child id: the guardian's own appointment}; one query."""
    own = Appointment.objects.filter(round=round_, guardian=person).select_related("slot")
    return {appointment.child_id: appointment for appointment in own}


@dataclass(frozen=True)
class Family:
    """A child and one of who answers for them, as the team reads them."""

    child: Person
    guardian: audiences.Member

    @property
    def key(self) -> str:
        return f"{self.child.pk}:{self.guardian.person_id}"


@dataclass(frozen=True)
class Follow:
    """The slots in order, each with its appointment if any; the children nobody has one for; the families to place.
    `has_own`: a child of the reader is of the class, and has no name here."""

    slots: list[Slot]
    without: list[Person]
    families: list[Family]
    has_own: bool


def follow_round(round_: Round, today: datetime.date, reader: Person) -> Follow:
    """By name, for the team of the class; never of a child of the reader, whose other parent they would read. Three
    queries."""
    slots = _SLOTS.rows(round_.pk, reader.pk)
    taken = [slot.appointment for slot in slots if hasattr(slot, "appointment")]
    classroom = round_.event.publication.classroom
    enrolled = class_list(classroom, today, reader=reader)
    children = {each.pupil_id: each.pupil for each in enrolled if not each.is_own}
    families = audiences.keys(classroom, (audiences.Readers.FAMILIES,))
    members = [m for m in audiences.members_of(families, today) if m.child_id in children]
    held = {(one.child_id, one.guardian_id) for one in taken}
    order = {child_id: rank for rank, child_id in enumerate(children)}
    to_place = [Family(children[m.child_id], m) for m in members if (m.child_id, m.person_id) not in held]
    to_place.sort(key=lambda family: (order[family.child.pk], family.guardian.sort_key))
    having = {one.child_id for one in taken}
    without = [child for child_id, child in children.items() if child_id not in having]
    has_own = len(children) < len(enrolled) or any(slot.is_own for slot in slots)
    return Follow(slots, without, to_place, has_own)


def _slots(round_, reader):
    slots = Slot.objects.filter(round=round_).select_related("appointment__child", "appointment__guardian")
    return slots.annotate(is_own=is_own(Person(pk=reader), "appointment__child")).order_by("starts_at")


_SLOTS = PreparedOf(_slots)
