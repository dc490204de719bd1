"""Named reads of notebooks. Each takes an already visible set or object."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Case, CharField, Count, Exists, Max, Min, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat, TruncDate

from preau.ent.portfolio import domains
from preau.ent.portfolio.models import Page, PageThanks, Piece, Takeaway, name_of
from preau.ent.portfolio.queries.leaving import due, erased_on, guardians_to_tell, leaving, left_on
from preau.kit.money import NBSP
from preau.kit.rooms.doors import tile_lines
from preau.kit.rooms.told import lines, parted
from preau.people.models import Person
from preau.places.models import NURSERY_LEVELS, Classroom
from preau.schools.models import Enrolment, Guardianship
from preau.schools.queries import class_list

__all__ = ["due", "erased_on", "guardians_to_tell", "leaving", "left_on"]
KIND, WAITING = "portfolio", "portfolio_waiting"
State = Page.State
LAST_READ, MOST_OFFERED = 300, 30  # pages of an author, and entries that a list offers
NEW_FOR = datetime.timedelta(days=7)  # a page shown is told on a family's home


def enrolment_of(child: Person, today: datetime.date) -> Enrolment | None:
    """Where the child is that day, in a class, with its school; one query, none when the page has read it already and
    left it on the child, as `schools.queries.links_of_guardian` does."""
    if hasattr(child, "enrolled"):
        return child.enrolled if child.enrolled and child.enrolled.classroom_id else None
    return enrolments_of([child], today).get(child.pk)


def enrolments_of(children: Iterable[Person], today: datetime.date) -> dict[uuid.UUID, Enrolment]:
    """{child: where they are that day, in a class}; one query."""
    rows = Enrolment.objects.current(today).filter(pupil__in=children, classroom__isnull=False)
    rows = rows.select_related("pupil", "classroom", "school__city").order_by("starts_on", "id")
    return {row.pupil_id: row for row in rows}


def level_of(enrolment: Enrolment | None, classroom: Classroom | None = None) -> str:
    """The level of the child, or that of a class that has one alone; `classroom` spares reading it."""
    if enrolment is None or enrolment.level:
        return enrolment.level if enrolment else ""
    levels = (classroom or enrolment.classroom).levels if enrolment.classroom_id else ()
    return levels[0] if len(levels) == 1 else ""


def asks_domains(classroom: Classroom) -> bool:
    """Whether children of nursery levels are in it."""
    return any(level in NURSERY_LEVELS for level in classroom.levels)


@dataclass
class Shown:
    """A page as it is drawn: its pictures and voices, its domains; `allowed`: what the reader may do with it."""

    page: Page
    pictures: list[Piece]
    voices: list[Piece]
    allowed: dict = field(default_factory=dict)

    @property
    def by_domain(self) -> list[tuple[str, str]]:
        """[(label, what was observed there or "")]"""
        return domains.pairs_of(self.page.domains, self.page.observed)

    @property
    def domains(self) -> list[str]:
        """The same in one line each, on paper and in an archive."""
        return [f"{label}{NBSP}: {words}" if words else label for label, words in self.by_domain]


def shown(pages: QuerySet[Page]) -> list[Shown]:
    """Pages with what they hold, the newest first; two queries."""
    pieces = Prefetch("pieces", Piece.objects.order_by("id"), to_attr="held")
    rows = pages.select_related("classroom", "school", "author", "child").prefetch_related(pieces)
    return [shown_page(page) for page in rows.order_by("-created_at", "-id")]


def shown_page(page: Page) -> Shown:
    """One page with what it holds."""
    held = page.held if hasattr(page, "held") else list(page.pieces.order_by("id"))
    voices = [piece for piece in held if piece.sort == Piece.Sort.VOICE]
    return Shown(page, [piece for piece in held if piece not in voices], voices)


def observed_before(author: Person) -> dict[str, list[str]]:
    """{code of a domain: what this author wrote under it, the last first}, to be written again; one query."""
    pages = Page.objects.filter(author=author).exclude(observed={}).order_by("-created_at", "-id")
    found: dict[str, dict] = defaultdict(dict)
    for observed in pages.values_list("observed", flat=True)[:LAST_READ]:
        for code, words in observed.items():
            found[code].setdefault(words)
    return {code: list(words)[:MOST_OFFERED] for code, words in found.items()}


def thanked(pages: QuerySet[Page], person: Person) -> QuerySet[Page]:
    """The same, each with whether this person thanked for it."""
    return pages.annotate(is_thanked=Exists(PageThanks.objects.filter(person=person, page=OuterRef("pk"))))


def thanks_received_by(person: Person) -> QuerySet[PageThanks]:
    """Those of pages that the person showed, and that are still shown."""
    return PageThanks.objects.filter(page__approved_by=person, page__state=State.APPROVED)


def years_of(pages: QuerySet[Page]) -> list[str]:
    """School years that have a page, the newest first; one query."""
    return list(pages.order_by("-school_year").values_list("school_year", flat=True).distinct())


@dataclass(frozen=True)
class PupilLine:
    """A pupil in the grid of a class: when their last page was written, how many are shown this year."""

    pupil: Person
    level: str
    last_on: datetime.date | None
    waiting_count: int

    @property
    def name(self) -> str:
        return name_of(self.level)


def grid(classroom: Classroom, pages: QuerySet[Page], today: datetime.date) -> list[PupilLine]:
    """The pupils of a class by name, for its adults; two queries."""
    enrolments = class_list(classroom, today)
    rows = pages.filter(child__in=[each.pupil_id for each in enrolments]).order_by().values("child")
    counted = rows.annotate(
        last=TruncDate(Max("created_at", filter=~Q(state=State.WITHDRAWN))),
        waiting=Count("pk", filter=Q(state=State.WAITING)),
    )
    found = {row["child"]: row for row in counted}
    return [
        PupilLine(
            each.pupil,
            level_of(each, classroom),
            found.get(each.pupil_id, {}).get("last"),
            found.get(each.pupil_id, {}).get("waiting", 0),
        )
        for each in enrolments
    ]


def home_lines(guardian: Person, children: Iterable, today: datetime.date) -> QuerySet:
    """Children of this guardian (ids) of whom a page was shown within the week, as lines that a family's home reads
    with others' (kit/rooms/told.py)."""
    since = today - NEW_FOR
    links = Guardianship.objects.reached(today).filter(guardian=guardian)
    new = Page.objects.filter(child__in=list(children), state=State.APPROVED, approved_at__date__gte=since)
    new = new.filter(child__in=links.values("child")).order_by().values("child")
    new = new.annotate(n=Cast(Count("pk"), CharField()), last=TruncDate(Max("approved_at")))
    return lines(new, KIND, name=Cast("child", CharField()), detail="n", day="last", target="child")


def read_lines(rows: Iterable[tuple], tags: Mapping) -> tuple[list[tuple], list[tuple]]:
    """Such lines among others: ([(name tag, how many pages, what the notebook is called)], the other rows)."""
    mine, others = parted(rows, KIND)
    told = [(tags[key], int(line.detail)) for line in mine if (key := uuid.UUID(line.name)) in tags]
    return [(tag, count, name_of(level_of(tag.enrolment))) for tag, count in told], others


def waiting_lines(waiting: QuerySet[Page]) -> QuerySet:
    """Of pages to read over, a line for each class, for homes that ask several things at once."""
    by_class = waiting.order_by().values("classroom")
    by_class = by_class.annotate(n=Cast(Count("pk"), CharField()), first=TruncDate(Min("created_at")))
    return lines(by_class, WAITING, name="classroom__name", detail="n", day="first", target="classroom")


def read_waiting(rows: Iterable[tuple]) -> tuple[list[tuple], list[tuple]]:
    """Such lines among others: ([(id of the class, its name, how many pages)], the other rows)."""
    mine, others = parted(rows, WAITING)
    return [(line.target, line.name, int(line.detail)) for line in mine], others


def last_takeaway(takeaways: QuerySet[Takeaway], child: Person) -> Takeaway | None:
    """The one being made, or made last."""
    return takeaways.filter(child=child).order_by("-asked_at", "-id").first()


def lines_of_pupil(pupil: Person, today: datetime.date) -> list[QuerySet]:
    """Pages that came back to the pupil who wrote them, as lines of their home (kit/rooms/doors.py)."""
    back = Page.objects.filter(child=pupil, author=pupil, state=State.RETURNED)
    named = Case(When(title="", then=Value("sans titre")), default="title", output_field=CharField())
    said = Concat(Value(f"Reprendre ta page «{NBSP}"), named, Value(f"{NBSP}»"), output_field=CharField())
    return [tile_lines(back, "portfolio:page_edit", text=said, day=TruncDate("created_at"))]


def by_year(found: Iterable[Shown]) -> dict[str, list[Shown]]:
    """{school year: its pages in the order they were written}, the oldest first."""
    years = defaultdict(list)
    for each in sorted(found, key=lambda one: (one.page.school_year, one.page.created_at, one.page.pk)):
        years[each.page.school_year].append(each)
    return years
