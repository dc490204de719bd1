"""Who opens slots to the families of a class, who takes one, who reads by name who has one."""

import datetime
import uuid

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as _

from preau.ent.agenda.models import Round, Slot
from preau.ent.agenda.rules.events import WRITES, events_visible_to
from preau.kit.answers import Answer, No, Yes
from preau.kit.rows import is_among
from preau.people.models import Person
from preau.places.models import Classroom
from preau.schools.queries.own import own_children
from preau.spaces import audiences
from preau.spaces.audiences import Profile
from preau.spaces.models import Publication

ONLY_TEAM = No("Les rendez-vous sont tenus par l’équipe enseignante de la classe et par la direction de l’école.")
OTHER_PARENT = No(
    "Cette autre personne répond de votre propre enfant\u00a0: quelqu’un d’autre de l’école tient ses rendez-vous."
)
NOT_YOURS = No(_("Ces rendez-vous ne sont pas proposés pour cet enfant."))
NO_LONGER = No(_("Ces rendez-vous sont annulés."))


def rounds_visible_to(person: Person, today: datetime.date, *, memberships=None) -> QuerySet[Round]:
    """Those of the events the person reads: none is for a public page."""
    events = events_visible_to(person, today, memberships=memberships, also_public=False)
    return Round.objects.filter(is_among("event", events))


def slots_followed_by(person: Person, today: datetime.date) -> QuerySet[Slot]:
    """Those of the classes whose families the person writes to."""
    return Slot.objects.filter(WRITES.where(person, today, "round__event__publication__classroom"))


def can_open_round(person: Person, classroom: Classroom, today: datetime.date) -> Answer:
    """Its teachers and the head."""
    return Yes() if WRITES.covers(person, classroom, today) else ONLY_TEAM


def can_follow_round(person: Person, round_: Round, today: datetime.date) -> Answer:
    """By name: who has an appointment and who has none."""
    return can_open_round(person, round_.event.publication.classroom, today)


def can_hold(person: Person, round_: Round, today: datetime.date) -> Answer:
    """Its slots and its families, until it is cancelled."""
    return NO_LONGER if round_.event.cancelled_at else can_follow_round(person, round_, today)


def can_hold_for(person: Person, round_: Round, child_id, guardian_id, today: datetime.date) -> Answer:
    """By hand, the appointment of a family: never that of the other parent of one's own child."""
    if guardian_id != person.pk and child_id in own_children(person):
        return OTHER_PARENT
    return can_follow_round(person, round_, today)


def children_of_round(round_: Round, memberships, today: datetime.date) -> list[uuid.UUID]:
    """Ids of the children for whom these slots are open to who holds these memberships; no query."""
    here = [m for m in memberships if m.profile == Profile.FAMILY and m.place_id == round_.event.space_id]
    return list(dict.fromkeys(m.child_id for m in here if m.is_current(today) and not m.stop_id))


def can_take_slot(person: Person, round_: Round, child_id, today: datetime.date, *, memberships=None) -> Answer:
    """A guardian of a child of the class, each for their own. `memberships` spares a read."""
    if round_.event.cancelled_at or round_.event.publication.state != Publication.State.PUBLISHED:
        return NO_LONGER
    memberships = audiences.memberships_of(person, today) if memberships is None else memberships
    return Yes() if child_id in children_of_round(round_, memberships, today) else NOT_YOURS
