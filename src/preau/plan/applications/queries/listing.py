"""Files side by side: one line each, whatever their number."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from preau.people.queries import heads_of
from preau.plan.applications.models import Application, Authority, Opinion, State, Submission
from preau.plan.applications.queries.files import says_of, silence_of

AUTHORITIES, STATES = dict(Authority.choices), dict(State.choices)


@dataclass(frozen=True, slots=True)
class Said:
    """An authority's opinion as one reader may see it, in a word (`OpinionLine.says`)."""

    authority: str
    authority_label: str
    says: str


@dataclass(frozen=True, slots=True)
class ListLine:
    """A file as a list shows it: no row is built for it nor for its school and its call, a page shows fifty."""

    id: object
    school_name: str
    uai: str
    call_title: str
    closes_at: datetime  # its call
    title: str | None  # None: not for who reads the technical part only
    state: str
    since: datetime
    reminded_on: date | None
    opinions: tuple[Said, ...]

    @property
    def state_label(self) -> str:
        return STATES[self.state]


COLUMNS = (
    "id", "school__shown_name", "school__uai", "call__title", "call__closes_at", "shown_title", "state", "state_at",
    "reminded_on",
)  # fmt: skip


def filed_title():
    """The title of the last locked copy of each file, the draft's before a first filing."""
    filed = Submission.objects.filter(application=OuterRef("pk"), number=OuterRef("copies_count"))
    return Coalesce(Subquery(filed.values("title")), "title")


def listed(applications, reads_title):
    """An already visible set, in the order of a list: what waits longest first, to be read by `list_lines`.
    `reads_title`: which of them have a title the reader may read, a condition."""
    rows = applications.annotate(shown_title=Case(When(reads_title, then=filed_title())))
    return rows.order_by("state_at", "id").values_list(*COLUMNS)


def list_lines(rows, said: dict) -> list[ListLine]:
    """The lines of some files of `listed`, with the opinions that `said_among` found on the last copy of each."""
    return [ListLine(*row, opinions=tuple(said.get(row[0], ()))) for row in rows]


def said_of(files: Q, visible):
    """Opinions on the last copy of these files, and whether each is among the `visible` ones: for `said_among`."""
    return _current(Opinion.objects.filter(files).annotate(is_readable=Exists(visible.filter(pk=OuterRef("pk")))))


def said_on(visible):
    """Opinions on the last copy of their file that the reader may read, those not given too: for `said_among`."""
    return _current(visible.annotate(is_readable=Value(True)))


def _current(opinions):
    return opinions.filter(submission__number=F("application__copies_count")).values_list(
        "application_id", "authority", "application__state", "verdict", "given_at", "due_on", "lifted_at", "is_readable"
    )


def said_among(rows, today: date) -> dict:
    """{file: its opinions among these rows, in the order of the file}"""
    found = defaultdict(list)
    for file, authority, state, verdict, given_at, due_on, lifted_at, is_readable in rows:
        silence = "" if given_at else silence_of(state, due_on, today)
        says = says_of(verdict, silence, lifted_at, is_hidden=not is_readable)
        found[file].append(Said(authority, AUTHORITIES[authority], says))
    order = list(AUTHORITIES)
    return {file: sorted(said, key=lambda each: order.index(each.authority)) for file, said in found.items()}


@dataclass(frozen=True)
class SchoolLine:
    """A school a call is open to, and its file when one was filed: those who did not apply are shown too.

    `is_headed`: whether someone can file; a team without its head in Préau cannot.
    """

    school: object
    application: Application | None
    is_headed: bool


def schools_asked(call, schools):
    """Those of `schools` that the call is open to; two reads."""
    asked = schools.filter(city=call.city_id)
    return asked.filter(id__in=call.schools.values("id")) if call.schools.exists() else asked


def schools_of_call(call, schools, applications, today: date) -> list[SchoolLine]:
    """`schools`, `applications`: already visible sets. Two reads."""
    eligible = schools_asked(call, schools).annotate(is_headed=Exists(heads_of(OuterRef("pk"), today)))
    filed = {a.school_id: a for a in applications.filter(call=call)}
    return [SchoolLine(each, filed.get(each.pk), each.is_headed) for each in eligible.order_by("sort_key", "id")]


def count_awaited(waiting, today: date) -> tuple[int, int]:
    """(opinions that wait, those past their day); one query."""
    late = Count("pk", filter=Q(due_on__lt=today))
    return tuple(waiting.aggregate(every=Count("pk"), late=late).values())
