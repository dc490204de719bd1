"""One session as its page shows it."""

from dataclasses import dataclass

from preau.plan.governance.models import AgendaItem, Attendance, Decision, Dossier, Session
from preau.plan.governance.queries.committees import missing_colleges, seats_by_college
from preau.plan.governance.queries.objects import Linked, objects_of


@dataclass(frozen=True)
class ItemLine:
    """A point, what it bears on and the decision it received."""

    item: AgendaItem
    linked: Linked | None
    decision: Decision | None


@dataclass(frozen=True)
class SessionPage:
    """A session and what hangs on it."""

    session: Session
    items: tuple[ItemLine, ...]
    decisions: tuple[Decision, ...]
    dossiers: tuple[Dossier, ...]
    missing: tuple[str, ...]


def session_page(session, dossiers, seen) -> SessionPage:
    """Five reads, whatever the length of the agenda. Of its dossiers, those among `dossiers`, without bytes; `seen`:
    what the reader may open, as `objects_of` takes it."""
    items, own = list(session.items.order_by("position")), session.dossiers.filter(pk__in=dossiers.values("pk"))
    decisions = list(session.decisions.order_by("sequence"))
    about = [(item.object_kind, item.object_id) for item in items]
    links = objects_of(session.committee.city, about, seen=seen, with_choices=False)
    linked = {link.id: link for link in links}
    of_item = {decision.item_id: decision for decision in decisions if decision.item_id}
    return SessionPage(
        session=session,
        items=tuple(ItemLine(item, linked.get(item.object_id), of_item.get(item.pk)) for item in items),
        decisions=tuple(decisions),
        dossiers=tuple(own.defer("pdf", "data").order_by("-audience")),
        missing=missing_colleges(session),
    )


@dataclass(frozen=True)
class SeatRow:
    """A seat of the attendance sheet."""

    seat: object
    presence: str
    attendee: str

    @property
    def presence_label(self) -> str:
        return Attendance.Presence(self.presence).label if self.presence else ""


def attendance_rows(session) -> list[tuple[str, list[SeatRow]]]:
    """[(college, its seats and who came)], two reads."""
    seen = {row.seat_id: row for row in session.attendances.all()}
    return [
        (
            college,
            [
                SeatRow(
                    seat,
                    seen[seat.pk].presence if seat.pk in seen else "",
                    seen[seat.pk].attendee if seat.pk in seen else seat.holder.full_name if seat.holder else "",
                )
                for seat in seats
            ],
        )
        for college, seats in seats_by_college(session.committee, session.day)
    ]


def presences(session) -> list[tuple[str, list[Attendance]]]:
    """[(college, what was recorded of its seats)], one read; nothing recorded gives nothing."""
    seen = list(session.attendances.select_related("seat").order_by("seat__starts_on", "seat_id"))
    colleges = session.committee.composition if seen else ()
    return [(college.label, [row for row in seen if row.seat.college == college]) for college in colleges]
