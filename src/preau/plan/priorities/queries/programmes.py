"""A programme read: its schools, what they cost, where it departs from the list."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from preau.kit.money import NBSP
from preau.places.models import School
from preau.plan.applications.models import Application, State
from preau.plan.equipment.models import Acceptance, StandardKit
from preau.plan.priorities.models import PriorityEntry, Programme, ProgrammeEntry, ProgrammeState
from preau.plan.priorities.queries.lists import final_ranks

DROPPED = (State.WITHDRAWN, State.NO_FOLLOW_UP)


@dataclass(frozen=True)
class ProgrammeLine:
    """A school of the programme, its rank in the adopted list when it has one, and whether it passes before another.
    Without a candidature (`is_outside`), it is a renewal, a repair, or a project that the list does not hold."""

    entry: ProgrammeEntry
    list_rank: int | None
    passes_before: int  # schools of the list better ranked and not in the programme before it

    @property
    def lacks_reason(self) -> bool:
        """It passes before a better ranked school and its line does not say why."""
        return bool(self.passes_before) and not self.entry.reason.strip()

    @property
    def is_outside(self) -> bool:
        return self.entry.application_id is None

    @property
    def why(self) -> str:
        """Why it is there without a candidature, or passes before others: its line's reason, else the decision's."""
        programme = self.entry.programme
        if self.is_outside:
            return f"Hors candidature, motif{NBSP}: {self.entry.reason}"
        if not self.passes_before:
            return ""
        if self.lacks_reason and programme.decision_reason:
            return f"Décision {programme.decision_number}{NBSP}: {programme.decision_reason}"
        return self.entry.reason


@dataclass(frozen=True)
class ProgrammeView:
    """A programme as shown: lines in order, total, what is left of the envelope (None without envelope)."""

    programme: Programme
    lines: tuple[ProgrammeLine, ...]
    total_cents: int
    left_cents: int | None

    @property
    def is_over(self) -> bool:
        return self.left_cents is not None and self.left_cents < 0


def programme_view(programme) -> ProgrammeView:
    """Two queries: entries, ranks of the list it follows."""
    entries = programme.entries.select_related("school", "application", "kit", "programme")
    lines = tuple(lines_of(entries.order_by("position", "id")))
    total = sum(line.entry.cost_cents for line in lines)
    left = programme.envelope_cents - total if programme.envelope_cents is not None else None
    return ProgrammeView(programme, lines, total, left)


def lines_of(entries) -> list[ProgrammeLine]:
    """Entries as lines, in their order; those of one programme follow each other. One query, whatever the number."""
    entries = list(entries)
    ranks = final_ranks({e.programme.priority_list_id for e in entries if e.programme.priority_list_id})
    found = []
    for programme, grouped in groupby(entries, key=lambda entry: entry.programme):
        own, known = list(grouped), ranks.get(programme.priority_list_id, {})
        passes = _passes(own, known)
        found += [ProgrammeLine(entry, known.get(entry.application_id), passes[entry.pk]) for entry in own]
    return found


def _passes(entries, ranks):
    """{entry id: how many better ranked applications it passes before}"""
    seen, found = set(), {}
    for entry in entries:
        rank = ranks.get(entry.application_id)
        better = {a for a, other in ranks.items() if rank is None or other < rank}
        found[entry.pk] = len(better - seen)
        seen.add(entry.application_id)
    return found


def departures(programme) -> list[ProgrammeLine]:
    """Schools that pass before a better ranked one: consistency is measured on them (mission D8)."""
    return [line for line in programme_view(programme).lines if line.passes_before]


def schools_to_add(programme):
    """Open schools it does not hold, with a project or something received: those of its list first, in its order."""
    held = programme.entries.values("school")
    schools = with_a_footing(School.objects.filter(city=programme.city_id, closed_on=None)).exclude(pk__in=held)
    ranks = PriorityEntry.objects.filter(priority_list=programme.priority_list_id, application__school=OuterRef("pk"))
    rank = Subquery(ranks.values_list(Coalesce("copil_rank__rank", "rank"))[:1])
    return schools.annotate(list_rank=rank).order_by(F("list_rank").asc(nulls_last=True), "sort_key", "id")


def with_a_footing(schools):
    """Those that filed a project and did not take it back, or received something: no school is first equipped without
    a project (mission D1)."""
    filed = Application.objects.filter(school=OuterRef("pk"), copies_count__gte=1).exclude(state__in=DROPPED)
    received = Acceptance.objects.standing().filter(school=OuterRef("pk"))
    return schools.filter(Exists(filed) | Exists(received))


def application_for(programme, school):
    """The school's application on the list the programme follows, ranked or already kept."""
    if not programme.priority_list_id:
        return None
    states = (State.RANKED, State.SELECTED, State.WAITING_LIST)
    return school.applications.filter(ranks__priority_list=programme.priority_list_id, state__in=states).first()


def entries_to_open(school):
    """The school's lines of the programmes the COPIL settled and the city has not closed, the newest first: what a
    roll-out may be opened for."""
    states = (ProgrammeState.DECIDED, ProgrammeState.VOTED, ProgrammeState.RUNNING)
    found = ProgrammeEntry.objects.filter(school=school, programme__state__in=states)
    return found.select_related("programme", "application", "kit").order_by("-programme__school_year", "id")


def kits_for(city, today):
    """Versions in force or to come that a programme may plan, newest first."""
    return StandardKit.objects.filter(city=city, published_on__lte=today).order_by("school_kind", "-version")
