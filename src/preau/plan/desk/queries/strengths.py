"""The strengths the deck claims for its way of doing, measured (mission D8): adhesion, fluidity, consistency."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from statistics import median

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils.timezone import localdate

from preau.kit.prepared import Asked, Prepared
from preau.places.models import School
from preau.plan.applications.models import Call, Submission
from preau.plan.priorities.models import SETTLED, ProgrammeEntry
from preau.plan.priorities.queries import ProgrammeLine, lines_of
from preau.plan.rollouts.models import Rollout
from preau.plan.rollouts.queries import taken_back, with_receipts


@dataclass(frozen=True)
class Adhesion:
    """How many of the schools a call is open to filed a project."""

    call: Call
    volunteers: int
    eligible: int

    @property
    def percent(self) -> Fraction | None:
        return Fraction(100 * self.volunteers, self.eligible) if self.eligible else None


@dataclass(frozen=True)
class Passage:
    """A school that went from its first filing to service; `is_told`: the reader may know the day it filed."""

    school: School
    submitted_on: date
    service_on: date
    is_told: bool

    @property
    def days(self) -> int:
        return (self.service_on - self.submitted_on).days


@dataclass(frozen=True)
class Fluidity:
    """Days from application to service, school by school."""

    passages: tuple[Passage, ...]

    @property
    def is_told(self) -> bool:
        """The reader may know the day some of these schools filed."""
        return any(passage.is_told for passage in self.passages)

    @property
    def tells_median(self) -> bool:
        """The median of one school gives its filing day to who reads its day of service."""
        return self.is_told or len(self.passages) > 1

    @property
    def median_days(self) -> int | None:
        return round(median(p.days for p in self.passages)) if self.passages else None


@dataclass(frozen=True)
class Consistency:
    """Whether the decided programmes kept the order of their lists: schools that pass before no better rank."""

    lines: tuple[ProgrammeLine, ...]

    @property
    def is_told(self) -> bool:
        """The reader may know the rank some of these schools had."""
        return any(line.entry.is_rank_told for line in self.lines)

    @property
    def ranked(self) -> int:
        return sum(line.list_rank is not None for line in self.lines)

    @property
    def kept(self) -> int:
        return sum(not line.passes_before for line in self.lines if line.list_rank is not None)

    @property
    def percent(self) -> Fraction | None:
        return Fraction(100 * self.kept, self.ranked) if self.ranked else None


def adhesion_of(city, today: date) -> list[Adhesion]:
    """A line per call that has opened, the last first. Two reads."""
    calls, schools = (ask.rows(city.pk) for ask in _prepared(today))
    found = []
    for call in calls:
        closes = call.last_day
        opened = sum((a is None or a <= closes) and (b is None or b >= closes) for a, b in schools)
        found.append(Adhesion(call, call.filed_count, call.named_count or opened))
    return found


@lru_cache(maxsize=8)
def _prepared(today):
    """Calls opened, and from when to when each school is open, written once; the city is asked."""
    filed = Count("applications", filter=Q(applications__copies_count__gte=1), distinct=True)
    calls = Call.objects.filter(city=Asked(), opens_at__date__lte=today).only("title", "school_year", "closes_at")
    calls = calls.annotate(filed_count=filed, named_count=Count("schools", distinct=True)).order_by("-opens_at", "id")
    schools = School.objects.filter(city=Asked()).values_list("opened_on", "closed_on")
    return Prepared(calls), Prepared(schools)


def entries_decided(city, files, lists):
    """The schools of the decided programmes, programme after programme, the last first: `first_filed_at` is the first
    filing of the project, `served_on` the day of service, where nothing was taken back since. `is_filing_told` and
    `is_rank_told`: its application is among `files`, its list among `lists`, those in sight. One read gives fluidity
    and consistency their parts."""
    ways = with_receipts(Rollout.objects.filter(programme_entry_id=OuterRef("pk")))
    served = ways.exclude(taken_back()).values("service_on")[:1]
    copies = Submission.objects.filter(application=OuterRef("application")).order_by("submitted_at")
    return (
        ProgrammeEntry.objects.filter(programme__city=city, programme__state__in=SETTLED)
        .annotate(
            served_on=Subquery(served),
            first_filed_at=Subquery(copies.values("submitted_at")[:1]),
            is_filing_told=Exists(files.filter(pk=OuterRef("application"))),
            is_rank_told=Exists(lists.filter(pk=OuterRef("programme__priority_list"))),
        )
        .select_related("school", "programme")
        .only(
            "position",
            "reason",
            "application",
            "school__shown_name",
            "programme__school_year",
            "programme__priority_list",
            "programme__decision_number",
            "programme__decision_reason",
        )
        .order_by("-programme__school_year", "-programme__version", "programme", "position")
    )


def fluidity_of(entries) -> Fluidity:
    """Of `entries_decided`: those put in service whose programme entry came from an application."""
    passages = [
        Passage(entry.school, localdate(entry.first_filed_at), entry.served_on, entry.is_filing_told)
        for entry in entries
        if entry.served_on and entry.first_filed_at
    ]
    return Fluidity(tuple(sorted(passages, key=lambda passage: passage.service_on, reverse=True)))


def consistency_of(entries) -> Consistency:
    """Of `entries_decided`, each beside its rank. One read."""
    return Consistency(tuple(lines_of(entries)))
