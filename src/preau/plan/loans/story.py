"""What loans tell of a school: the kits that left for it. Nobody is named, nor what the request says in free words."""

from dataclasses import dataclass

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat, TruncDate

from preau.kit.rooms.story import Chapter
from preau.kit.rooms.told import Line, lines
from preau.plan.loans import rules
from preau.plan.loans.models import AWAY, OVER, State, span_text

LOAN = "used_kit"


@dataclass(frozen=True)
class Loan:
    """A kit that left for the school."""

    id: object
    kit: str
    state: State
    first: int  # half_day_number
    last: int

    @property
    def span_text(self) -> str:
        return span_text(self.first, self.last)

    @property
    def is_over(self) -> bool:
        return self.state in OVER


def loan_of(line: Line) -> Loan:
    """Of a line LOAN."""
    first, last = (int(number) for number in line.detail.split("-"))
    return Loan(line.target, line.name, State(line.more), first, last)


def _loans(school, person, today):
    lent = rules.bookings_visible_to(person, today).filter(school=school, state__in=(*AWAY, *OVER))
    span = Concat(Cast("first_half_day", CharField()), Value("-"), Cast("last_half_day", CharField()))
    yield lines(lent, LOAN, name="kit__name", detail=span, more="state", day=TruncDate("asked_at"))


STORY = (Chapter(_loans, {}),)
