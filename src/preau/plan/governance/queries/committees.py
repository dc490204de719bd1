"""Where each committee stands: its rhythm and who sits in it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, TextField, Value
from django.db.models.functions import Cast

from preau.people.models import Mandate, Person
from preau.plan.governance.models import LONGEST_GAP_DAYS, Attendance, College, Committee, Seat, Session, State


@dataclass(frozen=True)
class CommitteeState:
    """One committee on a day."""

    committee: Committee
    last: Session | None  # the last one held
    next: Session | None  # the first one planned and not held, be its day past
    days_since: int  # since the last one, or since the committee was opened
    missing: tuple[str, ...]  # colleges without a seat
    next_is_late: bool

    @property
    def is_late(self) -> bool:
        """AC-22: no COPIL in twelve months; AC-23: no COTECH in a hundred days."""
        return self.days_since > LONGEST_GAP_DAYS[self.committee.kind]

    @property
    def warning(self) -> str:
        """Why it is late, or nothing."""
        if not self.is_late:
            return ""
        if self.committee.kind == Committee.Kind.COPIL:
            return "Aucun COPIL depuis plus de 12\u00a0mois."
        return f"Aucun COTECH depuis {self.days_since}\u00a0jours, plus de 100."


def committee_states(city, today: date) -> list[CommitteeState]:
    """COPIL then COTECH, in three reads."""
    committees = list(Committee.objects.filter(city=city).select_related("city").order_by("kind"))
    sessions = list(
        Session.objects.filter(committee__in=committees)
        .exclude(state=State.CANCELLED)
        .select_related("committee")
        .order_by("planned_on", "id")
    )
    seated = set(Seat.objects.held(today).filter(committee__in=committees).values_list("committee", "college"))
    return [_state(committee, sessions, seated, today) for committee in committees]


def _state(committee, sessions, seated, today):
    own = [session for session in sessions if session.committee_id == committee.pk]
    held = [session for session in own if session.held_on]
    last = max(held, key=lambda session: session.held_on, default=None)
    coming = next((session for session in own if not session.held_on), None)
    return CommitteeState(
        committee=committee,
        last=last,
        next=coming,
        next_is_late=coming is not None and coming.planned_on < today,
        days_since=(today - (last.held_on if last else committee.opened_on)).days,
        missing=tuple(c.label for c in committee.composition if (committee.pk, c.value) not in seated),
    )


def missing_colleges(session) -> tuple[str, ...]:
    """« Collège non représenté » (AC-22): once attendance is recorded those who did not come, before those without a
    seat."""
    committee = session.committee
    held = committee.seats.held(session.day).order_by().values_list("college", Value("", output_field=TextField()))
    came = session.attendances.order_by().values_list("seat__college", Cast("presence", TextField()))
    rows = list(held.union(came) if session.held_on else held)  # one read
    seen = [(college, presence) for college, presence in rows if presence]
    there = (
        {college for college, presence in seen if presence in Attendance.REPRESENTED}
        if seen
        else {each for each, _ in rows}
    )
    return tuple(college.label for college in committee.composition if college not in there)


def voters_count(session) -> tuple[int, str] | None:
    """(how many may vote, in which words): the seats present or represented once attendance is recorded, else the seats
    of that day. None where the committee's seats are not written."""
    came = list(session.attendances.values_list("presence", flat=True))
    if came:
        return sum(presence in Attendance.REPRESENTED for presence in came), "présents ou représentés"
    seats = session.committee.seats.held(session.day).count()
    return (seats, "du comité") if seats else None


def seats_by_college(committee, day) -> list[tuple[str, list[Seat]]]:
    """[(college, its seats of that day)], in the deck's order, empty colleges too."""
    seats = list(committee.seats.held(day).select_related("holder").order_by("starts_on", "id"))
    return [(College(c).label, [seat for seat in seats if seat.college == c]) for c in committee.composition]


def persons_who_may_sit(city, today):
    """Persons known here who could hold a seat: a mandate in the city, its département or one of its districts."""
    held = Mandate.objects.current(today).filter(
        Q(city=city) | Q(department=city.department_id) | Q(district__schools__city=city)
    )
    return Person.objects.filter(id__in=held.values("person")).order_by("sort_key", "id")
