"""Who was told of a session, and the letters of its seats."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.timezone import localdate

from preau.kit import mail
from preau.plan.governance.models import College, Invitation, Seat

MAIL_LEAVES_WITHIN = timedelta(minutes=30)  # spread over ten, then tried again after 1, 2, 4 and 8 (kit/mail)


@dataclass(frozen=True)
class InvitationLine:
    """A seat and how it was convened; None when it was not: it was added since. `leaves_at`: when its mail will leave,
    while that hour has not come."""

    seat: Seat
    college: str
    invitation: Invitation | None
    is_to_hand: bool
    leaves_at: datetime | None = None
    change: Invitation | None = None  # how it was last told of a change of the agenda

    @property
    def last(self) -> Invitation | None:
        """What it was last told, or waits for: a seat that waits for one is told of nothing more meanwhile."""
        return self.change or self.invitation


@dataclass(frozen=True)
class Letter:
    """What the letter of one seat says. `points`: (title, aim) in their order."""

    name: str
    title: str
    college: str
    called_at: datetime
    is_change: bool
    points: tuple[tuple[str, str], ...]


def mail_leaves_at(session, queued_at) -> datetime:
    """At once, or at the next hour that is not quiet; at once too when it would then be the day of the session, or
    after it."""
    opens = mail.HOURS.open_from(queued_at)
    return queued_at if session.planned_on <= localdate(opens) else opens


def invitation_lines(session, now) -> list[InvitationLine]:
    """Seats convened, and those that sit that day without having been; two reads."""
    known, changes = {}, {}
    for row in session.invitations.order_by("change"):
        (changes if row.change else known)[row.seat_id] = row
    seats = session.committee.seats.filter(Q(pk__in=known) | Q(pk__in=session.committee.seats.held(session.day)))
    order = list(session.committee.composition)
    rows = sorted(seats.select_related("holder"), key=lambda seat: (order.index(seat.college), seat.starts_on, seat.id))
    return [_line(session, seat, known.get(seat.pk), changes.get(seat.pk), now) for seat in rows]


def _line(session, seat, invitation, change, now):
    """Someone must still give the letter when there is no address, or the mail did not leave."""
    leaves_at, is_to_hand, last = None, False, change or invitation
    by_mail = invitation and invitation.way == Invitation.Way.MAIL
    if last and not last.told_at and not session.cancelled_at:
        leaves_at = mail_leaves_at(session, last.called_at) if last.way == Invitation.Way.MAIL else None
        is_to_hand = leaves_at is None or leaves_at < now - MAIL_LEAVES_WITHIN
    elif by_mail and session.cancelled_at and invitation.told_at and not invitation.called_off_at:
        leaves_at = mail_leaves_at(session, session.cancelled_at)
    to_come = leaves_at if leaves_at and leaves_at > now else None
    return InvitationLine(seat, College(seat.college).label, invitation, is_to_hand, to_come, change)


def letters_of(session, now, *, only_to_hand=False) -> list[Letter]:
    """A letter for each seat convened. A federation's holds no point reserved to the members."""
    items = list(session.items.order_by("position"))
    return [
        Letter(
            name=line.seat.holder.full_name if line.seat.holder else "",
            title=line.seat.title,
            college=line.college,
            called_at=line.last.called_at,
            is_change=line.change is not None,
            points=tuple(
                (item.title, item.get_aim_display())
                for item in items
                if not item.is_reserved or line.seat.college != College.PARENTS
            ),
        )
        for line in invitation_lines(session, now)
        if line.invitation and (line.is_to_hand or not only_to_hand)
    ]
