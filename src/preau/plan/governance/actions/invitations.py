"""Seats convened, then told of each change of the agenda: once, by mail or by a letter handed over, and the journal
seals it."""

from django.db import transaction
from django.db.models import Max

from preau.journal.actions import record
from preau.kit import mail
from preau.kit.answers import Conflict
from preau.people.queries import emails_of
from preau.plan.governance import rules
from preau.plan.governance.actions.writing import open_session
from preau.plan.governance.models import Invitation
from preau.plan.governance.queries import mail_leaves_at
from preau.plan.studies.actions.writing import seal

Way = Invitation.Way


@transaction.atomic
def invite_new_seats(*, person, session, now, version=None) -> list[Invitation]:
    """Seats that sit that day and were not convened. Raises Conflict when there is none."""
    session = open_session(person=person, session=session, rule=rules.can_invite_seats, now=now, version=version)
    made = invite_seats(person=person, session=session, now=now)
    if not made:
        raise Conflict("Tous les sièges de ce jour-là sont déjà convoqués.")
    return made


def invite_seats(*, person, session, now) -> list[Invitation]:
    """A convocation for each seat of that day without one."""
    done = session.invitations.values_list("seat", flat=True)
    seats = list(session.committee.seats.held(session.planned_on).exclude(pk__in=done))
    return _call(person, session, seats, now, "governance.invite_seat")


@transaction.atomic
def tell_agenda(*, person, session, now, version=None) -> list[Invitation]:
    """Tells the change of the agenda, once whatever the number of points, to each seat that was told of the session;
    one whose letter or mail still waits will read the new agenda in it. Raises Conflict when nothing is to be told."""
    session = open_session(person=person, session=session, rule=rules.can_invite_seats, now=now, version=version)
    if not session.is_agenda_untold:
        raise Conflict("L’ordre du jour n’a pas changé depuis que les membres en sont prévenus.")
    session.agenda_told_at = now
    session.save(update_fields=["agenda_told_at"])
    seal(
        person=person,
        verb="governance.tell_agenda",
        subject=session,
        city=session.committee.city,
        now=now,
        under=rules.KEEPS_SECRETARIAT,
        fields=["agenda_told_at"],
    )
    waiting = session.invitations.filter(told_at=None).values("seat")
    seats = session.committee.seats.held(session.planned_on).filter(invitations__session=session)
    seats = list(seats.exclude(pk__in=waiting).distinct())
    last = session.invitations.aggregate(last=Max("change"))["last"] or 0
    return _call(person, session, seats, now, "governance.tell_seat_of_agenda", change=last + 1)


def _call(person, session, seats, now, verb, *, change=0):
    """A mail or a letter for each of these seats; those by mail leave at once, or at the next open hour."""
    emails = emails_of([seat.holder_id for seat in seats if seat.holder_id]) if mail.leaves() else {}
    made = [
        Invitation(
            session=session,
            seat=seat,
            change=change,
            called_at=now,
            way=Way.MAIL if seat.holder_id in emails else Way.PAPER,
        )
        for seat in seats
    ]
    for invitation in made:
        invitation.save(force_insert=True)
        _seal(person, verb, invitation, session, now, ["seat", "way"])
        if invitation.way == Way.MAIL:
            _queue("governance.convening", invitation, mail_leaves_at(session, now), now)
    return made


def call_off(*, session, now) -> None:
    """Tells who was convened by mail that the session will not take place."""
    for invitation in session.invitations.filter(way=Way.MAIL, change=0).exclude(told_at=None):
        _queue("governance.calling_off", invitation, mail_leaves_at(session, now), now)


def _queue(kind, invitation, due_at, now):
    mail.put(kind, invitation.pk, key=str(invitation.pk), now=now, due_at=due_at)


@transaction.atomic
def hand_letters(*, person, session, seats, now, version=None) -> int:
    """`seats`: ids of those whose letter was handed over; a mail that did not leave is replaced by it. Returns how
    many. Raises Conflict when none of them waits for one."""
    session = open_session(person=person, session=session, rule=rules.can_invite_seats, now=now, version=version)
    waiting = list(session.invitations.filter(seat__in=seats, told_at=None))
    if not waiting:
        raise Conflict("Ces sièges sont déjà prévenus.")
    for invitation in waiting:
        invitation.way, invitation.told_at = Way.PAPER, now
        invitation.save(update_fields=["way", "told_at"])
        _seal(person, "governance.hand_letter", invitation, session, now, ["told_at", "way"])
    return len(waiting)


@transaction.atomic
def note_convened(*, ids, state, now) -> None:
    """The mail left: the seat is told, and the journal seals it. One that did not is a letter to hand over."""
    rows = Invitation.objects.select_related("session__committee").filter(pk__in=ids, told_at=None)
    if state != mail.SENT:
        rows.filter(session__cancelled_at=None).update(way=Way.PAPER)
    elif rows.update(told_at=now):
        invitation = Invitation.objects.select_related("session__committee").get(pk__in=ids)
        _line(None, "governance.send_invitation", invitation, now, ["told_at"])
        if invitation.session.cancelled_at:  # while the mail was leaving
            call_off(session=invitation.session, now=now)


def note_called_off(*, ids, state, now) -> None:
    """The mail that says so left."""
    if state == mail.SENT:
        Invitation.objects.filter(pk__in=ids).update(called_off_at=now)


def _seal(person, verb, invitation, session, now, fields):
    seal(
        person=person,
        verb=verb,
        subject=invitation,
        city=session.committee.city,
        now=now,
        under=rules.KEEPS_SECRETARIAT,
        fields=fields,
    )


def _line(person_id, verb, invitation, now, fields):
    """The worker's own line: nobody's act, sealed all the same."""
    city_id = invitation.session.committee.city_id
    record(person_id=person_id, verb=verb, subject=invitation, now=now, place_id=city_id, fields=fields, chain=city_id)
