"""Seats convened, then told of each change of the agenda: once, by mail or by a letter handed over, and the journal
seals it."""

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from preau.journal.actions import record
from preau.kit import mail
from preau.kit.tasks import enqueue
from preau.people.queries import emails_of
from preau.plan.governance import notices, rules
from preau.plan.governance.actions.writing import open_session
from preau.plan.governance.models import Invitation, Session, State
from preau.plan.governance.queries import mail_leaves_at, sessions_with_mail_to_send
from preau.plan.studies.actions.writing import Conflict, seal

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
        person=person, verb="governance.tell_agenda", subject=session, city=session.committee.city, now=now,
        roles=rules.SECRETARY, fields=["agenda_told_at"],
    )  # fmt: skip
    waiting = session.invitations.filter(told_at=None).values("seat")
    seats = session.committee.seats.held(session.planned_on).filter(invitations__session=session)
    seats = list(seats.exclude(pk__in=waiting).distinct())
    last = session.invitations.aggregate(last=Max("change"))["last"] or 0
    return _call(person, session, seats, now, "governance.tell_seat_of_agenda", change=last + 1)


def _call(person, session, seats, now, verb, *, change=0):
    """A mail or a letter for each of these seats; those by mail leave after the commit, or at the next open hour."""
    emails = emails_of([seat.holder_id for seat in seats if seat.holder_id]) if mail.leaves() else {}
    made = [
        Invitation(
            session=session, seat=seat, change=change, called_at=now,
            way=Way.MAIL if seat.holder_id in emails else Way.PAPER,
        )
        for seat in seats
    ]  # fmt: skip
    for invitation in made:
        invitation.save(force_insert=True)
        _seal(person, verb, invitation, session, now, ["seat", "way"])
    if any(invitation.way == Way.MAIL for invitation in made):
        enqueue("preau.plan.governance.tasks.send_invitations", str(session.pk))
    return made


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


def send_invitations(*, session_id, now) -> int:
    """Mails the convocations that wait, or tells those who had one that the session will not take place. Returns how
    many left: none in quiet hours, unless the session comes first. Raises NotSent when some could not leave: they wait
    for the next turn."""
    session = Session.objects.select_related("committee__city").get(pk=session_id)
    rows = session.invitations.filter(way=Way.MAIL).select_related("seat__holder")
    if session.state == State.CANCELLED:
        rows, stamp, write = rows.filter(change=0).exclude(told_at=None), "called_off_at", notices.calling_off_mail
    else:
        rows, stamp, write = rows.filter(told_at=None), "claimed_at", notices.convening_mail
    if mail_leaves_at(session, now) > now:
        return 0
    waiting = [
        row
        for row in rows.filter(**{stamp: None})
        if mail_leaves_at(session, session.cancelled_at or row.called_at) <= now
    ]
    emails = emails_of([row.seat.holder_id for row in waiting if row.seat.holder_id])
    sent, trouble = 0, None
    for invitation in waiting:
        invitation.session = session
        try:
            sent += _send(invitation, emails.get(invitation.seat.holder_id), stamp, write, now)
        except mail.NotSent as error:
            trouble = error
    if trouble:
        raise trouble
    return sent


def send_what_waited(*, now) -> int:
    """After quiet hours: a turn for each session whose mails wait. Returns how many."""
    if not mail.leaves():
        return 0
    waiting = list(sessions_with_mail_to_send(now).values_list("pk", flat=True))
    for session_id in waiting:
        enqueue("preau.plan.governance.tasks.send_invitations", str(session_id))
    return len(waiting)


def _send(invitation, address, stamp, write, now):
    """One mail: claimed first, so that two workers, or one that died, never send it twice."""
    mine = Invitation.objects.filter(pk=invitation.pk, **{stamp: None})
    if not address:
        mine.filter(told_at=None).update(way=Way.PAPER)
        return 0
    if not mine.update(**{stamp: now}):
        return 0
    subject, text = write(invitation, localdate(now))
    try:
        mail.send_text(to=address, subject=subject, text=text)
    except mail.AddressRefused:
        Invitation.objects.filter(pk=invitation.pk, told_at=None).update(way=Way.PAPER)
        return 0
    except mail.NotSent:
        Invitation.objects.filter(pk=invitation.pk).update(**{stamp: None})
        raise
    if stamp == "claimed_at":
        _note_sent(invitation, now)
    return 1


@transaction.atomic
def _note_sent(invitation, now):
    if Invitation.objects.filter(pk=invitation.pk, told_at=None).update(told_at=now):
        _line(None, "governance.send_invitation", invitation, now, ["told_at"])


def _seal(person, verb, invitation, session, now, fields):
    seal(
        person=person, verb=verb, subject=invitation, city=session.committee.city, now=now, roles=rules.SECRETARY,
        fields=fields,
    )  # fmt: skip


def _line(person_id, verb, invitation, now, fields):
    """The worker's own line: nobody's act, sealed all the same."""
    city_id = invitation.session.committee.city_id
    record(
        person_id=person_id, verb=verb, subject=invitation, now=now, place_id=city_id, fields=fields, chain=city_id
    )  # fmt: skip
