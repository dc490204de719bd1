"""Opening slots, taking one, giving it back; each slot has one taker, whoever presses at the same instant."""

import datetime
import uuid

from django.db import transaction
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext_noop as _

from preau.ent.agenda import rules
from preau.ent.agenda.actions.events import add_event
from preau.ent.agenda.actions.telling import tell_changed
from preau.ent.agenda.models import Appointment, Event, EventScope, Round, Slot
from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.kit.dates import PAST_DAY
from preau.kit.ids import sending
from preau.kit.rows import lock
from preau.notify import actions as notify
from preau.people.models import Person
from preau.places.models import Classroom
from preau.spaces import audiences

MOST = 60  # slots of one range
MINUTES = (5, 120)
TAKEN = _("Ce créneau vient d’être pris par une autre famille. Choisissez-en un autre\u00a0: les voici.")
GONE = _("Ce créneau n’est plus proposé. Choisissez-en un autre\u00a0: les voici.")
AT_ONCE = _("Vous avez déjà un rendez-vous à cette heure. Choisissez-en une autre\u00a0: les voici.")
PAST = _("Cette heure est passée\u00a0: choisissez un créneau à venir.")
TOO_SHORT = "Aucun rendez-vous ne tient entre ces deux heures\u00a0: changez-les, ou la durée."
TOO_MANY = f"Cela ferait plus de {MOST} créneaux\u00a0: ouvrez une plage plus courte."
ALL_KNOWN = "Ces créneaux sont déjà ouverts."
NOT_HERE = "Cette famille n’est pas de la classe\u00a0: choisissez-la dans la liste."
HELD = "Une famille a ce rendez-vous\u00a0: annulez-le d’abord, elle sera prévenue."
BESIDE = ("event__publication__classroom__school",)


@transaction.atomic
def open_round(
    *,
    person: Person,
    classroom: Classroom,
    title: str,
    day: datetime.date,
    begins_at: datetime.time,
    ends_at: datetime.time,
    minutes: int,
    now: datetime.datetime,
    where: str = "",
    text: str = "",
    once: uuid.UUID | None = None,
) -> Round:
    """A range cut in slots, told to the families of the class. `once` as of an event. Raises Refused, Conflict."""
    allow(rules.can_open_round, person, classroom, now=now)
    slots = _cut(day, begins_at, ends_at, minutes, now)
    said = {"title": title, "where": where, "text": text, "first_on": day, "scope": EventScope.FAMILIES}
    once = sending(once, begins_at, ends_at, minutes)
    event = add_event(person=person, place=classroom, now=now, once=once, **said)
    if known := Round.objects.filter(event=event).first():
        return known
    opened = Round.objects.create(event=event)
    Slot.objects.bulk_create(Slot(round=opened, starts_at=start, ends_at=end) for start, end in slots)
    record(person_id=person.pk, verb="agenda.open_round", subject=opened, now=now, place_id=classroom.pk)
    notify.announce(publication=event.publication, person=person, now=now)
    return opened


@transaction.atomic
def add_slots(
    *,
    person: Person,
    round_: Round,
    day: datetime.date,
    begins_at: datetime.time,
    ends_at: datetime.time,
    minutes: int,
    now: datetime.datetime,
) -> int:
    """Another range of the same round; what is open already stays. Returns how many are new."""
    round_ = _locked(person, round_, now)
    known = set(round_.slots.values_list("starts_at", flat=True))
    new = [each for each in _cut(day, begins_at, ends_at, minutes, now) if each[0] not in known]
    if not new:
        raise Conflict(ALL_KNOWN, "begins_at")
    Slot.objects.bulk_create(Slot(round=round_, starts_at=start, ends_at=end) for start, end in new)
    _follow_days(round_)
    _record(person, "agenda.add_slots", round_, now)
    return len(new)


@transaction.atomic
def remove_slot(*, person: Person, slot: Slot, now: datetime.datetime) -> None:
    """A free one is no longer offered."""
    round_ = _locked(person, slot.round, now)
    slot = lock(slot)
    if Appointment.objects.filter(slot=slot).exists():
        raise Conflict(HELD)
    slot.delete()
    _follow_days(round_)
    _record(person, "agenda.remove_slot", round_, now)


@transaction.atomic
def take_slot(
    *, person: Person, round_: Round, child: Person, slot: Slot, now: datetime.datetime, wish: str = ""
) -> Appointment:
    """A guardian's own, for one child; taken again, it moves to this slot. Raises Refused, Conflict. The guardian is
    locked before the round: two rounds pressed at once count each other's hour."""
    lock(person, no_key=True)
    round_ = lock(round_, *BESIDE)
    allow(rules.can_take_slot, person, round_, child.pk, now=now)
    _refuse_at_once(round_, slot, child, person)
    appointment = _placed(round_, slot, child, person, wish, now)
    notify.mark_seen(publication=round_.event.publication, person=person, now=now)
    _record(person, "agenda.take_slot", appointment, now, round_)
    return appointment


@transaction.atomic
def give_back(*, person: Person, round_: Round, child: Person, now: datetime.datetime) -> None:
    """The guardian's own; the slot is free for the others at once."""
    round_ = lock(round_, *BESIDE)
    allow(rules.can_take_slot, person, round_, child.pk, now=now)
    mine = Appointment.objects.filter(round=round_, child=child, guardian=person).select_related("slot").first()
    if mine is None:
        return
    if mine.slot.starts_at <= now:
        raise Conflict(PAST)
    _record(person, "agenda.give_back", mine, now, round_)
    mine.delete()


@transaction.atomic
def place_family(
    *, person: Person, round_: Round, child: Person, guardian: Person, slot: Slot, now: datetime.datetime
) -> Appointment:
    """By hand, for a family that has none or moves; they are told by mail that it changed, without saying what."""
    round_ = _locked(person, round_, now)
    allow(rules.can_hold_for, person, round_, child.pk, guardian.pk, now=now)
    families = audiences.keys(round_.event.publication.classroom, (audiences.Readers.FAMILIES,))
    pairs = audiences.pairs_of(families, localdate(now), (audiences.Profile.FAMILY,))
    if (guardian.pk, child.pk) not in pairs:
        raise Conflict(NOT_HERE, "family")
    appointment = _placed(round_, slot, child, guardian, None, now)
    tell_changed(guardian=guardian, round_=round_, now=now)
    _record(person, "agenda.place_family", appointment, now, round_)
    return appointment


@transaction.atomic
def cancel_appointment(*, person: Person, slot: Slot, now: datetime.datetime) -> None:
    """By the school: the guardian is told, and the slot is free."""
    round_ = _locked(person, slot.round, now)
    appointment = Appointment.objects.filter(slot=lock(slot)).select_related("guardian").first()
    if appointment is None:
        return
    allow(rules.can_hold_for, person, round_, appointment.child_id, appointment.guardian_id, now=now)
    _record(person, "agenda.cancel_appointment", appointment, now, round_)
    tell_changed(guardian=appointment.guardian, round_=round_, now=now)
    appointment.delete()


def _refuse_at_once(round_, slot, child, person):
    """Of the guardian's own, of another child or another round; a school that places a family is told nothing of it."""
    kept = Appointment.objects.filter(guardian=person, round__event__cancelled_at=None)
    kept = kept.filter(slot__starts_at__lt=slot.ends_at, slot__ends_at__gt=slot.starts_at)
    if kept.exclude(round=round_, child=child).exists():
        raise Conflict(AT_ONCE, "slot")


def _placed(round_, slot, child, guardian, wish, now):
    """The round is locked: two who press at once come here one after the other, and the base holds one per slot."""
    slot = Slot.objects.filter(pk=slot.pk, round=round_).first()
    if slot is None:
        raise Conflict(GONE, "slot")
    if slot.starts_at <= now:
        raise Conflict(PAST, "slot")
    held = Appointment.objects.filter(slot=slot).first()
    if held and (held.child_id, held.guardian_id) != (child.pk, guardian.pk):
        raise Conflict(TAKEN, "slot")
    values = {"slot": slot, "taken_at": now} | ({} if wish is None else {"wish": wish})
    return Appointment.objects.update_or_create(round=round_, child=child, guardian=guardian, defaults=values)[0]


def _cut(day, begins_at, ends_at, minutes, now):
    """[(start, end)] of the slots that a range holds, those to come."""
    if day < localdate(now):
        raise Conflict(PAST_DAY, "day")
    start, end = (make_aware(datetime.datetime.combine(day, hour)) for hour in (begins_at, ends_at))
    length = datetime.timedelta(minutes=minutes)
    count = max((end - start) // length, 0)
    if count > MOST:
        raise Conflict(TOO_MANY, "minutes")
    found = [(start + rank * length, start + (rank + 1) * length) for rank in range(count)]
    found = [each for each in found if each[0] > now]
    if not found:
        raise Conflict(TOO_SHORT, "ends_at")
    return found


def _locked(person, round_, now):
    round_ = lock(round_, *BESIDE)
    allow(rules.can_hold, person, round_, now=now)
    return round_


def _follow_days(round_):
    """The agenda shows the days of the slots that are left."""
    days = [localdate(at) for at in round_.slots.values_list("starts_at", flat=True)]
    if days:
        Event.objects.filter(pk=round_.event_id).update(first_on=min(days), last_on=max(days))


def _record(person, verb, subject, now, round_=None):
    place_id = (round_ or subject).event.space_id
    record(person_id=person.pk, verb=verb, subject=subject, now=now, place_id=place_id)
