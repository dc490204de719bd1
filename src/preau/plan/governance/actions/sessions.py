"""A session from its planning to the day it is held."""

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, allow
from preau.kit.dates import day_text
from preau.kit.money import NBSP
from preau.kit.rows import lock
from preau.plan.governance import rules
from preau.plan.governance.actions.invitations import call_off, invite_seats
from preau.plan.governance.actions.writing import open_session, seal_step
from preau.plan.governance.models import Session, State
from preau.plan.studies.actions.writing import note

FARTHEST_YEARS = 2  # a mistyped year would number the session for good


@transaction.atomic
def plan_session(*, person, committee, planned_on, now, starts_at=None, place="") -> Session:
    """The next session of a committee, numbered in the year it is planned. Raises Conflict for a year too far."""
    allow(rules.can_keep_secretariat, person, committee.city, now=now)
    session = Session.objects.create(
        committee=committee,
        year=planned_on.year,
        sequence=_next_sequence(committee, planned_on, now),
        planned_on=planned_on,
        starts_at=starts_at,
        place=place,
    )
    note(person=person, verb="governance.plan_session", subject=session, city=committee.city, now=now)
    return session


@transaction.atomic
def move_session(*, person, session, planned_on, starts_at, place, now, version=None) -> Session:
    """Another day, hour or place, while nobody is convened. Its number stays, unless the year changes: it is then the
    next of that year. Raises Conflict for a year too far."""
    session = open_session(person=person, session=session, rule=rules.can_move_session, now=now, version=version)
    told = {"planned_on": planned_on, "starts_at": starts_at, "place": place}
    if planned_on.year != session.year:
        told |= {"year": planned_on.year, "sequence": _next_sequence(session.committee, planned_on, now)}
    fields = [name for name, value in told.items() if getattr(session, name) != value]
    for name in fields:
        setattr(session, name, told[name])
    session.save(update_fields=fields)
    city = session.committee.city
    note(person=person, verb="governance.move_session", subject=session, city=city, now=now, fields=fields)
    return session


def _next_sequence(committee, planned_on, now) -> int:
    lock(committee)  # two sessions planned at once: two numbers
    if planned_on.year > now.year + FARTHEST_YEARS:
        raise Conflict(f"Cette date est dans plus de deux ans{NBSP}: corrigez l’année.")
    last = Session.objects.filter(committee=committee, year=planned_on.year).aggregate(last=Max("sequence"))["last"]
    return (last or 0) + 1


@transaction.atomic
def convene_session(*, person, session, now, version=None) -> Session:
    """Convened with its agenda, and each of its seats told. Raises Conflict when the agenda is empty."""
    session = open_session(person=person, session=session, rule=rules.can_prepare_session, now=now, version=version)
    if session.state != State.PLANNED:
        raise Conflict("Cette séance est déjà convoquée.")
    if not session.items.exists():
        raise Conflict(f"L’ordre du jour est vide{NBSP}: ajoutez un point avant de convoquer.")
    session.state, session.convened_at = State.CONVENED, now
    seal_step(person=person, verb="governance.convene_session", session=session, now=now, stamp="convened_at")
    invite_seats(person=person, session=session, now=now)
    return session


@transaction.atomic
def hold_session(*, person, session, held_on, now, version=None) -> Session:
    """It took place that day. Raises Conflict for a day that has not come, or before it was planned and convened: the
    day numbers its decisions, and stays."""
    session = open_session(person=person, session=session, rule=rules.can_hold_session, now=now, version=version)
    if held_on > localdate(now):
        raise Conflict(f"Ce jour n’est pas encore venu{NBSP}: écrivez le jour où la séance s’est tenue.")
    if held_on < min(session.planned_on, localdate(session.convened_at)):
        raise Conflict(
            f"La séance était prévue le {day_text(session.planned_on)} et convoquée le "
            f"{day_text(localdate(session.convened_at))}{NBSP}: elle ne s’est pas tenue avant."
        )
    session.state, session.held_on = State.HELD, held_on
    return seal_step(person=person, verb="governance.hold_session", session=session, now=now, stamp="held_on")


@transaction.atomic
def cancel_session(*, person, session, reason, now, version=None) -> Session:
    """It will not take place, and why."""
    session = open_session(person=person, session=session, rule=rules.can_cancel_session, now=now, version=version)
    session.state, session.cancelled_at, session.cancel_reason = State.CANCELLED, now, reason
    session.save(update_fields=["state", "cancelled_at", "cancel_reason"])
    note(
        person=person,
        verb="governance.cancel_session",
        subject=session,
        city=session.committee.city,
        now=now,
        fields=["state"],
    )
    call_off(session=session, now=now)
    return session
