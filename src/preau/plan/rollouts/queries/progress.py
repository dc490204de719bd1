"""Where a roll-out stands, derived from steps, classes received and réserves. Nothing is stored."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.db.models.enums import TextChoices

from preau.plan.rollouts.models import WAITS_FOR, Owner, Rollout, RolloutStep, StepKind
from preau.plan.rollouts.queries.sequence import dates_of


class Phase(TextChoices):
    """The columns of the kanban: where the first step not done lies."""

    PREPARATION = "preparation", "à préparer"
    SUPPLY = "supply", "commande et livraison"
    SETUP = "setup", "installation"
    ACCEPTANCE = "acceptance", "réception"
    RESERVATIONS = "reservations", "réserves à lever"
    TRAINING = "training", "formation et mise en service"
    SERVICE = "service", "en service"
    ABANDONED = "abandoned", "abandonné"


PHASE_OF = {
    StepKind.SITE_SURVEY: Phase.PREPARATION, StepKind.COUNCIL_INFORMED: Phase.PREPARATION,
    StepKind.CABLING: Phase.PREPARATION, StepKind.LINK_READY: Phase.PREPARATION, StepKind.ORDERED: Phase.SUPPLY,
    StepKind.DELIVERED: Phase.SUPPLY, StepKind.INSTALLED: Phase.SETUP, StepKind.CONFIGURED: Phase.SETUP,
    StepKind.ACCEPTED: Phase.ACCEPTANCE, StepKind.TRAINED: Phase.TRAINING, StepKind.IN_SERVICE: Phase.TRAINING,
}  # fmt: skip


class StepRow(NamedTuple):
    """A step as stored, without building a model instance: lists show hundreds."""

    kind: str
    owner: str
    planned_on: date | None
    done_on: date | None
    blocked_on: date | None
    blocked_cause: str
    proof: str


class StepState(NamedTuple):
    """A step on a day; built by hundreds, as a StepRow."""

    kind: StepKind
    owner: str
    planned_on: date | None
    done_on: date | None
    blocked_on: date | None
    blocked_cause: str
    proof: str
    waits_for: tuple[StepKind, ...]  # those not done yet
    held_by: str  # the same in words, with who each waits for: « câblage (bâtiments de la Ville) »
    is_late: bool

    @property
    def label(self) -> str:
        return self.kind.label

    @property
    def owner_label(self) -> str:
        return Owner(self.owner).label

    @property
    def state(self) -> str:
        """« done », « stop » when blocked, « now » when it can go on, « wait » otherwise: the chip's word."""
        if self.done_on:
            return "done"
        return "stop" if self.blocked_on else "wait" if self.waits_for else "now"


@dataclass(frozen=True)
class Progress:
    """A roll-out on a day."""

    rollout: Rollout  # or a Way, as a list reads it
    today: date
    rows: tuple[StepRow, ...]
    received_count: int  # classes of the school received with this kit
    seen_count: int  # classes on a standing procès-verbal, with réserves or not
    open_reservations: int
    common_is_needed: bool
    common_on: date | None
    accepted_on: date | None  # the day the last class and the common parts were received

    @property
    def is_accepted(self) -> bool:
        """Every class and the common parts, without a réserve left."""
        return self.accepted_on is not None

    @property
    def is_partly(self) -> bool:
        """Some classes, or the common parts, are received, and not all of them."""
        return not self.is_accepted and bool(self.received_count or self.common_on)

    @property
    def is_in_service(self) -> bool:
        """Put in service, and still whole: a class taken back takes the school out of service."""
        return self.rollout.service_on is not None and self.is_accepted

    @cached_property
    def steps(self) -> tuple[StepState, ...]:
        """In the order of W4; worked out for who asks."""
        return _steps(self)

    @property
    def before_service(self) -> tuple[str, ...]:
        """What must still be done before the school serves, in words; the premises are asked apart (`gates_of`)."""
        waits = tuple(kind.label for kind in self.step(StepKind.IN_SERVICE).waits_for)
        return ("réserves à lever", *waits) if self.open_reservations else waits

    @cached_property
    def phase(self) -> Phase:
        """Where it is on the kanban."""
        if self.rollout.abandoned_on:
            return Phase.ABANDONED
        if self.is_in_service:
            return Phase.SERVICE
        phase = next((PHASE_OF[step.kind] for step in self.steps if step.done_on is None), Phase.ACCEPTANCE)
        is_seen = self.seen_count >= self.rollout.classes_count
        return Phase.RESERVATIONS if phase == Phase.ACCEPTANCE and self.open_reservations and is_seen else phase

    @cached_property
    def current(self) -> tuple[StepState, ...]:
        """Steps that can go on or are blocked: what is being done, and by whom."""
        return tuple(step for step in self.steps if step.state in ("now", "stop"))

    @cached_property
    def blocked(self) -> tuple[StepState, ...]:
        if not any(row.blocked_on for row in self.rows):
            return ()
        return tuple(step for step in self.steps if step.state == "stop")

    @cached_property
    def late(self) -> tuple[StepState, ...]:
        if not any(row.planned_on and row.planned_on < self.today and row.done_on is None for row in self.rows):
            return ()
        return tuple(step for step in self.steps if step.is_late)

    def step(self, kind) -> StepState | None:
        """One of its steps; None when the kit does not ask for it."""
        return next((step for step in self.steps if step.kind == kind), None)


def rows_by_rollout(ids) -> dict:
    """{roll-out: its steps as kept}; no read for none."""
    found = defaultdict(list)
    rows = RolloutStep.objects.filter(rollout__in=ids)
    for rollout_id, *row in rows.values_list("rollout_id", *StepRow._fields):
        found[rollout_id].append(StepRow(*row))
    return found


def _steps(progress):
    service_on = progress.rollout.service_on if progress.is_accepted else None
    return states_of(progress.rows, progress.accepted_on, service_on, progress.today)


def states_of(rows, accepted_on: date | None, service_on: date | None, today: date) -> tuple[StepState, ...]:
    """Steps as kept, on a day, in the order of W4; the two days nobody writes are given."""
    dates = dates_of(rows, accepted_on, service_on)
    owners = {StepKind(row.kind): Owner(row.owner) for row in rows}
    states = {kind: _step(row, dates, owners, today) for kind, row in zip(owners, rows, strict=True)}
    return tuple(states[kind] for kind in StepKind if kind in states)


def _step(row: StepRow, dates, owners, today):
    kind = StepKind(row.kind)
    done_on = dates[kind]
    waits_for = tuple(before for before in WAITS_FOR[kind] if before in dates and dates[before] is None)
    return StepState(
        kind=kind,
        owner=row.owner,
        planned_on=row.planned_on,
        done_on=done_on,
        blocked_on=row.blocked_on,
        blocked_cause=row.blocked_cause,
        proof=row.proof,
        waits_for=waits_for,
        held_by=", ".join(f"{before.label} ({owners[before].label})" for before in waits_for if before in owners),
        is_late=done_on is None and row.planned_on is not None and row.planned_on < today,
    )
