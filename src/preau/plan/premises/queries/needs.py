"""What the kit in force asks for a school, beside what is known to be there."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from preau.places.models import School
from preau.plan.equipment.models import UNDETAILED, KitLine, StandardKit
from preau.plan.equipment.queries import UNTOLD, Need, Tally, needs_of, tally_of
from preau.plan.premises.models import InternetLink
from preau.plan.premises.queries.facts import options_of
from preau.plan.premises.queries.known import counted, known
from preau.plan.premises.queries.readiness import Readiness, derive

ASSUMED_PUPILS = 24  # a class, when no head count is known: a hypothesis, and shown as one (AC-17)


@dataclass(frozen=True)
class Benchmark:
    """What schools of the country had; not a target."""

    computers_per_hundred: Fraction
    displays_per_thousand: Fraction
    source: str


# Projectors 14,9 and interactive boards 17,0. None for a nursery school: its kit does not say how many tablets.
ELEMENTARY = Benchmark(Fraction(144, 10), Fraction(149 + 170, 10), "Insee, écoles élémentaires de France, 2018-2019")


def benchmark_of(school) -> Benchmark | None:
    """Elementary schools only; None for the others."""
    return ELEMENTARY if school.kind == School.Kind.ELEMENTARY else None


@dataclass(frozen=True)
class Counts:
    """What the kit's rules multiply; None is not known."""

    classes: int | None
    floors: int | None
    pupils: int | None
    is_enrolled: bool = False  # pupils are those enrolled here, no head count being noted

    @property
    def pupils_assumed(self) -> int | None:
        """The head count, else the hypothesis of 24 pupils a class."""
        if self.pupils is not None or self.classes is None:
            return self.pupils
        return self.classes * ASSUMED_PUPILS

    @property
    def is_assumed(self) -> bool:
        return self.pupils is None and self.classes is not None


@dataclass(frozen=True)
class NeedLine:
    """A need and what is there: None when it is told elsewhere, in the inventory of the school."""

    need: Need
    there: int | None
    basis: str  # what `there` is read from

    @property
    def missing(self) -> int | None:
        """At least so many; None while one of the two is not known."""
        if self.there is None or self.need.least is None:
            return None
        return max(0, self.need.least - self.there)


@dataclass(frozen=True)
class SchoolNeed:
    """The kit in force applied to one school."""

    kit: StandardKit
    counts: Counts
    options: frozenset
    lines: tuple[NeedLine, ...]
    tally: Tally  # without the extras of some schools (AC-19)
    received_classes: int  # with this kit

    @property
    def is_up_to_date(self) -> bool:
        """As `equipment.queries.SchoolState` says it: each class of today was received with the kit of today."""
        return bool(self.counts.classes) and self.received_classes >= self.counts.classes

    @property
    def computers_per_hundred(self) -> Fraction | None:
        return self._per(self.tally.computers_per_hundred)

    @property
    def displays_per_thousand(self) -> Fraction | None:
        return self._per(self.tally.displays_per_thousand)

    def _per(self, count):
        return count(self.counts.pupils_assumed) if self.counts.pupils_assumed else None


def counts_of(school, today: date) -> Counts:
    """Classes as published, floors with a classroom, pupils as counted or enrolled; one read."""
    return _counts(counted(school, today))


def _counts(school):
    return Counts(
        classes=school.published_classes,
        floors=school.classroom_floors or school.published_floors,
        pupils=school.enrolled_pupils if school.published_pupils is None else school.published_pupils,
        is_enrolled=school.published_pupils is None and school.enrolled_pupils is not None,
    )


def need_of(school, kit, today: date, lines=None) -> SchoolNeed:
    """Line by line; three reads besides the kit's `lines`, read here when not given."""
    school, numbers = known(school, today), counted(school, today, kit)
    counts, options = _counts(numbers), options_of(school, today)
    needs = needs_of(
        kit.lines.all() if lines is None else lines,
        classes=counts.classes,
        floors=counts.floors,
        pupils=counts.pupils,
        options=options,
    )
    ready = derive(school, InternetLink.objects.filter(school=school), today)
    received = None if numbers.undetailed or not numbers.is_told else numbers.received_classes or 0
    basis = f"classes équipées, {UNDETAILED}" if numbers.undetailed else UNTOLD
    there = (received, basis, school.cabled_classrooms_count or (0 if school.no_rooms_cabled_on else None))
    return SchoolNeed(
        kit=kit,
        counts=counts,
        options=options,
        lines=tuple(_line(need, ready, *there) for need in needs),
        tally=tally_of([need for need in needs if not need.is_extra]),
        received_classes=numbers.received_classes or 0,
    )


def _line(need, ready: Readiness, received: int | None, basis: str, cabled: int | None):
    kinds = KitLine.Kind
    if need.per_class and need.kind == kinds.CABLING:
        if cabled is None:
            return NeedLine(need, None, UNTOLD)
        return NeedLine(need, cabled * need.each, "salles de classe câblées")
    if need.per_class and received is None:
        return NeedLine(need, None, basis)
    if need.per_class:
        return NeedLine(need, received * need.each, "classes reçues avec ce kit")
    if key := {kinds.LINK: "link", kinds.CABLING: "school_cabled", kinds.STORE: "store"}.get(need.kind):
        gate = ready.gate(key)
        if not (gate.is_met or gate.is_known):
            return NeedLine(need, None, UNTOLD)
        return NeedLine(need, int(gate.is_met), "locaux et liaisons")
    return NeedLine(need, None, "")
